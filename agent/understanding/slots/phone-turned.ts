import { readDigits } from './digits.js';
import type { Corrected, Stretch } from './phone-places.js';
import { ordinalAt } from './quantity.js';
import type { Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** Digits that are turned round are two. */
const PAIR = 2;
const SURE = 0.9;
/** Where the two stand in several places, the last is meant, and less surely. */
const UNSURE = 0.6;

/**
 * Applies "the last two digits are the other way round", "the third and the fourth are swapped", "you have the six and
 * the eight the wrong way round" to `number` (digits). Undefined when nothing is said to be turned, or not what.
 */
export function turnedRound(
  number: string,
  tokens: readonly Token[],
  spoken: readonly Stretch[],
  words: SlotVocabulary,
): Corrected | undefined {
  if (words.corrections.turned.find(tokens) < 0) return undefined;
  return (
    atEnd(number, tokens, words) ?? twoPlaces(number, tokens, words) ?? twoDigits(number, spoken)
  );
}

/** "The last two", "the first two": two places at an end, with nothing else told of them. */
function atEnd(
  number: string,
  tokens: readonly Token[],
  { corrections, numbers }: SlotVocabulary,
): Corrected | undefined {
  const at = tokens.findIndex(
    ({ word }, index) =>
      (corrections.last.has(word) || corrections.first.has(word)) &&
      (corrections.pair.has(tokens[index + 1]?.word ?? '') ||
        readDigits(tokens, index + 1, numbers)?.digits === String(PAIR)),
  );
  if (at < 0) return undefined;
  const isLast = corrections.last.has(tokens[at]?.word ?? '');
  return swappedAt(number, isLast ? number.length - PAIR : 0, 1);
}

/** "The third and the fourth digit". */
function twoPlaces(
  number: string,
  tokens: readonly Token[],
  words: SlotVocabulary,
): Corrected | undefined {
  const places = tokens.flatMap((_, at) => ordinalAt(tokens, at, words)?.value ?? []);
  const [one, other, ...more] = places;
  if (one === undefined || other === undefined || more.length > 0) return undefined;
  return swappedAt(number, Math.min(one, other) - 1, Math.abs(one - other));
}

/** "The six and the eight": where they stand side by side. */
function twoDigits(number: string, spoken: readonly Stretch[]): Corrected | undefined {
  const told = spoken.map(({ digits }) => digits).join('');
  if (told.length !== PAIR) return undefined;
  const turned = Array.from(told).reverse().join('');
  const places = [told, turned].flatMap((pair) => placesOf(number, pair));
  const at = Math.max(...places);
  const swapped = places.length === 0 ? undefined : swappedAt(number, at, 1);
  return swapped && { ...swapped, sure: places.length === 1 ? SURE : UNSURE };
}

const placesOf = (number: string, pair: string): readonly number[] =>
  Array.from(number).flatMap((_, at) => (number.startsWith(pair, at) ? [at] : []));

/** `number` with the digit at `at` and the one `apart` behind it exchanged. */
function swappedAt(number: string, at: number, apart: number): Corrected | undefined {
  const [one, other] = [number[at], number[at + apart]];
  if (at < 0 || one === undefined || other === undefined || one === other) return undefined;
  const digits = Array.from(number);
  digits[at] = other;
  digits[at + apart] = one;
  return { digits: digits.join(''), sure: SURE };
}
