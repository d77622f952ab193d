import { MOSTLY_NOTHING, cardinal, line, ordinal, type Choice } from './choice.js';
import { DateTime } from 'luxon';

/** A day, with or without a time, as somebody says it. */
export interface SaidDay {
  readonly text: string;
  readonly value: string;
  readonly country: string;
}

const WEEKDAYS = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ');
const MONTHS =
  'january february march april may june july august september october november december'.split(
    ' ',
  );

interface Said {
  readonly text: string;
  readonly iso: string;
}

/** A day of the weeks to come, told from `today`. */
function dayOf(today: DateTime, pick: Choice): Said {
  const days = pick.between(1, 60);
  const day = today.plus({ days });
  const nth = ordinal(day.day);
  const month = MONTHS[day.month - 1] ?? '';
  const weekday = WEEKDAYS[day.weekday - 1] ?? '';
  const of = (text: string, at: DateTime = day): Said => ({ text, iso: at.toISODate() ?? '' });
  switch (pick.between(0, 13)) {
    case 0:
      return of(pick.of('tomorrow', 'tomorrow'), today.plus({ days: 1 }));
    case 1:
      return of(pick.of('the day after tomorrow', 'day after tomorrow'), today.plus({ days: 2 }));
    case 2: {
      const ahead = pick.between(1, 6);
      const at = today.plus({ days: ahead });
      return of(line(pick.of('', '', 'this', 'this coming'), WEEKDAYS[at.weekday - 1] ?? ''), at);
    }
    case 3: {
      const ahead = pick.between(1, 6);
      const name = WEEKDAYS[today.plus({ days: ahead }).weekday - 1] ?? '';
      const text = pick.of(`a week from ${name}`, `a week on ${name}`, `${name} week`);
      return of(text, today.plus({ days: ahead + 7 }));
    }
    case 4: {
      const count = pick.between(2, 12);
      return of(
        pick.of(`in ${cardinal(count)} days`, `${cardinal(count)} days from now`),
        today.plus({ days: count }),
      );
    }
    case 5: {
      const weeks = pick.between(2, 6);
      const text = pick.of(
        `in ${cardinal(weeks)} weeks`,
        `${cardinal(weeks)} weeks from today`,
        `in ${cardinal(weeks)} weeks time`,
      );
      return of(text, today.plus({ weeks }));
    }
    case 6:
      return of(`${weekday} the ${nth} of ${month}`);
    case 7:
      return of(`${weekday} ${month} ${pick.of(nth, `the ${nth}`)}`);
    case 8: {
      const near = today.plus({ days: pick.between(1, 26) });
      return of(`the ${ordinal(near.day)}`, near);
    }
    case 9: {
      const near = today.plus({ days: pick.between(1, 26) });
      return of(`${WEEKDAYS[near.weekday - 1] ?? ''} the ${ordinal(near.day)}`, near);
    }
    case 10:
      return of(
        pick.of('the day before christmas', 'christmas eve'),
        day.set({ month: 12, day: 24 }).set({ year: today.year }),
      );
    case 11:
      return of(`${month} ${pick.of(nth, `the ${nth}`, cardinal(day.day))}`);
    default:
      return of(
        pick.of(`the ${nth} of ${month}`, `${nth} of ${month}`, `${cardinal(day.day)} ${month}`),
      );
  }
}

interface Clock {
  readonly text: string;
  readonly time: string;
}

/** A time between 8:00 and 17:55, which an office is open at. */
function timeOf(pick: Choice): Clock {
  const hour = pick.between(8, 17);
  const minute = pick.between(0, 11) * 5;
  const twelve = ((hour + 11) % 12) + 1;
  const name = cardinal(twelve);
  const next = cardinal((twelve % 12) + 1);
  const half =
    hour < 12
      ? pick.of('', '', 'a m', 'in the morning')
      : pick.of('', '', 'p m', 'in the afternoon');
  const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  const of = (text: string): Clock => ({ text: line(text, half), time });
  if (minute === 0)
    return half === '' ? of(pick.of(name, `${name} o'clock`, `${name} ish`)) : of(name);
  if (minute === 30 && pick.percent(60)) return of(`half past ${name}`);
  if (minute === 15 && pick.percent(60))
    return of(pick.of('quarter past', 'a quarter past', 'quarter after') + ` ${name}`);
  if (minute === 45 && hour < 17 && pick.percent(60))
    return of(pick.of('quarter to', 'a quarter to', 'quarter of') + ` ${next}`);
  if (minute < 30 && pick.percent(30)) return of(`${cardinal(minute)} past ${name}`);
  if (minute > 30 && hour < 17 && pick.percent(30))
    return of(`${cardinal(60 - minute)} ${pick.of('to', 'till', 'before')} ${next}`);
  return of(line(name, minute < 10 ? 'oh' : '', cardinal(minute)));
}

const OPENINGS = [
  ...[
    '',
    '',
    '',
    'um',
    'how about',
    'could i come',
    'maybe',
    "i'd like",
    'is there anything on',
    'let me see',
  ],
  ...[
    'would you have',
    'what about',
    "i'm free",
    'can you do',
    "let's say",
    'i was hoping for',
    'ideally',
  ],
] as const;
const CLOSINGS = [
  ...MOSTLY_NOTHING,
  'please',
  'thanks',
  'if possible',
  'if you have it',
  'would be great',
  'works for me',
] as const;

/** One day, and perhaps a time, told in one of the ways that people tell them. */
export function saidDay(pick: Choice, today: DateTime): SaidDay {
  const day = dayOf(today, pick);
  const opening = pick.of(...OPENINGS);
  const closing = pick.of(...CLOSINGS);
  const of = (text: string, value: string): SaidDay => ({
    text: line(opening, text, closing),
    value,
    country: 'US',
  });
  const clock = timeOf(pick);
  const cue = pick.of('at', 'at', 'around', 'about', 'say at');
  const sorry = pick.of('no', 'sorry', 'no sorry', 'i mean', 'actually', 'no wait');
  const part = pick.of<'morning' | 'afternoon' | 'evening'>('morning', 'afternoon', 'evening');
  switch (pick.between(0, 6)) {
    case 0:
      return of(day.text, day.iso);
    case 1:
      return of(
        line(day.text, pick.of('in the', 'in the', 'um in the'), part),
        `${day.iso} ${part}`,
      );
    case 2: {
      const other = dayOf(today, pick);
      return of(line(other.text, sorry, day.text, cue, clock.text), `${day.iso}T${clock.time}`);
    }
    case 3: {
      const other = timeOf(pick);
      return of(line(day.text, cue, other.text, sorry, clock.text), `${day.iso}T${clock.time}`);
    }
    case 4: {
      // A date in figures right behind a time would be its minutes.
      const on = /^(?:tomorrow|the |day after|in |a week)/u.test(day.text) ? '' : 'on';
      const counted = / from (?:now|today)$/u.test(day.text) ? ',' : on;
      return of(line(cue, clock.text, counted, day.text), `${day.iso}T${clock.time}`);
    }
    default:
      return of(line(day.text, cue, clock.text), `${day.iso}T${clock.time}`);
  }
}
