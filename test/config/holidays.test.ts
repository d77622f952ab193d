import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { withHolidays } from '../../agent/config/holidays.js';
import type { Configuration } from '../../agent/config/schema.js';
import { OpeningHours } from '../../agent/understanding/hours.js';
import { understandingSettings } from '../../agent/understanding/settings.js';
import { officeFacts } from '../dialogue/office.js';

const NOW = Date.parse('2026-11-24T09:00:00Z');

const entry = (...lines: readonly string[]): string =>
  [
    'BEGIN:VEVENT',
    `UID:${lines.join('-')}`,
    'DTSTAMP:20260101T000000Z',
    ...lines,
    'END:VEVENT',
  ].join('\r\n');
const calendar = (...entries: readonly string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...entries, 'END:VCALENDAR', ''].join(
    '\r\n',
  );

/** The test office's configuration in a folder of its own, with `text` as its calendar file. */
function officeWith(t: Test, text: string | undefined): { settings: Configuration; place: string } {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-holidays-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  if (text !== undefined) writeFileSync(join(folder, 'days.ics'), text);
  const understanding = understandingSettings.parse({ ...officeFacts, holidaysFile: 'days.ics' });
  return { settings: { understanding } as Configuration, place: join(folder, 'vestibule.yaml') };
}

void t.test('whole days of the file are holidays; the configuration’s own go before', (t) => {
  const { settings, place } = officeWith(
    t,
    calendar(
      entry('DTSTART;VALUE=DATE:20261224', 'SUMMARY:Another name'),
      entry('DTSTART;VALUE=DATE:20261228', 'DTEND;VALUE=DATE:20261231', 'SUMMARY:Winter break'),
      entry('DTSTART;VALUE=DATE:20200501', 'RRULE:FREQ=YEARLY', 'SUMMARY:May Day'),
      entry('DTSTART:20261130T100000Z', 'DTEND:20261130T110000Z', 'SUMMARY:A meeting'),
      entry('DTSTART;VALUE=DATE:20200101', 'SUMMARY:Long ago'),
    ),
  );
  const { understanding } = withHolidays(settings, place, NOW);
  t.strictSame(
    understanding.holidays.map(({ date, name }) => `${date} ${name}`),
    [
      '2026-12-24 Christmas Eve',
      '2026-12-25 Christmas Day',
      ...['2026-12-28', '2026-12-29', '2026-12-30'].map((date) => `${date} Winter break`),
      '2027-05-01 May Day',
    ],
  );
  const hours = new OpeningHours(understanding);
  t.notOk(hours.openAt(Date.parse('2026-12-29T10:00:00+01:00')), 'closed on a Tuesday');
  t.ok(hours.openAt(Date.parse('2026-12-22T10:00:00+01:00')));
  t.ok(hours.openAt(Date.parse('2026-12-24T10:00:00+01:00')), 'its own hours are kept');
  t.end();
});

void t.test('a file that is missing or no calendar is named', (t) => {
  for (const [text, detail] of [
    [undefined, /days\.ics.*cannot be read/u],
    ['hello', /days\.ics.*CALENDAR_NOT_ICS/u],
  ] as const) {
    const { settings, place } = officeWith(t, text);
    t.throws(() => withHolidays(settings, place, NOW), {
      code: 'CONFIG_HOLIDAYS',
      message: detail,
    });
  }
  t.end();
});
