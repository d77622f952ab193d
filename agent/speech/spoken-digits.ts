import type { Completeness } from './completeness.js';

const UNITS = 'zero|oh|o|one|two|three|four|five|six|seven|eight|nine|for|to|too';
const TENS = 'twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety';
const TEENS = 'ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen';
/** Groups: what stands for two digits, and for three; all else stands for one. */
const FIGURE = new RegExp(
  `\\d|\\b(?:${UNITS}|(?:${TENS})(?= (?:${UNITS})\\b)|(${TENS}|${TEENS}|hundred|triple)|(thousand)|double)\\b`,
  'giu',
);
/** The first digit is a zero or a one. */
const PREFIXED = new RegExp(
  `^(?:(?!\\d|\\b(?:${UNITS})\\b).)*(?:[01]|\\b(?:zero|oh|o|one)\\b)`,
  'iu',
);
/** What is said after one of these stands in the place of what was said before. */
const CORRECTION = /\b(?:no|sorry|i mean|correction)\b/iu;

/** Most telephone numbers of the world have ten digits or more. */
const WHOLE = 10;
/** With the zero before the area code, or with the country's one, they have this many. */
const WHOLE_WITH_PREFIX = 11;
/** No number of the world has more (E.164): what is longer was misheard. */
const MOST = 15;
/** One digit less: it may have been lost in recognition. */
const NEARLY = 9;

const lastSaid = (text: string): string =>
  (text.split(CORRECTION).at(-1) ?? '').replace(/-/gu, ' ');

/**
 * How many digits were said: figures, words, "double five" (the five counts by itself), "twenty one",
 * "eight hundred". What was taken back does not count.
 */
export const digitsIn = (text: string): number =>
  [...lastSaid(text).matchAll(FIGURE)].reduce((sum, [, two, three]) => {
    if (three !== undefined) return sum + 3;
    return sum + (two === undefined ? 1 : 2);
  }, 0);

/** How complete a telephone number is of which at least some digits were said. */
export function numberCompleteness(text: string): Completeness {
  const digits = digitsIn(text);
  if (digits > MOST) return 'unclear';
  if (digits >= WHOLE_WITH_PREFIX) return 'complete';
  if (digits === WHOLE) return PREFIXED.test(lastSaid(text)) ? 'likely' : 'complete';
  return digits === NEARLY ? 'open' : 'unfinished';
}
