import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setUpErrors } from '../cli/set-up/errors.js';
import { edited } from '../config/edit.js';
import { checkConfiguration } from '../config/load.js';
import type { Paths } from '../config/paths.js';
import type { Answers, SetUp } from '../privacy/set-up-answers.js';
import { writeWhole } from '../records/whole-file.js';

const EXAMPLES: Readonly<Record<Answers['kind'], string>> = {
  clinic: 'example-office.yaml',
  dentist: 'example-office.dentist.yaml',
  law: 'example-office.law.yaml',
  trade: 'example-office.trade.yaml',
  restaurant: 'example-office.restaurant.yaml',
  'clinic-ko': 'example-office.ko.yaml',
};

/** Makes an office of its own out of an example: nothing of the example's people and answers stays. */
export const createSetUp =
  (paths: Paths, env: NodeJS.ProcessEnv): SetUp =>
  async (answers, force) => {
    const text = officeText(paths, answers);
    checkConfiguration(text, paths.configuration, env);
    const file = paths.configuration;
    const known = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    const kept =
      known === undefined || isExample(paths, known) ? undefined : `${file}.before-setup`;
    if (kept !== undefined && !force) throw setUpErrors.make('CHANGED', { place: file });
    mkdirSync(paths.home, { recursive: true, mode: 0o700 });
    if (kept !== undefined) writeWhole(kept, known ?? '');
    writeWhole(file, text);
    return Promise.resolve({ file, before: kept });
  };

const examplesFolder = (paths: Paths): string => join(paths.root, 'agent', 'config');

/** The configuration of an office that answers so; not checked yet. */
export const officeText = (paths: Paths, answers: Answers): string =>
  edited(
    withOwnHead(readFileSync(join(examplesFolder(paths), EXAMPLES[answers.kind]), 'utf8')),
    valuesOf(answers),
  );

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
  const targets = staff.map(({ name, extension, aliases }, index) => ({
    ...{ id: idOf(name, index), name, extension },
    ...(aliases.length === 0 ? {} : { aliases }),
  }));
  const [first] = targets;
  return {
    'understanding.country': country,
    'understanding.timeZone': timeZone,
    'understanding.office': office,
    'understanding.hours': hours,
    'understanding.holidays': [],
    'understanding.faq': [],
    'dialogue.emergencyNumber': answers.emergencyNumber,
    'dialogue.consentMode': answers.consent,
    'dialogue.transferTargets': targets,
    'dialogue.defaultTarget': first?.id,
    'pbx.country': country,
    'pbx.extensions': staff.map(({ name, extension }) => ({ number: extension, name })),
    'pbx.fallbackRing': [first?.extension],
    'reception.recording': recording ? 'announcement' : 'off',
    'reception.acknowledgement': { by: duties.by, version: '1' },
    'privacy.controller': answers.controller,
    'privacy.authority': answers.authority,
    'privacy.jurisdiction': answers.jurisdiction,
    'privacy.weakerConsent': answers.weakerConsent ?? null,
  };
}

/** A short word of the name; by its number where the name has no letters that an id may have. */
function idOf(name: string, index: number): string {
  const word = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-|-$/gu, '');
  return word === '' ? `staff-${String(index + 1)}` : word.slice(0, 30);
}
