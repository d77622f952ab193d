import { DateTime } from 'luxon';
import { dateAt, ordered, type SaidDate } from './calendar.js';
import { fieldsAt } from './date-fields.js';
import { digitYear, part, singleDigits, spokenFigures } from './date-figures.js';
import { cardinalAt, ordinalAt, yearAt, type SaidYear } from './quantity.js';
import { longestNamed } from './time-of-day.js';
import type { Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** Reads a whole date with its year at token `at`, in any of the ways dates of birth are told. */
export function birthDateAt(
  tokens: readonly Token[],
  at: number,
  country: string,
  words: SlotVocabulary,
): SaidDate | undefined {
  const plain = dateAt(tokens, at, country, words);
  if (plain?.year !== undefined) return plain;
  return (
    withDigits(plain, tokens, at, words) ??
    yearFirst(tokens, at, country, words) ??
    yearBetween(tokens, at, words) ??
    feastAt(tokens, at, words) ??
    lastDayAt(tokens, at, words) ??
    ordinalsAt(tokens, at, country, words) ??
    fieldsAt(tokens, at, country, words) ??
    singleDigits(tokens, at, country, words) ??
    spokenFigures(tokens, at, country, words) ??
    plain
  );
}

/** "July fourth, one nine seven six" */
function withDigits(
  plain: SaidDate | undefined,
  tokens: readonly Token[],
  start: number,
  words: SlotVocabulary,
): SaidDate | undefined {
  if (plain === undefined) return undefined;
  const end = start + plain.width;
  const of = isWord(words.dates.of, tokens[end]) || isWord(words.dates.in, tokens[end]);
  const year = digitYear(tokens, end + of, words);
  return year === undefined ? undefined : { ...plain, year, width: plain.width + of + year.width };
}

const isWord = (set: ReadonlySet<string>, token: Token | undefined): 0 | 1 =>
  set.has(token?.word ?? '') ? 1 : 0;

/** "nineteen eighty two, the third of May", "1982 May 3" */
function yearFirst(
  tokens: readonly Token[],
  start: number,
  country: string,
  words: SlotVocabulary,
): SaidDate | undefined {
  const digits = digitYear(tokens, start, words);
  const year = digits?.digits === 4 ? digits : yearAt(tokens, start, words);
  if (year === undefined) return undefined;
  let at = start + year.width;
  // "sixty nine, July eleventh": no day of a month is so large.
  const on = isWord(words.dates.from, tokens[at]);
  const short = year.value > 31 && words.dates.months.has(tokens[at + on]?.word ?? '');
  if (year.digits !== 4 && !short) return undefined;
  at += isWord(words.dates.in, tokens[at]);
  at += isWord(words.dates.from, tokens[at]);
  const date = dateAt(tokens, at, country, words) ?? monthAndDay(tokens, at, words);
  return date === undefined || date.year !== undefined
    ? undefined
    : { ...date, year, width: at + date.width - start };
}

/** "1982 05 03", "1982, five, three": behind the year the month comes first everywhere. */
function monthAndDay(
  tokens: readonly Token[],
  at: number,
  words: SlotVocabulary,
): SaidDate | undefined {
  const month = part(tokens, at, words);
  const day = month === undefined ? undefined : part(tokens, at + month.width, words);
  const end = at + (month?.width ?? 0) + (day?.width ?? 0);
  const goesOn = cardinalAt(tokens, end, words) !== undefined;
  return month === undefined || day === undefined || month.value > 12 || goesOn
    ? undefined
    : { month: month.value, day: day.value, year: undefined, width: month.width + day.width };
}

/** "May of nineteen eighty two, on the third", "in May 1982, the 3rd" */
function yearBetween(
  tokens: readonly Token[],
  start: number,
  words: SlotVocabulary,
): SaidDate | undefined {
  const { dates } = words;
  const month = dates.months.get(tokens[start]?.word ?? '');
  if (month === undefined) return undefined;
  let at = start + 1;
  at += isWord(dates.of, tokens[at]) || isWord(dates.in, tokens[at]);
  const year = yearAt(tokens, at, words);
  if (year?.digits !== 4) return undefined;
  at += year.width;
  at += isWord(dates.from, tokens[at]);
  at += isWord(dates.the, tokens[at]);
  const day = ordinalAt(tokens, at, words);
  if (day === undefined || day.value < 1 || day.value > 31) return undefined;
  return { month, day: day.value, year, width: at + day.width - start };
}

/** "Christmas Day nineteen sixty six" */
function feastAt(
  tokens: readonly Token[],
  start: number,
  words: SlotVocabulary,
): SaidDate | undefined {
  const feast = longestNamed(tokens, start, words.dates.feasts);
  if (feast === undefined) return undefined;
  const [month = 1, day = 1] = feast.value.split('-').map(Number);
  let at = start + feast.width;
  at += isWord(words.dates.of, tokens[at]) || isWord(words.dates.in, tokens[at]);
  const year = yearAt(tokens, at, words);
  return year === undefined ? undefined : { month, day, year, width: at + year.width - start };
}

/** "the last day of February 1981" */
function lastDayAt(
  tokens: readonly Token[],
  start: number,
  words: SlotVocabulary,
): SaidDate | undefined {
  const { dates } = words;
  const named =
    dates.monthParts === undefined ? undefined : longestNamed(tokens, start, dates.monthParts);
  const end = start + (named?.width ?? 0);
  // "late February" is no day.
  const isDay = dates.labels?.day.has(tokens[end - 2]?.word ?? '') === true;
  const month = dates.months.get(tokens[end]?.word ?? '');
  if (named?.value !== 0 || !isDay || month === undefined) return undefined;
  let at = end + 1;
  at += isWord(dates.of, tokens[at]) || isWord(dates.in, tokens[at]);
  const year = digitYear(tokens, at, words) ?? yearAt(tokens, at, words);
  if (year === undefined) return undefined;
  const { daysInMonth } = DateTime.utc(2000 + (year.value % 100), month);
  return daysInMonth === undefined
    ? undefined
    : { month, day: daysInMonth, year, width: at + year.width - start };
}

/** "the fifth of the sixth eighty one": so the day comes first; "tenth twelfth": as the country writes. */
function ordinalsAt(
  tokens: readonly Token[],
  start: number,
  country: string,
  words: SlotVocabulary,
): SaidDate | undefined {
  const { dates } = words;
  const ordinal = ordinalAt(tokens, start, words);
  const one = ordinal ?? cardinalAt(tokens, start, words);
  if (one === undefined) return undefined;
  let at = start + one.width;
  const of = isWord(dates.of, tokens[at]);
  if (ordinal === undefined && of === 0) return undefined;
  at += of;
  at += isWord(dates.the, tokens[at]);
  const number = of === 1 ? cardinalAt(tokens, at, words) : undefined;
  const two = ordinalAt(tokens, at, words) ?? number;
  if (two === undefined) return undefined;
  at += two.width;
  // "of the seventh month"
  if (dates.units.get(tokens[at]?.word ?? '')?.unit === 'months') at += 1;
  at += isWord(dates.of, tokens[at]) || isWord(dates.in, tokens[at]);
  const year: SaidYear | undefined = digitYear(tokens, at, words) ?? yearAt(tokens, at, words);
  if (year === undefined) return undefined;
  const width = at + year.width - start;
  return of === 1
    ? ordered(two.value, one.value, year, width, 'US')
    : ordered(one.value, two.value, year, width, country);
}
