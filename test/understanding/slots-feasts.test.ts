import { DateTime } from 'luxon';
import t from 'tap';
import { comingFeast } from '../../agent/understanding/slots/feasts.js';
import { findSlot, type SlotContext } from '../../agent/understanding/slots/slots.js';

t.test('feasts that move', (t) => {
  const zone = 'America/New_York';
  const feast = (now: string, which: Parameters<typeof comingFeast>[0]): string =>
    comingFeast(which, DateTime.fromISO(now, { zone })).toISODate() ?? '';
  // Easter Sundays of the Gregorian calendar, the earliest and the latest of the century among them.
  const easter = [
    '2024-03-31',
    '2025-04-20',
    '2026-04-05',
    '2035-03-25',
    '2038-04-25',
    '2076-04-19',
  ];
  for (const day of easter) t.equal(feast(`${day.slice(0, 4)}-01-05`, { easter: 0 }), day);
  t.equal(feast('2026-04-06', { easter: 0 }), '2027-03-28', 'over for this year');
  t.equal(feast('2026-04-06', { easter: 1 }), '2026-04-06', 'today');
  t.equal(feast('2026-01-01', { month: 11, weekday: 4, nth: 4 }), '2026-11-26');
  t.equal(feast('2026-01-01', { month: 5, weekday: 1, nth: -1 }), '2026-05-25');
  t.equal(feast('2028-01-01', { month: 11, weekday: 4, nth: 4, plus: 1 }), '2028-11-24');
  t.end();
});

t.test('days on which the clock changes', (t) => {
  const context = (now: string): SlotContext => ({
    ...{ language: 'en', country: 'US', timeZone: 'America/New_York' },
    now: Date.parse(now),
  });
  const at = (text: string, now: string): string | undefined =>
    findSlot('date_time', text, context(now))?.value;
  // Sunday, 8 March 2026: 02:00 is 03:00. An hour later the clock shows two hours more.
  t.equal(at('in an hour', '2026-03-08T01:30:00-05:00'), '2026-03-08T03:30');
  t.equal(at('tomorrow at nine', '2026-03-07T10:00:00-05:00'), '2026-03-08T09:00');
  t.equal(at('today at ten', '2026-03-08T10:30:00-04:00'), '2026-03-08T22:00', 'ten is over');
  t.equal(at('today at ten', '2026-03-08T09:30:00-04:00'), '2026-03-08T10:00', 'ten is to come');
  // Sunday, 1 November 2026: 02:00 is 01:00 again.
  t.equal(at('in two hours', '2026-11-01T00:30:00-04:00'), '2026-11-01T01:30');
  t.equal(at('today at ten', '2026-11-01T09:30:00-05:00'), '2026-11-01T10:00');
  t.equal(at('in a week', '2026-10-28T09:30:00-04:00'), '2026-11-04');
  t.end();
});
