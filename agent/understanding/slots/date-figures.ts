import { ordered, type SaidDate } from './calendar.js';
import { cardinalAt, yearAt, type Quantity, type SaidYear } from './quantity.js';
import type { Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** "five three eighty two", "oh five oh three 1982", "05031982", "five slash three slash 82" */
export function spokenFigures(
  tokens: readonly Token[],
  start: number,
  country: string,
  words: SlotVocabulary,
): SaidDate | undefined {
  // In the middle of a longer number.
  if (part(tokens, start - 1, words) !== undefined) return undefined;
  const packed = /^(\d{2})(\d{2})(\d{4}|\d{2})$/u.exec(tokens[start]?.word ?? '');
  if (packed !== null) {
    const digits = packed[3]?.length === 4 ? 4 : 2;
    const year: SaidYear = { value: Number(packed[3]), width: 1, figures: true, digits };
    return ordered(Number(packed[1]), Number(packed[2]), year, 1, country);
  }
  const one = part(tokens, start, words);
  if (one === undefined) return undefined;
  const second = skipSign(tokens, start + one.width, words);
  const two = part(tokens, second, words);
  if (two === undefined) return undefined;
  const third = skipSign(tokens, second + two.width, words);
  const spelledOut = digitYear(tokens, third, words);
  const year = spelledOut ?? yearAt(tokens, third, words);
  if (year === undefined) return undefined;
  const end = third + year.width;
  // "one two three four" is four digits of something else.
  const four = spelledOut?.digits === 2 && end - start === 4 && one.value + two.value < 20;
  // "three seven oh one", and nothing else, is a day and a year.
  const alone = start === 0 && end === tokens.length && (spelledOut?.value ?? 10) < 10;
  const fourDigits = four && !alone;
  if (fourDigits && third === start + 2) return undefined;
  // Another number behind it: these are the first digits of something longer.
  if (cardinalAt(tokens, end, words) !== undefined) return undefined;
  return ordered(one.value, two.value, year, end - start, country);
}

/** Two digits each for day and month, and a year of two or four: "oh five two three one nine eight two" */
export function singleDigits(
  tokens: readonly Token[],
  start: number,
  country: string,
  words: SlotVocabulary,
): SaidDate | undefined {
  if (digitAt(tokens, start - 1, words) !== undefined) return undefined;
  let digits = '';
  let at = start;
  for (; digits.length < 9; at += 1) {
    const word = tokens[at]?.word ?? '';
    const digit = /^\d+$/u.test(word) ? word : digitAt(tokens, at, words);
    if (digit === undefined) break;
    digits += String(digit);
  }
  const count = digits.length;
  // "five three one nine eight two": five, three, 1982. Six digits are day, month and two of the year only
  // where they cannot be that.
  const whole =
    count === 8 ||
    (count === 6 && Number(digits.slice(2, 4)) <= 12 && !/^.{2}(?:19|20)/u.test(digits));
  if (!whole || at === start + 1 || cardinalAt(tokens, at, words) !== undefined) return undefined;
  const year: SaidYear = {
    value: Number(digits.slice(4)),
    ...{ width: 1, figures: false, digits: count === 8 ? 4 : 2 },
  };
  const width = at - start;
  return ordered(Number(digits.slice(0, 2)), Number(digits.slice(2, 4)), year, width, country);
}

/** A day or month: "five", "oh five", "12". */
export function part(
  tokens: readonly Token[],
  at: number,
  words: SlotVocabulary,
): Quantity | undefined {
  const { numbers } = words;
  const word = tokens[at]?.word ?? '';
  const zero = numbers.weakDigits.has(word) || numbers.digits.get(word) === 0 || word === '0';
  const number = cardinalAt(tokens, zero ? at + 1 : at, words);
  if (number === undefined || number.value < 1 || number.value > 31) return undefined;
  return zero ? { ...number, width: number.width + 1 } : number;
}

/** Behind a sign that parts two figures ("slash"), if one stands at `at`. */
export const skipSign = (
  tokens: readonly Token[],
  at: number,
  { letters, phone }: SlotVocabulary,
): number =>
  at + Math.max(phone.between.at(tokens, at), letters.signs.has(tokens[at]?.word ?? '') ? 1 : 0);

/** One digit by its name, or as a figure. */
export function digitAt(
  tokens: readonly Token[],
  at: number,
  { numbers }: SlotVocabulary,
): number | undefined {
  const word = tokens[at]?.word ?? '';
  return (
    numbers.digits.get(word) ??
    numbers.weakDigits.get(word) ??
    (/^\d$/u.test(word) ? Number(word) : undefined)
  );
}

/** A year digit by digit: "one nine eight two", "eight two". */
export function digitYear(
  tokens: readonly Token[],
  at: number,
  words: SlotVocabulary,
): SaidYear | undefined {
  const digits: number[] = [];
  for (let next = at; digits.length < 5; next += 1) {
    const digit = digitAt(tokens, next, words);
    if (digit === undefined) break;
    digits.push(digit);
  }
  const count = digits.length;
  if (count !== 2 && count !== 4) return undefined;
  return { value: Number(digits.join('')), width: count, figures: false, digits: count };
}
