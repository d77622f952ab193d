import { compact } from '../../hangul.js';
import { STANDING_CONFIDENCE, standingOf } from '../phone-rules.js';
import type { SlotContext, SlotValue } from '../value.js';
import { inFigures, withoutEnding } from './figures.js';

/** Fewer digits than this are no number, and than the second one only if nothing else was said. */
const LEAST = 3;
const LEAST_IN_PASSING = 7;

/** Finds the telephone number in Korean words or in figures, whatever its spaces. */
export function findKoreanPhone(text: string, { country }: SlotContext): SlotValue | undefined {
  const figures = inFigures(withoutEnding(compact(text)));
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
