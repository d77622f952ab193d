import t from 'tap';
import { OpeningHours } from '../../agent/understanding/hours.js';
import { understandingSettings } from '../../agent/understanding/settings.js';
import { officeFacts } from '../dialogue/office.js';

const hoursOf = (more: Readonly<Record<string, unknown>> = {}): OpeningHours =>
  new OpeningHours(understandingSettings.parse({ ...officeFacts, ...more }));
const at = (iso: string): number => Date.parse(iso);
const hours = hoursOf();

void t.test('open and closed, by the wall clock of the office', (t) => {
  const cases: readonly [iso: string, open: boolean][] = [
    ['2026-11-24T07:29:59Z', false],
    ['2026-11-24T07:30:00Z', true],
    ['2026-11-24T11:30:00Z', false],
    ['2026-11-24T12:29:00Z', false],
    ['2026-11-24T12:30:00Z', true],
    ['2026-11-24T16:30:00Z', false],
    ['2026-11-28T10:00:00Z', false],
    ['2026-12-24T09:30:00Z', true],
    ['2026-12-24T10:30:00Z', false],
    ['2026-12-25T09:30:00Z', false],
    // In summer Berlin is two hours ahead of UTC.
    ['2026-07-07T06:30:00Z', true],
    ['2026-07-07T06:29:00Z', false],
  ];
  for (const [iso, open] of cases) t.equal(hours.openAt(at(iso)), open, iso);
  t.equal(hours.closesAt(at('2026-11-24T09:00:00Z')), 750);
  t.equal(hours.closesAt(at('2026-11-24T12:00:00Z')), undefined);
  t.end();
});

void t.test('the next opening', (t) => {
  const next = (iso: string): string | undefined => {
    const opening = hours.nextOpening(at(iso));
    return opening && `${new Date(opening.at).toISOString()} +${String(opening.daysAhead)}`;
  };
  t.equal(next('2026-11-24T05:00:00Z'), '2026-11-24T07:30:00.000Z +0');
  t.equal(next('2026-11-24T12:00:00Z'), '2026-11-24T12:30:00.000Z +0');
  t.equal(next('2026-11-27T18:00:00Z'), '2026-11-30T07:30:00.000Z +3');
  t.equal(next('2026-12-24T12:00:00Z'), '2026-12-28T07:30:00.000Z +4');
  t.equal(hoursOf({ hours: {} }).nextOpening(at('2027-01-05T00:00:00Z')), undefined);
  t.end();
});

void t.test('clocks that change', (t) => {
  // On 29 March 2026 Berlin goes from UTC+1 to UTC+2 at 02:00.
  const sundays = hoursOf({ hours: { sunday: ['08:00-10:00'] } });
  const opening = sundays.nextOpening(at('2026-03-28T12:00:00Z'));
  t.equal(opening && new Date(opening.at).toISOString(), '2026-03-29T06:00:00.000Z');
  t.equal(opening?.daysAhead, 1);
  t.equal(sundays.openAt(at('2026-03-29T06:00:00Z')), true);
  t.equal(sundays.openAt(at('2026-03-29T08:00:00Z')), false);
  t.end();
});

void t.test('days', (t) => {
  const tuesday = at('2026-11-24T23:30:00Z');
  t.match(hours.describeDay(tuesday), { date: '2026-11-25', weekday: 'wednesday' }, 'local date');
  t.match(hours.nextWeekday(tuesday, 'wednesday'), { date: '2026-11-25' }, 'today counts');
  t.match(hours.nextWeekday(tuesday, 'tuesday'), { date: '2026-12-01' });
  t.match(hours.nextHoliday(tuesday, 'Christmas Day'), { date: '2026-12-25', ranges: [] });
  t.equal(hours.nextHoliday(at('2027-01-02T00:00:00Z'), 'Christmas Day'), undefined);
  t.end();
});

void t.test('settings: all faults at once, with their paths', (t) => {
  const result = understandingSettings.safeParse({
    ...officeFacts,
    timeZone: 'Berlin',
    hours: {
      monday: ['13:00-12:00'],
      tuesday: ['08:00-12:00', '11:00-13:00'],
      friday: ['8-12'],
      noday: [],
    },
    holidays: [{ date: '2026-13-40', name: 'x' }],
    faq: [
      { id: 'a', questions: [], answer: 'x' },
      { id: 'a', questions: ['y'], answer: 'x' },
    ],
  });
  const paths = result.error?.issues.map(({ path }) => path.join('.')) ?? [];
  for (const path of [
    ...['timeZone', 'hours.monday.0', 'hours.tuesday', 'hours.friday.0', 'hours'],
    ...['holidays.0.date', 'faq.0.questions'],
  ]) {
    t.ok(paths.includes(path), path);
  }
  const twice = understandingSettings.safeParse({
    ...officeFacts,
    faq: [...officeFacts.faq, ...officeFacts.faq],
  });
  t.strictSame(
    twice.error?.issues.map(({ path }) => path.join('.')),
    ['faq.1.id'],
  );
  t.end();
});
