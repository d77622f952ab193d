import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { lackingEncoder } from './encoder.js';
import { sharedHeads } from '../understanding/shipped-head.js';

const program = join(checkoutRoot, 'build', 'agent', 'main.js');
/** A Tuesday, 10:00: open. */
const NOW = '2026-11-24T10:00:00Z';
/** Thursday is busy from the opening until 11:40. */
const CALENDAR = [
  ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:test', 'BEGIN:VEVENT', 'UID:1'],
  ...['DTSTART;TZID=Europe/London:20261105T083000', 'DTEND;TZID=Europe/London:20261105T114000'],
  ...['RRULE:FREQ=WEEKLY', 'END:VEVENT', 'END:VCALENDAR', ''],
].join('\r\n');

/** The example office, its check-ups out of a calendar. */
function office(t: Test, calendar: string | undefined): string {
  const home = mkdtempSync(join(tmpdir(), 'vt-diary-'));
  t.teardown(() => {
    rmSync(home, { recursive: true, force: true });
  });
  const example = readFileSync(
    join(checkoutRoot, 'agent', 'config', 'example-office.yaml'),
    'utf8',
  );
  const yaml = example.replace('minutes: 20 }', 'minutes: 20, calendar: practice }');
  t.not(yaml, example, 'the example has its check-up');
  const calendars = 'calendars:\n  practice: { kind: file, path: practice.ics }\n';
  writeFileSync(join(home, 'vestibule.yaml'), calendars + yaml);
  if (calendar !== undefined) writeFileSync(join(home, 'practice.ics'), calendar);
  mkdirSync(sharedHeads, { recursive: true });
  symlinkSync(sharedHeads, join(home, 'heads'));
  return home;
}

function vestibule(home: string, args: readonly string[], lines: readonly object[] = []) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    input: lines.map((line) => JSON.stringify(line)).join('\n'),
    encoding: 'utf8',
    env: { ...process.env, VESTIBULE_HOME: home, VESTIBULE_NOW: NOW },
  });
  const outputs = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  return { status, outputs, stderr };
}

const CALL = ['converse', '--json', '--caller', '02079460199'];

t.test('an appointment out of a calendar', { skip: lackingEncoder }, (t) => {
  const home = office(t, CALENDAR);
  t.equal(vestibule(home, ['intents', 'train']).status, 0);
  const { outputs } = vestibule(home, CALL, [
    { say: 'Could I have a check-up on Thursday morning, please?' },
    { say: 'The second one, please.' },
    { say: 'My name is Mary Johnson.' },
    { say: 'Yes, please.' },
    { say: 'Yes, please book it.' },
    { say: 'No, thank you. Goodbye.' },
  ]);
  t.match(
    outputs.filter(({ does }) => does !== 'message'),
    [
      { asks: 'greeting' },
      { does: 'consent' },
      { asks: 'how_can_i_help' },
      { does: 'find_slots', from: '2026-11-26T00:00:00.000Z' },
      {
        asks: 'slot',
        says: /Number one: on Thursday at eleven fifty .* Number two: on Friday at eight thirty .* Number three: on Friday at eight fifty /u,
      },
      { asks: 'name' },
      { asks: 'phone' },
      { asks: 'confirm', says: /Your time is on Friday at eight thirty .* Shall I book it\?$/u },
      { does: 'book_slot', visit: 'check-up', from: '2026-11-27T08:30:00.000Z' },
      { asks: 'anything_else', says: /it is booked: on Friday at eight thirty/u },
      { does: 'release_slots' },
      { asks: 'goodbye' },
      { does: 'hangup' },
      { record: { outcome: 'answered', intent: 'appointment.book' } },
    ],
  );
  t.equal(
    readFileSync(join(home, 'practice.ics'), 'utf8'),
    CALENDAR,
    'a call in text books nothing',
  );
  t.end();
});

t.test('a calendar that cannot be read: the wish is noted', { skip: lackingEncoder }, (t) => {
  const home = office(t, undefined);
  const { outputs } = vestibule(home, CALL, [
    { say: 'Could I have a check-up on Thursday morning, please?' },
    { say: 'My name is Mary Johnson.' },
    { say: 'Yes, please.' },
    { say: 'Yes, that is right.' },
    { hangup: true },
  ]);
  const said = outputs.map(({ says }) => (typeof says === 'string' ? says : '')).join(' ');
  t.match(said, /I can't see the diary at the moment.* Nothing is booked yet/u);
  t.notMatch(said, 'it is booked');
  t.match(outputs.at(-1), {
    record: {
      outcome: 'message',
      messages: [
        {
          ...{ intent: 'appointment.book', name: 'Mary Johnson', state: 'complete' },
          more: { visit_type: 'a check-up', wish: '2026-11-26 morning' },
        },
      ],
    },
  });
  t.end();
});
