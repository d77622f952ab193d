import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { setUpErrors } from '../cli/set-up/errors.js';
import { edited } from '../config/edit.js';
import { checkConfiguration } from '../config/load.js';
import type { Paths } from '../config/paths.js';
import {
  withPasswordFile,
  type Answers,
  type SetUp,
  type SetUpSecrets,
} from '../privacy/set-up-answers.js';
import { writeWhole } from '../records/whole-file.js';
import { examplesFolder, officeOfKind } from './kinds.js';

/** Makes an office of its own out of an example: nothing of the example's people and answers stays. */
export const createSetUp =
  (paths: Paths, env: NodeJS.ProcessEnv): SetUp =>
  async (answers, force, secrets = {}) => {
    const text = officeText(paths, answers, secrets);
    checkConfiguration(text, paths.configuration, env);
    const file = paths.configuration;
    const known = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    refuseChanged(paths, force);
    const before =
      known === undefined || isExample(paths, known) ? undefined : `${file}.before-setup`;
    mkdirSync(paths.home, { recursive: true, mode: 0o700 });
    if (before !== undefined) writeWhole(before, known ?? '');
    const passwordFile = keepSecrets(paths, secrets);
    writeWhole(file, text);
    return Promise.resolve({ file, before, passwordFile, kept: examplesSettings(text) });
  };

/** Writes what stands in no configuration; the file of the trunk's password, if one was told. */
export function keepSecrets(paths: Paths, { trunkPassword }: SetUpSecrets): string | undefined {
  if (trunkPassword === undefined) return undefined;
  const file = passwordPath(paths);
  writeWhole(file, `${trunkPassword}\n`);
  return file;
}

/** For this user alone; Asterisk's configuration, which holds it, too, lies in the same folder. */
const passwordPath = (paths: Paths): string => join(paths.home, 'trunk-password');

/** What kinds of office bring along that nobody is asked about. */
const OF_THE_KIND = ['dialogue.appointments', 'dialogue.forms', 'dialogue.topics'];

const examplesSettings = (text: string): readonly string[] => {
  const document = parseDocument(text);
  return OF_THE_KIND.filter((path) => document.hasIn(path.split('.')));
};

/** Refuses before anything is asked. @throws SETUP_CHANGED */
export function refuseChanged(paths: Paths, force: boolean): void {
  const file = paths.configuration;
  if (force || !existsSync(file) || isExample(paths, readFileSync(file, 'utf8'))) return;
  throw setUpErrors.make('CHANGED', { place: file });
}

/** The configuration of an office that answers so; not checked yet, and no secret stands in it. */
export function officeText(
  paths: Paths,
  answers: Answers,
  { trunkPassword }: SetUpSecrets = {},
): string {
  const passwordFile = trunkPassword === undefined ? undefined : passwordPath(paths);
  const { text, own } = officeOfKind(paths, answers.kind);
  const values = valuesOf(withPasswordFile(answers, passwordFile));
  // The answers of an example are none of ours; those of one's own kind were written for it.
  return edited(withOwnHead(text), own ? values : { ...values, 'understanding.faq': [] });
}

/** Whether nobody has made the configuration an office's own yet. */
export const isExample = (paths: Paths, text: string): boolean =>
  readdirSync(examplesFolder(paths))
    .filter((name) => name.startsWith('example-office'))
    .some((name) => readFileSync(join(examplesFolder(paths), name), 'utf8') === text);

/** The example's first words are about the example. */
const withOwnHead = (example: string): string =>
  example.replace(
    /^(?:#.*\n)+/u,
    '# Written by `vestibule setup`; yours to change, here or in the dashboard. docs/guide/configuration.md\n' +
      '# describes every setting, and `vestibule check` names every fault at once.\n',
  );

function valuesOf(answers: Answers): Readonly<Record<string, unknown>> {
  const { office, country, timeZone, hours, staff, recording, duties } = answers;
  const ids = idsOf(staff.map(({ name }) => name));
  const targets = staff.map(({ name, extension, aliases }, index) => ({
    ...{ id: ids[index], name, extension },
    ...(aliases.length === 0 ? {} : { aliases }),
  }));
  const [first] = targets;
  return {
    'understanding.country': country,
    'understanding.timeZone': timeZone,
    'understanding.office': office,
    'understanding.hours': hours,
    'understanding.holidays': answers.holidays,
    'dialogue.emergencyNumber': answers.emergencyNumber,
    'dialogue.consentMode': answers.consent,
    'dialogue.transferTargets': targets,
    'dialogue.defaultTarget': first?.id,
    'pbx.country': tonesOf(country),
    'pbx.extensions': staff.map(({ name, extension }) => ({ number: extension, name })),
    'pbx.fallbackRing': [first?.extension],
    'reception.recording': recording ? 'announcement' : 'off',
    'reception.acknowledgement': { by: duties.by, version: '1' },
    'privacy.controller': answers.controller,
    'privacy.authority': answers.authority,
    'privacy.jurisdiction': answers.jurisdiction,
    'privacy.weakerConsent': answers.weakerConsent ?? null,
    ...lawOf(answers),
    ...linesOf(answers),
  };
}

/** What a jurisdiction asks for that comes not along. */
const lawOf = ({ jurisdiction, jurisdictionRule }: Answers): Readonly<Record<string, unknown>> =>
  jurisdictionRule === undefined
    ? {}
    : { 'privacy.jurisdictions': { [jurisdiction]: jurisdictionRule } };

function linesOf({ lines }: Answers): Readonly<Record<string, unknown>> {
  if (lines === undefined) return {};
  const { bind, localNetworks, trunk } = lines;
  const sip = { 'pbx.sip.bind': bind, 'pbx.sip.localNetworks': localNetworks };
  if (trunk === undefined) return sip;
  const { host, user, passwordFile, numbers, outbound } = trunk;
  const known = {
    ...(user === undefined ? {} : { user }),
    ...(passwordFile === undefined ? {} : { passwordFile }),
    ...(numbers.length === 0 ? {} : { numbers }),
  };
  return {
    ...sip,
    'pbx.trunks': [{ id: 'office', host, ...known, outbound }],
  };
}

/** Countries whose ringing and busy tones we have; others hear the nearest. */
const TONES: readonly (readonly [tones: string, countries: string])[] = [
  ['us', 'us ca mx pr'],
  ['gb', 'gb ie au nz za in hk sg my'],
  ['kr', 'kr'],
];

/** Whose tones callers hear; what ITU-T E.180 recommends (425 Hz, as in Germany) where no others fit. */
const tonesOf = (country: string): string =>
  TONES.find(([, countries]) => countries.split(' ').includes(country))?.[0] ?? 'de';

/** A short word of each name, once only; by its number where a name has no letters that an id may have. */
function idsOf(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name, index) => {
    const number = String(index + 1);
    const word = name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/gu, '-')
      .slice(0, 30)
      .replaceAll(/^-|-$/gu, '');
    const wanted = word === '' ? `staff-${number}` : word;
    const id = taken.has(wanted) ? `${wanted}-${number}` : wanted;
    taken.add(id);
    return id;
  });
}
