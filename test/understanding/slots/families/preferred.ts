import type { DateTime } from 'luxon';
import { cardinal, line, ordinal, type Choice } from './choice.js';
import type { SaidDay } from './days.js';

const WEEKDAYS = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ');
const MONTHS =
  'january february march april may june july august september october november december'.split(
    ' ',
  );

const nameOf = (day: DateTime): string => WEEKDAYS[day.weekday - 1] ?? '';
const isoOf = (day: DateTime): string => day.toISODate() ?? '';

/** One day that is preferred to another, said with its reason, or as a part of a week or month. */
export function preferredDay(pick: Choice, today: DateTime): SaidDay {
  const of = (text: string, value: string): SaidDay => ({ text, value, country: 'US' });
  const first = pick.between(1, 6);
  const day = today.plus({ days: first });
  const other = today.plus({ days: (first % 6) + 1 });
  const [name, otherName] = [nameOf(day), nameOf(other)];
  const part = pick.of('', '', 'morning', 'afternoon');
  const value = line(isoOf(day), part);
  const better = pick.of('works better', 'would be better', 'is better', 'suits me better');
  const month = today.plus({ months: pick.between(1, 8) }).startOf('month');
  const monthName = MONTHS[month.month - 1] ?? '';
  switch (pick.between(0, 11)) {
    case 0: {
      const wish = pick.of('i was thinking', 'i was hoping for', 'i wanted', 'they offered me');
      return of(line(wish, otherName, 'but', name, part, pick.of('', better)), value);
    }
    case 1:
      return of(line(otherName, pick.of('or', 'but', ''), name, part, better), value);
    case 2: {
      const prefers = pick.of('preferably', "i'd prefer", 'even better', "or i'd rather");
      return of(line(otherName, 'or', prefers, name, part), value);
    }
    case 3: {
      const reason = pick.of('because', 'cause', 'seeing as');
      const hour = cardinal(pick.between(2, 6));
      const why = pick.of(`i work until ${hour}`, `my bus is at ${hour}`, `${otherName} is full`);
      return of(line(name, part, reason, why), value);
    }
    case 4: {
      const weeks = pick.between(2, 5);
      const on = today
        .plus({ weeks })
        .startOf('week')
        .plus({ days: pick.between(0, 4) });
      const link = pick.of('on a', 'on', 'time on', 'time on a');
      return of(line('in', cardinal(weeks), 'weeks', link, nameOf(on)), isoOf(on));
    }
    case 5: {
      const nth = pick.between(1, 4);
      const on = month.set({ day: 7 * (nth - 1) + pick.between(1, 7) });
      const maybe = pick.of('maybe', 'say', 'perhaps');
      return of(
        line(pick.of('the', ''), ordinal(nth), 'week of', monthName, maybe, 'the', ordinal(on.day)),
        isoOf(on),
      );
    }
    case 6: {
      const [when, at] = pick.of<readonly [string, DateTime]>(
        ['early', month],
        ['the beginning of', month],
        ['the middle of', month.set({ day: 15 })],
        ['the end of', month.endOf('month')],
      );
      return of(line(when, monthName), isoOf(at));
    }
    case 8: {
      const bad = pick.of('is bad', "doesn't work", 'is no good', "won't work", 'is full');
      return of(line(otherName, bad, name, part), value);
    }
    case 9: {
      const on = pick.between(26, 31);
      const say = pick.of('say', 'maybe', '');
      const at = today.set({ month: 12, day: on });
      return of(line('after christmas', say, 'the', ordinal(on)), isoOf(at));
    }
    case 10: {
      const [when, weekday] = pick.of<readonly [string, number]>(
        ['the beginning of', 1],
        ['middle of', 3],
        ['mid', 3],
        ['the end of', 5],
      );
      const at = today.startOf('week').plus({ days: 6 + weekday });
      return of(line(when, 'next week'), isoOf(at));
    }
    case 7: {
      const [edge, meant] = pick.of(['early', 'morning'] as const, ['late', 'afternoon'] as const);
      return of(line(edge, pick.of('on', ''), name), line(isoOf(day), meant));
    }
    default:
      return of(
        line('the', name, 'after next'),
        isoOf(today.startOf('week').plus({ weeks: 2, days: day.weekday - 1 })),
      );
  }
}
