import { correctKoreanPhone } from './ko/correct-phone.js';
import { isKorean, vocabularyOf } from './languages.js';
import { findPhone } from './phone.js';
import {
  amendedDigits,
  denied,
  stretchesOf,
  type Corrected,
  type Stretch,
} from './phone-places.js';
import { ofToldCountry } from './phone-country.js';
import { needsPlus, STANDING_CONFIDENCE, standingOf } from './phone-rules.js';
import { tokensOf, type Token } from './tokens.js';
import type { SlotContext, SlotValue } from './value.js';
import type { SlotVocabulary } from './vocabulary.js';

/** Fewer new digits than this are a piece of the number, not a new one. */
const LEAST_WHOLE = 7;

/**
 * Applies what a caller says after `number` (digits, with a plus where it has one) was read back: "the second digit is four",
 * "it ends in forty two", "not 52, 62", a piece of it, or a whole new number. Undefined when nothing
 * in `text` corrects it.
 */
export function correctPhone(
  number: string,
  text: string,
  context: SlotContext,
): SlotValue | undefined {
  const plus = number.startsWith('+') ? '+' : '';
  const found = corrected(number.slice(plus.length), text, context, plus !== '');
  if (found === undefined) return undefined;
  const { value, confidence, heard, whole, international } = found;
  // A whole new number is told with its own plus, or none.
  const sign = whole === true ? (international === true ? '+' : '') : plus;
  return { value: `${sign}${value}`, confidence, heard };
}

interface CorrectedNumber extends SlotValue {
  /** It is another number, and no change of the one before. */
  readonly whole?: true;
}

function corrected(
  number: string,
  text: string,
  context: SlotContext,
  plus: boolean,
): CorrectedNumber | undefined {
  if (isKorean(context.language)) return correctKoreanPhone(number, text, context, plus);
  const words = vocabularyOf(context.language);
  if (words === undefined) return undefined;
  const tokens = tokensOf(text);
  const spoken = stretchesOf(tokens, words);
  const whole = findPhone(text, context, words);
  const least = Math.min(LEAST_WHOLE, Math.max(number.length, 1));
  if (whole !== undefined && whole.value.length >= least && whole.value.length >= LEAST_WHOLE) {
    // Said once more with its "oh" after it was read back without: that was a zero.
    const missed = whole.value === number ? whole.withZero : undefined;
    return { ...whole, value: missed ?? whole.value, whole: true };
  }
  if (number === '') return whole && { ...whole, whole: true };
  const abroad = plus ? undefined : ofToldCountry(number, tokens, words);
  if (abroad !== undefined && needsPlus(abroad, context.country)) {
    const confidence = STANDING_CONFIDENCE[standingOf(abroad, true, context.country)];
    const told = { value: abroad, confidence, heard: text.trim() };
    return { ...told, whole: true, international: true };
  }
  const found = amendedDigits(number, tokens, words) ?? fitted(number, tokens, spoken, words);
  if (found === undefined) return undefined;
  const standing = standingOf(found.digits, plus, context.country);
  const confidence = Math.round(STANDING_CONFIDENCE[standing] * found.sure * 100) / 100;
  return { value: found.digits, confidence, heard: text.trim() };
}

/** A piece of the number said again: it goes where it fits best. */
function fitted(
  number: string,
  tokens: readonly Token[],
  spoken: readonly Stretch[],
  words: SlotVocabulary,
): Corrected | undefined {
  const [piece, ...more] = spoken.filter(({ from }) => !denied(tokens, from, words));
  if (piece === undefined || more.length > 0) return undefined;
  const { digits } = piece;
  if (digits.length < 2 || digits.length >= number.length || !isAnswer(tokens, piece, words))
    return undefined;
  let best: { at: number; off: number; rivals: number } | undefined;
  for (let at = 0; at + digits.length <= number.length; at += 1) {
    const off = Array.from(digits).filter((digit, index) => number[at + index] !== digit).length;
    if (best === undefined || off < best.off) best = { at, off, rivals: 0 };
    else if (off === best.off) best = { at, off, rivals: best.rivals + 1 };
  }
  if (best === undefined || best.off === 0 || best.off * 2 > digits.length) return undefined;
  const fixed = number.slice(0, best.at) + digits + number.slice(best.at + digits.length);
  return { digits: fixed, sure: best.rivals === 0 ? 0.8 : 0.5 };
}

/** Hardly anything but the digits was said. */
const isAnswer = (
  tokens: readonly Token[],
  { from, to }: Stretch,
  words: SlotVocabulary,
): boolean => {
  const rest = [...tokens.slice(0, from), ...tokens.slice(to)];
  return rest.every(
    ({ word }, index) =>
      words.phone.around.has(word) ||
      words.mend.mends.at(rest, index) > 0 ||
      words.mend.fillers.at(rest, index) > 0 ||
      words.corrections.not.at(rest, index) > 0,
  );
};
