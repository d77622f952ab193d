import { MOSTLY_NOTHING, cardinal, DIGITS, line, ordinal, type Choice } from './choice.js';

/** A date of birth as somebody says it. */
export interface SaidBirth {
  readonly text: string;
  readonly value: string;
  readonly country: string;
}

const MONTHS =
  'january february march april may june july august september october november december'.split(
    ' ',
  );

const pad = (value: number): string => String(value).padStart(2, '0');

/** "oh four", "four", "zero four" */
const small = (value: number, pick: Choice): string =>
  value < 10
    ? line(pick.of('', 'oh', 'zero', ''), DIGITS[value] ?? '')
    : pick.percent(15)
      ? Array.from(String(value))
          .map((one) => (one === '0' ? 'oh' : DIGITS[Number(one)]))
          .join(' ')
      : cardinal(value);

/** A year in words; `short` lets the century go. */
function yearOf(year: number, short: boolean, pick: Choice): string {
  const rest = year % 100;
  const two = rest < 10 ? line(pick.of('oh', 'oh', 'zero'), DIGITS[rest] ?? '') : cardinal(rest);
  if (short && pick.percent(40)) return two;
  if (year >= 2000 && year < 2010) {
    const unit = rest === 0 ? '' : (DIGITS[rest] ?? '');
    return line('two thousand', rest > 0 && pick.percent(50) ? 'and' : '', unit);
  }
  if (year >= 2010) {
    return pick.percent(60)
      ? line('twenty', cardinal(rest))
      : line('two thousand', pick.of('', 'and'), cardinal(rest));
  }
  if (pick.percent(10))
    return Array.from(String(year))
      .map((one) => (one === '0' ? 'oh' : DIGITS[Number(one)]))
      .join(' ');
  if (rest === 0) return 'nineteen hundred';
  if (pick.percent(10)) return line('nineteen hundred and', cardinal(rest));
  return line('nineteen', two);
}

const OPENINGS = [
  ...[
    '',
    '',
    '',
    "it's",
    'i was born',
    'born',
    'my birthday is',
    'my date of birth is',
    'um',
    'yes',
  ],
  ...['date of birth', 'sure', "that's", 'she was born', 'dob', 'i was born on', "my birthday's"],
] as const;
const CLOSINGS = [
  ...MOSTLY_NOTHING,
  'thank you',
  'please',
  'yes',
  "that's it",
  'if that helps',
] as const;
const LINKS = ['', '', '', '', 'um', 'uh', 'of', 'in', ','] as const;

/** One date, told in one of the ways that people tell theirs. */
export function saidBirth(pick: Choice): SaidBirth {
  const country = pick.percent(70) ? 'US' : 'GB';
  const year = pick.percent(75) ? pick.between(1931, 1999) : pick.between(2000, 2024);
  const month = pick.between(1, 12);
  const day = pick.between(1, 28);
  const name = MONTHS[month - 1] ?? '';
  const value = `${String(year)}-${pad(month)}-${pad(day)}`;
  const [first, second] = country === 'US' ? [month, day] : [day, month];
  const link = pick.of(...LINKS);
  const plainLink = link === 'of' || link === 'in' ? '' : link;
  const nth = pick.percent(50) ? `the ${ordinal(day)}` : ordinal(day);
  const short = pick.percent(60);
  const opening = pick.of(...OPENINGS);
  const closing = pick.of(...CLOSINGS);
  const of = (text: string): SaidBirth => ({ text: line(opening, text, closing), value, country });
  const sorry = pick.of('no', 'sorry', 'no sorry', 'i mean', 'no wait');
  switch (pick.between(0, 18)) {
    case 17: {
      // The month was begun, and begun again.
      const begun = name.length > 4 ? name.slice(0, 3) : '';
      return of(line(begun, name, nth, yearOf(year, false, pick)));
    }
    case 18: {
      const told = line("it's", name, 'and the day is', cardinal(day), 'and the year is');
      return { text: line(told, yearOf(year, false, pick)), value, country };
    }
    case 16: {
      const on = pick.of('on the', 'the');
      return of(line('in', name, on, ordinal(day), pick.of('in', ''), yearOf(year, false, pick)));
    }
    case 0:
      return of(`${String(first)}/${String(second)}/${String(year)}`);
    case 1:
      return of(`${pad(first)}-${pad(second)}-${String(year)}`);
    case 2:
      return of(`${pad(first)} ${pad(second)} ${pick.of(String(year), pad(year % 100))}`);
    case 3:
      return of(line(name, String(day), String(year)));
    case 4: {
      const sign = pick.of('slash', 'dash', 'dot');
      return of(
        line(small(first, pick), sign, small(second, pick), sign, yearOf(year, short, pick)),
      );
    }
    case 5:
    case 6:
      return of(
        line(
          small(first, pick),
          plainLink,
          small(second, pick),
          plainLink,
          yearOf(year, false, pick),
        ),
      );
    case 7:
      // Two ordinals: "the third of the fourth".
      return {
        ...of(line(nth, 'of the', ordinal(month), yearOf(year, short, pick))),
        country: 'GB',
      };
    case 8:
      return of(line(yearOf(year, false, pick), pick.of('', ',', 'on'), name, nth));
    case 9:
      return of(line(nth, 'of', name, sorry, ordinal(day), 'of', name, yearOf(year, false, pick)));
    case 10: {
      const other = (day % 28) + 1;
      return of(line(name, ordinal(other), sorry, ordinal(day), yearOf(year, false, pick)));
    }
    case 11:
      return of(
        line(
          name,
          nth,
          yearOf(year + (year % 10 === 9 ? -1 : 1), false, pick),
          sorry,
          yearOf(year, false, pick),
        ),
      );
    case 12:
      return of(line(cardinal(day), name, yearOf(year, short, pick)));
    case 13:
      return of(line(name, cardinal(day), yearOf(year, false, pick)));
    case 14:
      return of(line(nth, pick.of('of', 'um', ''), name, link, yearOf(year, short, pick)));
    default:
      return of(line(name, nth, link, yearOf(year, short, pick)));
  }
}
