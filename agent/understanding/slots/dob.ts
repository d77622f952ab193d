import { DateTime } from 'luxon';
import { dateAt, ordered, type SaidDate } from './calendar.js';
import { cardinalAt, yearAt, type Quantity, type SaidYear } from './quantity.js';
import { heardOf, tokensOf, type Token } from './tokens.js';
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
  const tokens = tokensOf(text);
  const now = DateTime.fromMillis(context.now, { zone: context.timeZone });
  if (!now.isValid) return undefined;
  let found: Found | undefined;
  for (let at = 0; at < tokens.length;) {
    const said =
      dateAt(tokens, at, context.country, words) ?? spokenFigures(tokens, at, context, words);
    const iso = said === undefined ? undefined : birthday(said, now);
    if (said === undefined || iso === undefined) {
      at += 1;
      continue;
    }
    // Of two dates the first is it, unless the caller takes it back.
    if (found === undefined || takenBack(tokens, found.to, at, words)) {
      const confidence = said.year?.digits === 4 ? 0.95 : 0.85;
      found = { iso, confidence, from: found?.from ?? at, to: at + said.width };
    }
    at += said.width;
  }
  if (found === undefined) return undefined;
  const { iso, confidence, from, to } = found;
  return { value: iso, confidence, heard: heardOf(text, tokens, from, to) };
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

/** "five three eighty two", "oh five oh three 1982", "05031982", "five slash three slash 82" */
function spokenFigures(
  tokens: readonly Token[],
  start: number,
  { country }: SlotContext,
  words: SlotVocabulary,
): SaidDate | undefined {
  // In the middle of a longer number.
  if (part(tokens, start - 1, words) !== undefined) return undefined;
  const packed = /^(\d{2})(\d{2})(\d{4})$/u.exec(tokens[start]?.word ?? '');
  if (packed !== null) {
    const year: SaidYear = { value: Number(packed[3]), width: 1, figures: true, digits: 4 };
    return ordered(Number(packed[1]), Number(packed[2]), year, 1, country);
  }
  const one = part(tokens, start, words);
  if (one === undefined) return undefined;
  const second = skipSign(tokens, start + one.width, words);
  const two = part(tokens, second, words);
  if (two === undefined) return undefined;
  const third = skipSign(tokens, second + two.width, words);
  const year = digitYear(tokens, third, words) ?? yearAt(tokens, third, words);
  if (year === undefined) return undefined;
  const end = third + year.width;
  // Another number behind it: these are the first digits of something longer.
  if (cardinalAt(tokens, end, words) !== undefined) return undefined;
  return ordered(one.value, two.value, year, end - start, country);
}

/** A day or month: "five", "oh five", "12". */
function part(tokens: readonly Token[], at: number, words: SlotVocabulary): Quantity | undefined {
  const { numbers } = words;
  const word = tokens[at]?.word ?? '';
  const zero = numbers.weakDigits.has(word) || numbers.digits.get(word) === 0 || word === '0';
  const number = cardinalAt(tokens, zero ? at + 1 : at, words);
  if (number === undefined || number.value < 1 || number.value > 31) return undefined;
  return zero ? { ...number, width: number.width + 1 } : number;
}

const skipSign = (
  tokens: readonly Token[],
  at: number,
  { letters, phone }: SlotVocabulary,
): number =>
  at + Math.max(phone.between.at(tokens, at), letters.signs.has(tokens[at]?.word ?? '') ? 1 : 0);

/** A year digit by digit: "one nine eight two", "eight two". */
function digitYear(
  tokens: readonly Token[],
  at: number,
  { numbers }: SlotVocabulary,
): SaidYear | undefined {
  const digits: number[] = [];
  for (let next = at; digits.length < 5; next += 1) {
    const word = tokens[next]?.word ?? '';
    const digit =
      numbers.digits.get(word) ??
      numbers.weakDigits.get(word) ??
      (/^\d$/u.test(word) ? Number(word) : undefined);
    if (digit === undefined) break;
    digits.push(digit);
  }
  const count = digits.length;
  if (count !== 2 && count !== 4) return undefined;
  return { value: Number(digits.join('')), width: count, figures: false, digits: count };
}
