import { cardinalAt, ordinalAt, yearAt, type Quantity, type SaidYear } from './quantity.js';
import type { Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** A day of the calendar as it was said. */
export interface SaidDate {
  readonly month: number;
  readonly day: number;
  readonly year: SaidYear | undefined;
  readonly width: number;
}

const MAY = 5;

/** Countries that put the month before the day in figures. */
const MONTH_FIRST = new Set(['US', 'PH', 'FM', 'MH', 'PW', 'GU', 'PR', 'AS', 'CA']);

/** Countries that write a day and its month as "3.5.". */
const DOTTED = new Set('DE AT CH LI LU CZ SK PL DK NO FI HU HR SI'.split(' '));

/** Reads "the third of May 2026", "May 3rd", "5/3/2026", "2026-05-03" at token `at`. */
export function dateAt(
  tokens: readonly Token[],
  at: number,
  country: string,
  words: SlotVocabulary,
): SaidDate | undefined {
  return (
    figuresAt(tokens, at, country) ??
    slashedAt(tokens, at, country, words) ??
    dayFirst(tokens, at, words) ??
    monthFirst(tokens, at, words)
  );
}

const monthOf = (tokens: readonly Token[], at: number, words: SlotVocabulary): number | undefined =>
  words.dates.months.get(tokens[at]?.word ?? '');

/** "the third of May", "3 May" */
function dayFirst(
  tokens: readonly Token[],
  start: number,
  words: SlotVocabulary,
): SaidDate | undefined {
  let at = start;
  if (words.dates.the.has(tokens[at]?.word ?? '')) at += 1;
  const day =
    ordinalAt(tokens, at, words) ??
    cardinalAt(tokens, at, words) ??
    (at > start ? homophoneOf(tokens, at, words) : undefined);
  if (day === undefined || !isDay(day)) return undefined;
  at += day.width;
  // "the eleventh day of July"
  if (words.dates.labels?.day.has(tokens[at]?.word ?? '') === true) at += 1;
  const of = words.dates.of.has(tokens[at]?.word ?? '') ? 1 : 0;
  const month = monthOf(tokens, at + of, words);
  if (month === undefined)
    return of === 1 ? numberedMonth(tokens, start, at, day.value, words) : undefined;
  return withYear(tokens, start, at + of + 1, month, day.value, words);
}

/** "the third of the fifth" */
function numberedMonth(
  tokens: readonly Token[],
  start: number,
  of: number,
  day: number,
  words: SlotVocabulary,
): SaidDate | undefined {
  if (!words.dates.the.has(tokens[of + 1]?.word ?? '')) return undefined;
  const month = ordinalAt(tokens, of + 2, words);
  if (month === undefined || month.value < 1 || month.value > 12) return undefined;
  return withYear(tokens, start, of + 2 + month.width, month.value, day, words);
}

/** "May 3rd", "May the third", "May three" */
function monthFirst(
  tokens: readonly Token[],
  start: number,
  words: SlotVocabulary,
): SaidDate | undefined {
  const month = monthOf(tokens, start, words);
  if (month === undefined) return undefined;
  let at = start + 1;
  // "in May, on the third"
  const on = words.dates.from.has(tokens[at]?.word ?? '') ? 1 : 0;
  if (words.dates.the.has(tokens[at + on]?.word ?? '')) at += on;
  const the = words.dates.the.has(tokens[at]?.word ?? '');
  if (the) at += 1;
  const ordinal = ordinalAt(tokens, at, words);
  const plain = the ? undefined : cardinalAt(tokens, at, words);
  const day = ordinal ?? plain ?? (the ? undefined : homophoneAt(tokens, at, words));
  if (day === undefined || !isDay(day)) return undefined;
  const date = withYear(tokens, start, at + day.width, month, day.value, words);
  // "May one of us …" is no date.
  const digits = words.numbers.digits.has(tokens[at + day.width]?.word ?? '');
  const one = ordinal === undefined && !day.figures && day.value === 1 && !digits;
  return one && month === MAY && date.year === undefined ? undefined : date;
}

/** "the ate of December": what sounds like a digit is the day where its month follows. */
function homophoneOf(
  tokens: readonly Token[],
  at: number,
  words: SlotVocabulary,
): Quantity | undefined {
  const value = words.numbers.homophones.get(tokens[at]?.word ?? '');
  const of = words.dates.of.has(tokens[at + 1]?.word ?? '');
  return value !== undefined && of && monthOf(tokens, at + 2, words) !== undefined
    ? { value, width: 1, figures: false }
    : undefined;
}

/** "March to nineteen eighty": what sounds like a digit is the day where a year follows it. */
function homophoneAt(
  tokens: readonly Token[],
  at: number,
  words: SlotVocabulary,
): Quantity | undefined {
  const value = words.numbers.homophones.get(tokens[at]?.word ?? '');
  const year = value === undefined ? undefined : yearAt(tokens, at + 1, words);
  return value !== undefined && year?.digits === 4
    ? { value, width: 1, figures: false }
    : undefined;
}

const isDay = (day: Quantity): boolean => day.value >= 1 && day.value <= 31;

function withYear(
  tokens: readonly Token[],
  start: number,
  end: number,
  month: number,
  day: number,
  words: SlotVocabulary,
): SaidDate {
  const { of, in: within, the, year: named } = words.dates;
  let skip = 0;
  // "of", "in the year", "of the year"
  for (const set of [of, within, the, named, of]) {
    if (set.has(tokens[end + skip]?.word ?? '')) skip += 1;
  }
  const year = yearAt(tokens, end + skip, words);
  const width = end - start + (year === undefined ? 0 : skip + year.width);
  return { month, day, year, width };
}

/** Figures with signs between them. */
function figuresAt(tokens: readonly Token[], at: number, country: string): SaidDate | undefined {
  const [one, two, three] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (one === undefined || two === undefined) return undefined;
  const sign = one.gap;
  if (!/^[/.-]$/u.test(sign) || !/^\d{1,4}$/u.test(one.word) || !/^\d{1,2}$/u.test(two.word)) {
    return undefined;
  }
  const third = two.gap === sign && three !== undefined && /^\d{1,4}$/u.test(three.word);
  // "555-0142" and "3.30" are no dates: without a year only a stroke makes one, or "3.5." in some countries.
  const dotted = sign === '.' && two.gap === '.' && DOTTED.has(country.toUpperCase());
  if (!third && sign !== '/' && !dotted) return undefined;
  if (one.word.length === 4) {
    if (!third || three.word.length > 2) return undefined;
    return whole(Number(two.word), Number(three.word), yearOf(one.word), 3);
  }
  if (one.word.length > 2) return undefined;
  const year = third ? yearOf(three.word) : undefined;
  if (third && year === undefined) return undefined;
  return ordered(Number(one.word), Number(two.word), year, third ? 3 : 2, country);
}

/** "twelve slash seven", "twelve slash seven slash twenty seven" */
function slashedAt(
  tokens: readonly Token[],
  start: number,
  country: string,
  words: SlotVocabulary,
): SaidDate | undefined {
  const slash = (at: number): boolean => words.dates.slash?.has(tokens[at]?.word ?? '') === true;
  const one = cardinalAt(tokens, start, words);
  if (one === undefined || !slash(start + one.width)) return undefined;
  const second = start + one.width + 1;
  const two = cardinalAt(tokens, second, words);
  if (two === undefined) return undefined;
  const end = second + two.width;
  const year = slash(end) ? yearAt(tokens, end + 1, words) : undefined;
  if (slash(end) && year === undefined) return undefined;
  const width = end - start + (year === undefined ? 0 : 1 + year.width);
  return ordered(one.value, two.value, year, width, country);
}

function yearOf(word: string): SaidYear | undefined {
  if (word.length !== 2 && word.length !== 4) return undefined;
  const digits = word.length === 4 ? 4 : 2;
  return { value: Number(word), width: 1, figures: true, digits };
}

/** Month and day in the order of the country, or the only one that gives a date. */
export function ordered(
  one: number,
  two: number,
  year: SaidYear | undefined,
  width: number,
  country: string,
): SaidDate | undefined {
  const usual = MONTH_FIRST.has(country.toUpperCase());
  return usual
    ? (whole(one, two, year, width) ?? whole(two, one, year, width))
    : (whole(two, one, year, width) ?? whole(one, two, year, width));
}

function whole(
  month: number,
  day: number,
  year: SaidYear | undefined,
  width: number,
): SaidDate | undefined {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31
    ? { month, day, year, width }
    : undefined;
}
