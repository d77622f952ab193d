import t from 'tap';
import { near } from '../../agent/notify/ics-near.js';
import { busyTimes, events } from '../../agent/notify/ics.js';

/** A calendar of entries, each given by its lines. */
const calendar = (...entries: readonly (readonly string[])[]): string =>
  [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:test'],
    ...entries.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']),
    ...['END:VCALENDAR', ''],
  ].join('\r\n');

const at = (iso: string): number => Date.parse(iso);
const iso = ({ from, to }: { from: number; to: number }): string =>
  [from, to].map((ms) => new Date(ms).toISOString().slice(0, 16)).join(' ');
const BERLIN = 'Europe/Berlin';
const october = [at('2026-10-10T00:00Z'), at('2026-11-30T00:00Z'), BERLIN] as const;

t.test('a series across the end of summer time keeps its hour on the wall', (t) => {
  const text = calendar(
    [
      ...['UID:1', 'DTSTART;TZID=Europe/Berlin:20260907T093000', 'DURATION:PT1H'],
      // 9:30 of 16 November, told in UTC: the last one belongs to it.
      ...['RRULE:FREQ=WEEKLY;UNTIL=20261116T083000Z'],
      'EXDATE;TZID=Europe/Berlin:20261019T093000',
    ],
    [
      ...['UID:1', 'RECURRENCE-ID;TZID=Europe/Berlin:20261102T093000'],
      ...['DTSTART;TZID=Europe/Berlin:20261103T140000', 'DURATION:PT30M'],
    ],
    // Another series whose moved one has the same time of its own: not to be mixed up.
    [
      ...['UID:2', 'DTSTART;TZID=Europe/Berlin:20261109T093000', 'DURATION:PT2H'],
      'RRULE:FREQ=WEEKLY;COUNT=1',
    ],
  );
  t.strictSame(events(text, ...october).map(iso), [
    '2026-10-12T07:30 2026-10-12T08:30',
    '2026-10-26T08:30 2026-10-26T09:30',
    '2026-11-03T13:00 2026-11-03T13:30',
    '2026-11-09T08:30 2026-11-09T09:30',
    '2026-11-09T08:30 2026-11-09T10:30',
    '2026-11-16T08:30 2026-11-16T09:30',
  ]);
  t.end();
});

t.test('whole days, floating times, free, cancelled and empty entries', (t) => {
  const text = calendar(
    // The day on which the clocks are set back lasts 25 hours.
    ['UID:day', 'SUMMARY:Closed', 'DTSTART;VALUE=DATE:20261025'],
    ['UID:float', 'DTSTART:20261027T080000', 'DTEND:20261027T090000'],
    ['UID:free', 'TRANSP:TRANSPARENT', 'DTSTART:20261028T080000Z', 'DURATION:PT1H'],
    ['UID:off', 'STATUS:CANCELLED', 'DTSTART:20261028T100000Z', 'DURATION:PT1H'],
    ['UID:empty', 'DTSTART:20261028T120000Z'],
  );
  const all = events(text, ...october);
  t.strictSame(
    all.map((event) => [event.uid, iso(event), event.allDay, event.busy]),
    [
      ['day', '2026-10-24T22:00 2026-10-25T23:00', true, true],
      ['float', '2026-10-27T07:00 2026-10-27T08:00', false, true],
      ['free', '2026-10-28T08:00 2026-10-28T09:00', false, false],
      ['off', '2026-10-28T10:00 2026-10-28T11:00', false, false],
      ['empty', '2026-10-28T12:00 2026-10-28T12:00', false, false],
    ],
  );
  t.equal(all[0]?.summary, 'Closed');
  t.strictSame(
    busyTimes(text, at('2026-10-25T12:00Z'), at('2026-10-27T07:30Z'), BERLIN).map(iso),
    ['2026-10-25T12:00 2026-10-25T23:00', '2026-10-27T07:00 2026-10-27T07:30'],
    'clipped to what was asked',
  );
  t.end();
});

t.test('busy times that overlap or touch are one', (t) => {
  const text = calendar(
    ['UID:1', 'DTSTART:20261027T080000Z', 'DTEND:20261027T090000Z'],
    ['UID:2', 'DTSTART:20261027T083000Z', 'DTEND:20261027T093000Z'],
    ['UID:3', 'DTSTART:20261027T093000Z', 'DTEND:20261027T100000Z'],
    ['UID:4', 'DTSTART:20261027T110000Z', 'DTEND:20261027T113000Z'],
  );
  t.strictSame(busyTimes(text, ...october).map(iso), [
    '2026-10-27T08:00 2026-10-27T10:00',
    '2026-10-27T11:00 2026-10-27T11:30',
  ]);
  t.end();
});

t.test('a series of many years is found where it is looked for', (t) => {
  const series = (rule: string): readonly string[] => [
    ...['UID:1', 'DTSTART;TZID=Europe/Berlin:20060103T070000', 'DURATION:PT1H'],
    `RRULE:FREQ=${rule}`,
  ];
  const starts = (rule: string): readonly string[] =>
    events(calendar(series(rule)), at('2026-10-19T00:00Z'), at('2026-10-31T00:00Z'), BERLIN).map(
      ({ from }) => new Date(from).toISOString().slice(5, 16),
    );
  t.equal(starts('DAILY').length, 12);
  // From Tuesday, 3 January 2006, to 27 October 2026 are 1,086 weeks, an even number.
  t.strictSame(starts('WEEKLY;INTERVAL=2;BYDAY=TU,FR'), ['10-27T06:00', '10-30T06:00']);
  t.strictSame(starts('DAILY;INTERVAL=7'), ['10-20T05:00', '10-27T06:00']);
  t.strictSame(starts('MONTHLY;BYDAY=-1MO'), ['10-26T06:00']);
  t.strictSame(starts('WEEKLY;COUNT=5'), [], 'one that counts is over');
  t.end();
});

t.test('a zone that only the file defines, and one that nobody does', (t) => {
  const own = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:test'],
    ...['BEGIN:VTIMEZONE', 'TZID:W. Europe Standard Time'],
    ...['BEGIN:STANDARD', 'DTSTART:16010101T030000', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100'],
    ...['RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10', 'END:STANDARD'],
    ...['BEGIN:DAYLIGHT', 'DTSTART:16010101T020000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200'],
    ...['RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3', 'END:DAYLIGHT', 'END:VTIMEZONE'],
    ...['BEGIN:VEVENT', 'UID:1', 'DTSTART;TZID=W. Europe Standard Time:20261023T090000'],
    ...['DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=2', 'END:VEVENT', 'END:VCALENDAR', ''],
  ].join('\r\n');
  t.strictSame(events(own, ...october).map(iso), [
    '2026-10-23T07:00 2026-10-23T08:00',
    '2026-10-30T08:00 2026-10-30T09:00',
  ]);
  const none = calendar(['UID:1', 'DTSTART;TZID=Mars/One:20261023T090000', 'DURATION:PT1H']);
  t.throws(() => events(none, ...october), { code: 'CALENDAR_UNKNOWN_ZONE' });
  t.end();
});

t.test('what lies elsewhere is left out, and nothing else', (t) => {
  const entries = [
    ['UID:past', 'DTSTART:20260901T080000Z', 'DTEND:20260901T090000Z'],
    // Begins long before, ends within.
    ['UID:long', 'DTSTART;VALUE=DATE:20260101', 'DTEND;VALUE=DATE:20261012'],
    ['UID:length', 'DTSTART:20260930T080000Z', 'DURATION:P12D'],
    ['UID:edge', 'DTSTART;TZID=Pacific/Kiritimati:20261010T120000', 'DURATION:PT5H'],
    ['UID:series', 'DTSTART:20260901T080000Z', 'DURATION:PT1H', 'RRULE:FREQ=MONTHLY'],
    ['UID:added', 'DTSTART:20260901T090000Z', 'DURATION:PT1H', 'RDATE:20261101T090000Z'],
    ['UID:future', 'DTSTART:20270101T080000Z', 'DTEND:20270101T090000Z'],
  ];
  const text = calendar(...entries);
  const found = events(text, ...october).map(({ uid }) => uid);
  t.strictSame(new Set(found), new Set(['long', 'length', 'edge', 'series', 'added']));
  const left = near(text, october[0], october[1]);
  t.notMatch(left, /UID:(?:past|future)/u, 'these are not even read');
  t.equal(left.split('BEGIN:VEVENT').length, left.split('END:VEVENT').length);
  t.equal(near('no calendar', 0, 1), 'no calendar');
  t.end();
});

t.test('what is no calendar is refused, and nothing that stands in it is told', (t) => {
  const whole = calendar(['UID:1', 'SUMMARY:Anna Lee', 'DTSTART:20261023T090000Z']);
  for (const text of ['', 'Anna Lee', 'BEGIN:VCARD\r\nEND:VCARD\r\n', whole.slice(0, -20)]) {
    t.throws(() => events(text, ...october), { code: 'CALENDAR_NOT_ICS' }, text);
  }
  const bad = calendar(['UID:7', 'SUMMARY:Anna Lee', 'DTSTART:2026']);
  t.throws(() => events(bad, ...october), { code: 'CALENDAR_BAD_EVENT', message: /UID 7/u });
  t.throws(() => events(calendar(['UID:1']), ...october), { code: 'CALENDAR_BAD_EVENT' });
  const endless = calendar(['UID:1', 'DTSTART:20060101T000000Z', 'RRULE:FREQ=MINUTELY']);
  t.throws(() => events(endless, ...october), { code: 'CALENDAR_ENDLESS' });
  for (const text of ['Anna Lee', bad]) {
    try {
      events(text, ...october);
    } catch (error) {
      t.notMatch(String(error), 'Anna');
    }
  }
  t.end();
});
