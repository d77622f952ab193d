import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { parse, stringify } from 'yaml';
import { checkConfiguration, loadConfiguration } from '../../agent/config/load.js';
import { everyOffice, officeFor, profilesIn } from '../../agent/config/numbers.js';
import type { Configuration } from '../../agent/config/schema.js';
import type { VestibuleError } from '../../agent/errors.js';
import { OpeningHours } from '../../agent/understanding/hours.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';

const example = readFileSync(join(checkoutRoot, 'agent/config/example-office.yaml'), 'utf8');

const LAW = {
  understanding: {
    profile: 'law',
    office: { name: 'Okafor and Partners' },
    hours: { monday: ['10:00-16:00'] },
    faq: [{ id: 'fees', questions: ['what do you charge'], answer: 'The first talk is free.' }],
  },
  dialogue: {
    greeting: 'Okafor and Partners, good day.',
    transferTargets: [{ id: 'law-desk', name: 'the law office', extension: '205' }],
    defaultTarget: 'law-desk',
  },
};

/** The example office with `numbers`, in a folder of its own that holds `files`. */
function office(numbers: unknown, files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'vt-numbers-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const file = join(folder, 'vestibule.yaml');
  writeFileSync(file, stringify({ ...(parse(example) as object), numbers }));
  return file;
}

const load = (numbers: unknown, files: Readonly<Record<string, string>> = {}): Configuration =>
  loadConfiguration(office(numbers, files), {});

/** What is found wrong, as `path: message`. */
function faultsOf(numbers: unknown, files: Readonly<Record<string, string>> = {}): string[] {
  try {
    load(numbers, files);
  } catch (error) {
    const { code, faults = [] } = error as VestibuleError;
    t.equal(code, 'CONFIG_INVALID');
    return faults.map(({ path, message }) => `${path}: ${message}`);
  }
  return [];
}

void t.test('a number answers as who it is, and all others as the office', (t) => {
  const settings = load([{ id: 'law', called: ['+442079460155', 'law*'], ...LAW }]);
  const { offices = [] } = settings;
  const nameOf = (called: string): string =>
    (officeFor(offices, called, 'gb')?.settings ?? settings).understanding.office.name;
  t.equal(nameOf('+442079460155'), 'Okafor and Partners');
  t.equal(nameOf('02079460155'), 'Okafor and Partners', 'as the network may write it');
  t.equal(nameOf('lawyers'), 'Riverside Family Clinic', 'a beginning is one of a number');
  t.equal(nameOf('02079460156'), 'Riverside Family Clinic');
  t.equal(nameOf('reception'), 'Riverside Family Clinic');
  t.strictSame(profilesIn(settings), ['clinic', 'law']);
  t.end();
});

void t.test('what is its own replaces the whole setting, and the rest is the office’s', (t) => {
  const [, law] = everyOffice(load([{ id: 'law', called: ['205'], ...LAW }]));
  t.equal(law?.understanding.office.address, undefined, 'no clinic’s address for a law office');
  t.strictSame(Object.keys(law?.understanding.hours ?? {}), ['monday']);
  t.strictSame(
    law?.understanding.faq.map(({ id }) => id),
    ['fees'],
  );
  t.equal(law?.understanding.timeZone, 'Europe/London');
  t.equal(law?.dialogue.emergencyNumber, '999');
  t.equal(law?.pbx.extensions.length, 9);
  t.end();
});

void t.test('a profile may be a file, and what stands beside it goes before', (t) => {
  const numbers = [
    { id: 'law', called: ['205'], file: 'law.yaml', dialogue: { greeting: 'Good day.' } },
  ];
  const [, law] = everyOffice(load(numbers, { 'law.yaml': stringify(LAW) }));
  t.equal(law?.understanding.office.name, 'Okafor and Partners');
  t.equal(law?.dialogue.greeting, 'Good day.');
  t.equal(law?.dialogue.defaultTarget, 'law-desk');
  t.end();
});

void t.test('null takes a setting away', (t) => {
  const number = { id: 'night', called: ['207'], understanding: { faq: null, holidays: null } };
  const [, night] = everyOffice(load([number]));
  t.strictSame(night?.understanding.faq, []);
  t.strictSame(night?.understanding.holidays, []);
  t.end();
});

void t.test('the closest number counts', (t) => {
  const { offices = [] } = load([
    { id: 'all', called: ['+4420*'] },
    { id: 'one', called: ['+442079460155'] },
    { id: 'some', called: ['+442079*'] },
  ]);
  const idOf = (called: string): string | undefined => officeFor(offices, called, 'gb')?.id;
  t.equal(idOf('02079460155'), 'one');
  t.equal(idOf('02079460156'), 'some');
  t.equal(idOf('02089460156'), 'all');
  t.equal(idOf('+4930123456'), undefined);
  t.end();
});

void t.test('faults are named with their path, wherever they stand', (t) => {
  const { greeting, defaultTarget } = LAW.dialogue;
  const dialogue = { greeting, defaultTarget };
  t.match(faultsOf([{ id: 'law', called: ['205'], ...LAW, dialogue }]), [
    /^numbers\.0\.dialogue\.defaultTarget: name the id of one of transferTargets/u,
  ]);
  t.match(
    faultsOf([{ id: 'law', called: ['205'], understanding: { hours: { monday: ['9-5'] } } }]),
    [/^numbers\.0\.understanding\.hours\.monday\.0: write a range as 08:30-12:30$/u],
  );
  t.match(faultsOf([{ id: 'law', called: ['205'], understanding: { colour: 'blue' } }]), [
    /^numbers\.0\.understanding\.colour: /u,
  ]);
  t.match(
    faultsOf([
      { id: 'law', called: ['205'] },
      { id: 'law', called: ['205', '206'] },
    ]),
    [
      /^numbers\.1\.id: this id is taken$/u,
      /^numbers\.1\.called\.0: this number is listed twice$/u,
    ],
  );
  t.match(faultsOf([{ id: 'law', called: [] }]), [
    /^numbers\.0\.called: name at least one number/u,
  ]);
  t.match(faultsOf([{ id: 'law', called: ['withheld'] }]), [/^numbers\.0\.called\.0: write/u]);
  t.end();
});

void t.test('a number may be that of an office in another time zone', (t) => {
  const timeZone = 'America/New_York';
  const settings = load([{ id: 'far', called: ['205'], understanding: { timeZone } }]);
  const far = officeFor(settings.offices ?? [], '205', 'gb')?.settings.understanding;
  t.equal(far?.timeZone, timeZone);
  t.equal(settings.understanding.timeZone, 'Europe/London');
  // Each by its own clock.
  const at = Date.UTC(2026, 10, 24, 22);
  const openAt = (of: typeof far): boolean | undefined =>
    of === undefined ? undefined : new OpeningHours(of).openAt(at);
  t.equal(openAt(far), true, 'five in the afternoon there');
  t.equal(openAt(settings.understanding), false, 'ten at night here');
  t.match(faultsOf([{ id: 'far', called: ['205'], understanding: { timeZone: 'Mars/Base' } }]), [
    /^numbers\.0\.understanding\.timeZone: /u,
  ]);
  t.end();
});

void t.test('what belongs to the whole house is not one number’s', (t) => {
  const found = faultsOf([
    {
      id: 'law',
      called: ['205'],
      understanding: { language: 'ko', country: 'kr' },
      handling: { escalation: {} },
    },
  ]);
  for (const path of ['understanding.language', 'understanding.country', 'handling.escalation']) {
    t.ok(
      found.some((one) => one.startsWith(`numbers.0.${path}: this is the same for every number`)),
      path,
    );
  }
  t.end();
});

void t.test('an id is one person in the whole house', (t) => {
  const transferTargets = [{ id: 'reception', name: 'our desk', extension: '207' }];
  const dialogue = { transferTargets, defaultTarget: 'reception' };
  t.match(faultsOf([{ id: 'law', called: ['205'], dialogue }]), [
    /^numbers\.0\.dialogue\.transferTargets\.0\.id: reception is extension 201 elsewhere/u,
  ]);
  t.end();
});

void t.test('rules that ring a person whom this number does not have are found', (t) => {
  const whole = parse(example) as object;
  const handling = { rules: [{ do: 'staff', target: 'carter' }] };
  const text = stringify({ ...whole, handling, numbers: [{ id: 'law', called: ['205'], ...LAW }] });
  t.throws(() => checkConfiguration(text, 'vestibule.yaml', {}), {
    message: /numbers\.0\.handling\.rules\.0\.target: name the id/u,
  });
  const mended = [{ id: 'law', called: ['205'], ...LAW, handling: { rules: [] } }];
  const good = stringify({ ...whole, handling, numbers: mended });
  t.equal(checkConfiguration(good, 'vestibule.yaml', {}).offices?.length, 1);
  t.end();
});

void t.test('a fault of a file is named with the file’s line', (t) => {
  const numbers = [{ id: 'law', called: ['205'], file: 'law.yaml' }];
  const text = 'understanding:\n  profile: law\n  faqScore: 7\nspeech:\n  language: ko\n';
  t.match(faultsOf(numbers, { 'law.yaml': text }), [
    /^numbers\.0\.file: speech: a number has only understanding, dialogue, handling of its own, line 4/u,
    /^numbers\.0\.file: understanding\.faqScore: .*line 3 of it$/u,
  ]);
  t.match(faultsOf(numbers), [/^numbers\.0\.file: .*law\.yaml cannot be read/u]);
  t.match(faultsOf(numbers, { 'law.yaml': 'a: [1' }), [/law\.yaml is not YAML: .*line 1 of it$/u]);
  t.match(faultsOf(numbers, { 'law.yaml': '- a' }), [/law\.yaml holds no settings/u]);
  t.end();
});

void t.test('holidays of a calendar file count for every number', (t) => {
  const ics =
    'BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20260101T000000Z\n' +
    'DTSTART;VALUE=DATE:20261231\nSUMMARY:Closing day\nEND:VEVENT\nEND:VCALENDAR\n';
  const numbers = [
    { id: 'law', called: ['205'], understanding: { holidaysFile: 'days.ics', holidays: [] } },
  ];
  const file = office(numbers, { 'days.ics': ics.replaceAll('\n', '\r\n') });
  const env = { VESTIBULE_NOW: '2026-11-24T09:00:00Z' };
  const [clinic, law] = everyOffice(loadConfiguration(file, env));
  t.ok(law?.understanding.holidays.some(({ name }) => name === 'Closing day'));
  t.notOk(clinic?.understanding.holidays.some(({ name }) => name === 'Closing day'));
  t.end();
});
