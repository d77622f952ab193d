import { compact } from '../../hangul.js';
import { STANDING_CONFIDENCE, standingOf } from '../phone-rules.js';
import type { SlotContext, SlotValue } from '../value.js';

/** Digits as they are said; nought has three names, six two, and one and two are also counted out. */
const DIGITS: readonly (readonly [word: string, digit: string])[] = [
  ['하나', '1'],
  ['둘', '2'],
  ['공', '0'],
  ['영', '0'],
  ['령', '0'],
  ['일', '1'],
  ['이', '2'],
  ['삼', '3'],
  ['사', '4'],
  ['오', '5'],
  ['육', '6'],
  ['륙', '6'],
  ['칠', '7'],
  ['팔', '8'],
  ['구', '9'],
];
/** Fewer digits than this are no number, and than the second one only if nothing else was said. */
const LEAST = 3;
const LEAST_IN_PASSING = 7;

/** Finds the telephone number in Korean words or in figures, whatever its spaces. */
export function findKoreanPhone(text: string, { country }: SlotContext): SlotValue | undefined {
  // "…이에요" begins like the digit two: endings go first.
  const words = compact(text).replace(/(?:입니다|이에요|예요|이고요|이요|번이?요?|요)$/u, '');
  const figures = DIGITS.reduce((all, [word, digit]) => all.replaceAll(word, digit), words);
  // "에" parts the groups of a number.
  const runs = [...figures.matchAll(/\d(?:에?\d)*/gu)].map(([run]) => run);
  const longest = runs.reduce((one, other) => (other.length > one.length ? other : one), '');
  const digits = longest.replaceAll('에', '');
  const alone = longest.length === figures.length;
  if (digits.length < (alone ? LEAST : LEAST_IN_PASSING)) return undefined;
  return {
    value: digits,
    confidence: STANDING_CONFIDENCE[standingOf(digits, false, country)],
    heard: text,
  };
}
