import { ordered, type SaidDate } from './calendar.js';
import { digitAt, digitYear, part, skipSign } from './date-figures.js';
import { cardinalAt, yearAt, type SaidYear } from './quantity.js';
import type { Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** Nobody who calls was born before. */
const EARLIEST = 1890;

interface Field {
  readonly value: number;
  readonly width: number;
}

/**
 * Day, month and year in figures of which each may be told in its own way: "one two, oh four, nineteen sixty one",
 * "two five dash six dash ninety six". Undefined where the words can be cut in more ways than one into a date.
 */
export function fieldsAt(
  tokens: readonly Token[],
  start: number,
  country: string,
  words: SlotVocabulary,
): SaidDate | undefined {
  // In the middle of a longer number.
  if (part(tokens, start - 1, words) !== undefined || digitAt(tokens, start - 1, words) === 0) {
    return undefined;
  }
  const monthFirst = ordered(1, 2, undefined, 1, country)?.month === 1;
  const found = new Map<string, SaidDate>();
  const otherWay = new Map<string, SaidDate>();
  for (const one of fieldsFrom(tokens, start, words)) {
    const second = skipSign(tokens, start + one.width, words);
    for (const two of fieldsFrom(tokens, second, words)) {
      const third = skipSign(tokens, second + two.width, words);
      // With one sign between them there are two.
      const signed = second > start + one.width;
      if (signed !== third > second + two.width) continue;
      for (const year of yearsFrom(tokens, third, words)) {
        const end = third + year.width;
        if (cardinalAt(tokens, end, words) !== undefined) continue;
        const date = ordered(one.value, two.value, year, end - start, country);
        // Two digits of a year and no sign: who knows whether it is a date.
        // Four digits are rather those of something else.
        const alone = start === 0 && end === tokens.length && end > 4;
        if (date === undefined || (year.digits === 2 && !signed && !alone)) continue;
        if (year.digits === 4 && year.value < EARLIEST) continue;
        const usual = (monthFirst ? one : two).value === date.month;
        const key = `${String(date.month)}-${String(date.day)}-${String(year.value)}`;
        (usual ? found : otherWay).set(key, date);
      }
    }
  }
  const [only, ...others] = (found.size > 0 ? found : otherWay).values();
  return others.length === 0 ? only : undefined;
}

/** A day or month at `at`, in each way that the words can be cut: "one two" is 1 or 12. */
function fieldsFrom(tokens: readonly Token[], at: number, words: SlotVocabulary): readonly Field[] {
  const [first, second] = [digitAt(tokens, at, words), digitAt(tokens, at + 1, words)];
  const whole = part(tokens, at, words);
  const pair =
    first !== undefined && first > 0 && second !== undefined && tokens[at]?.gap === ''
      ? first * 10 + second
      : 0;
  return [
    ...(whole === undefined ? [] : [whole]),
    ...(pair > 0 && pair <= 31 ? [{ value: pair, width: 2 }] : []),
  ];
}

function yearsFrom(
  tokens: readonly Token[],
  at: number,
  words: SlotVocabulary,
): readonly SaidYear[] {
  return [digitYear(tokens, at, words), yearAt(tokens, at, words)].filter(
    (year) => year !== undefined,
  );
}
