import { DateTime } from 'luxon';
import { birthDateAt } from './birth-forms.js';
import { labelledDate } from './birth-labels.js';
import { dateAt, type SaidDate } from './calendar.js';
import { digitYear } from './date-figures.js';
import { cardinalAt, ordinalAt, yearAt, type SaidYear } from './quantity.js';
import { withoutRestarts } from './restarts.js';
import { heardOf, tokensOf, without, type Token } from './tokens.js';
import type { SlotContext, SlotValue } from './value.js';
import type { SlotVocabulary } from './vocabulary.js';

/** Nobody who calls is older, in years. */
const OLDEST = 125;

interface Found {
  readonly iso: string;
  readonly confidence: number;
  readonly from: number;
  readonly to: number;
}

/** Finds a date of birth: a whole date in the past. */
export function findDob(
  text: string,
  context: SlotContext,
  words: SlotVocabulary,
): SlotValue | undefined {
  const tokens = withoutRestarts(without(tokensOf(text), words.mend.hesitations), words);
  const now = DateTime.fromMillis(context.now, { zone: context.timeZone });
  if (!now.isValid) return undefined;
  let found: Found | undefined;
  for (let at = 0; at < tokens.length;) {
    const first = isInsideNumber(tokens, at, words)
      ? undefined
      : birthDateAt(tokens, at, context.country, words);
    const said = first === undefined ? undefined : amended(first, tokens, at, words);
    const iso = said === undefined ? undefined : birthday(said, now);
    if (said === undefined || iso === undefined) {
      // "the twenty ninth of February 1975" is no day, and its "ninth of February" none that was said.
      at += said?.year === undefined ? 1 : said.width;
      continue;
    }
    // Of two dates the first is it, unless the caller takes it back.
    if (found === undefined || takenBack(tokens, found.to, at, words)) {
      const confidence = said.year?.digits === 4 ? 0.95 : 0.85;
      found = { iso, confidence, from: found?.from ?? at, to: at + said.width };
    }
    at += said.width;
  }
  found ??= labelled(tokens, now, words) ?? dayAndYear(tokens, context.country, now, words);
  if (found === undefined) return undefined;
  const { iso, confidence, from, to } = found;
  return { value: iso, confidence, heard: heardOf(text, tokens, from, to) };
}

/** "I'm forty two, August …": no date begins with the two. */
const isInsideNumber = (
  tokens: readonly Token[],
  at: number,
  { numbers }: SlotVocabulary,
): boolean =>
  numbers.digits.has(tokens[at]?.word ?? '') &&
  numbers.tens.has(tokens[at - 1]?.word ?? '') &&
  /^-?$/u.test(tokens[at - 1]?.gap ?? '');

function labelled(
  tokens: readonly Token[],
  now: DateTime,
  words: SlotVocabulary,
): Found | undefined {
  const said = labelledDate(tokens, words);
  const iso = said === undefined ? undefined : birthday(said, now);
  return said === undefined || iso === undefined
    ? undefined
    : { iso, confidence: 0.85, from: said.from, to: said.from + said.width };
}

/** "my birthday's the third of May, and I was born in nineteen eighty two": the day and the year apart. */
function dayAndYear(
  tokens: readonly Token[],
  country: string,
  now: DateTime,
  words: SlotVocabulary,
): Found | undefined {
  const named = tokens.some(({ word }) => words.dates.labels?.year.has(word) === true);
  if (words.dates.birth.find(tokens) < 0 && !named) return undefined;
  let day: SaidDate | undefined;
  let year: SaidYear | undefined;
  let [from, to] = [tokens.length, 0];
  for (let at = 0; at < tokens.length;) {
    const date = dateAt(tokens, at, country, words);
    const read = date === undefined ? yearToldAt(tokens, at, now, words) : undefined;
    const width = date?.width ?? read?.width ?? 0;
    if (width === 0) {
      at += 1;
      continue;
    }
    // Two days, or two years: who knows which.
    if (date === undefined ? year !== undefined : day !== undefined) return undefined;
    if (date === undefined) year = read;
    else day = date;
    [from, to] = [Math.min(from, at), at + width];
    at += width;
  }
  const iso = day === undefined || year === undefined ? undefined : birthday({ ...day, year }, now);
  return iso === undefined ? undefined : { iso, confidence: 0.85, from, to };
}

/** "nineteen eighty two", "the year was eighty two", "last year" */
function yearToldAt(
  tokens: readonly Token[],
  at: number,
  now: DateTime,
  words: SlotVocabulary,
): SaidYear | undefined {
  const { dates, corrections } = words;
  const label = (place: number): boolean =>
    dates.labels?.year.has(tokens[place]?.word ?? '') === true;
  const cue = tokens[at]?.word ?? '';
  const ago = dates.last.has(cue) ? 1 : 0;
  if (label(at + 1) && (ago > 0 || dates.this.has(cue))) {
    return { value: now.year - ago, width: 2, figures: false, digits: 4 };
  }
  const year = yearAt(tokens, at, words);
  const is = corrections.is.before(tokens, at);
  const led = label(at - 1 - is) || dates.in.has(tokens[at - 1]?.word ?? '');
  return year?.digits === 4 || led ? year : undefined;
}

/** A past date is one of birth when it is said to be, or lies so far back. */
const LONG_AGO_YEARS = 5;

/** The same amid other things: other dates may lie in the past too. */
export function findDobInPassing(
  text: string,
  context: SlotContext,
  words: SlotVocabulary,
): SlotValue | undefined {
  const found = findDob(text, context, words);
  if (found === undefined || words.dates.birth.find(tokensOf(text)) >= 0) return found;
  const born = DateTime.fromISO(found.value, { zone: context.timeZone });
  return born.diff(DateTime.fromMillis(context.now), 'years').years < -LONG_AGO_YEARS
    ? found
    : undefined;
}

/** "…, no, the fifth", "nineteen sixty, sorry, seventy": a part of the date said again. */
function amended(
  said: SaidDate,
  tokens: readonly Token[],
  start: number,
  words: SlotVocabulary,
): SaidDate {
  let at = start + said.width;
  at += words.mend.fillers.at(tokens, at);
  const width = words.mend.mends.at(tokens, at);
  if (width === 0) return said;
  at += width;
  // "the fourteenth of January, sorry, February, nineteen fifty eight"
  const month = words.dates.months.get(tokens[at]?.word ?? '');
  const inYear = month === undefined ? undefined : yearAt(tokens, at + 1, words);
  if (month !== undefined && said.year === undefined && inYear?.digits === 4) {
    return { ...said, month, year: inYear, width: at + 1 + inYear.width - start };
  }
  const the = words.dates.the.has(tokens[at]?.word ?? '') ? 1 : 0;
  const day = ordinalAt(tokens, at + the, words);
  if (day !== undefined && day.value >= 1 && day.value <= 31) {
    at += the + day.width;
    if (words.dates.of.has(tokens[at]?.word ?? '')) {
      // "the fourth of May, no, the fifth of May": a date of its own, which is read in its turn.
      if (words.dates.months.has(tokens[at + 1]?.word ?? '')) return said;
      at += 1;
    }
    const again = digitYear(tokens, at, words) ?? yearAt(tokens, at, words);
    const year = again ?? said.year;
    return { ...said, day: day.value, year, width: at + (again?.width ?? 0) - start };
  }
  const year = digitYear(tokens, at, words) ?? yearAt(tokens, at, words);
  // "nineteen seventy three, I mean two"
  const last = words.numbers.digits.get(tokens[at]?.word ?? '');
  if (
    last !== undefined &&
    year === undefined &&
    said.year?.digits === 4 &&
    at + 1 === tokens.length
  ) {
    const value = said.year.value - (said.year.value % 10) + last;
    return { ...said, year: { ...said.year, value }, width: at + 1 - start };
  }
  const isDate = year !== undefined && cardinalAt(tokens, at + year.width, words) !== undefined;
  if (said.year === undefined || year === undefined || isDate) return said;
  return { ...said, year: inCentury(year, said.year), width: at + year.width - start };
}

/** A year of two digits that replaces one of four is in the same century. */
const inCentury = (year: SaidYear, before: SaidYear): SaidYear =>
  year.digits === 4 || before.digits === 2
    ? year
    : { ...year, digits: 4, value: Math.floor(before.value / 100) * 100 + year.value };

function takenBack(
  tokens: readonly Token[],
  from: number,
  to: number,
  { mend }: SlotVocabulary,
): boolean {
  for (let at = from; at < to; at += 1) {
    if (mend.mends.at(tokens, at) > 0 || mend.restarts.at(tokens, at) > 0) return true;
  }
  return false;
}

/** The date in the century that makes it the latest day that is not in the future. */
function birthday(said: SaidDate, now: DateTime): string | undefined {
  const { year } = said;
  if (year === undefined) return undefined;
  const century = Math.floor(now.year / 100) * 100;
  const years =
    year.digits === 4 ? [year.value] : [century + year.value, century - 100 + year.value];
  for (const candidate of years) {
    const day = DateTime.fromObject(
      { year: candidate, month: said.month, day: said.day },
      { zone: now.zoneName ?? 'utc' },
    );
    if (day.isValid && day <= now && now.year - candidate <= OLDEST) {
      return day.toISODate();
    }
  }
  return undefined;
}
