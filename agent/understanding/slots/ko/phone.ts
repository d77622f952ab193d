import { compact } from '../../hangul.js';
import { needsPlus, STANDING_CONFIDENCE, standingOf } from '../phone-rules.js';
import type { SlotContext, SlotValue } from '../value.js';
import { inFigures, withoutEnding } from './figures.js';

/** Fewer digits than this are no number, and than the second one only if nothing else was said. */
const LEAST = 3;
const LEAST_IN_PASSING = 7;

const EXTENSION = /(?:내선|구내)(?:번호)?(?:는|은|이|가|로)?/u;

/** Words (without spaces) without an extension, whose digits are none of the number. */
const withoutExtension = (words: string): string => words.split(EXTENSION)[0] ?? '';

/** "십이" is twelve, digits in a row are said one by one. */
const counted = (words: string): string =>
  words.replace(
    /([일이삼사오육칠팔구])?십([일이삼사오육칠팔구])?/gu,
    (_all, tens = '일', ones = '영') => `${String(tens)}${String(ones)}`,
  );

/** The digits of an extension: "내선 십이 번"; undefined where none is told. */
export function koreanExtension(text: string): string | undefined {
  const [, behind] = withoutEnding(compact(text)).split(EXTENSION);
  return behind === undefined ? undefined : /^\d+/u.exec(inFigures(counted(behind)))?.[0];
}

/** Finds the telephone number in Korean words or in figures, whatever its spaces. */
export function findKoreanPhone(text: string, { country }: SlotContext): SlotValue | undefined {
  const told = withoutExtension(withoutEnding(compact(text)));
  const figures = inFigures(told);
  const plus = text.trim().startsWith('+') || /플러스(?=.?\d)/u.test(figures);
  // "에" parts the groups of a number.
  const runs = [...figures.matchAll(/\d(?:에?\d)*/gu)].map(([run]) => run);
  const longest = runs.reduce((one, other) => (other.length > one.length ? other : one), '');
  const digits = longest.replaceAll('에', '');
  const alone = longest.length === figures.replace('플러스', '').length;
  if (digits.length < (alone ? LEAST : LEAST_IN_PASSING)) return undefined;
  return {
    value: digits,
    confidence: STANDING_CONFIDENCE[standingOf(digits, plus, country)],
    heard: text,
    ...(plus && needsPlus(digits, country) ? { international: true } : {}),
  };
}
