import { seeded } from '../../../../agent/audio/seeded.js';

/** Picks at random, the same in every run with the same seed. */
export class Choice {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seeded(seed);
  }

  /** One of `from`; the more often it stands there, the likelier. */
  of<T>(...from: readonly [T, ...T[]]): T {
    return from[Math.floor(this.#random() * from.length)] ?? from[0];
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + Math.floor(this.#random() * (most - least + 1));
  }

  /** True in so many of a hundred cases. */
  percent(share: number): boolean {
    return this.#random() * 100 < share;
  }
}

/** The pieces in one line, without those that are empty. */
export const line = (...pieces: readonly string[]): string =>
  pieces
    .filter((piece) => piece !== '')
    .join(' ')
    .replace(/ ,/gu, ',');

export const DIGITS = 'zero one two three four five six seven eight nine'.split(' ');
const TEENS =
  'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const ORDINALS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth'.split(
    ' ',
  );

/** 0 … 99 in words: "twenty three". */
export function cardinal(value: number): string {
  if (value < 10) return DIGITS[value] ?? '';
  if (value < 20) return TEENS[value - 10] ?? '';
  return line(TENS[Math.floor(value / 10) - 2] ?? '', value % 10 === 0 ? '' : cardinal(value % 10));
}

/** 1 … 31 in words: "twenty third". */
export function ordinal(value: number): string {
  if (value < 20) return ORDINALS[value - 1] ?? '';
  if (value % 10 === 0) return value === 20 ? 'twentieth' : 'thirtieth';
  return `${value < 30 ? 'twenty' : 'thirty'} ${ordinal(value % 10)}`;
}

/** What most callers say behind an answer, among what some do. */
export const MOSTLY_NOTHING = ['', '', '', ''] as const;
