import { readDigits } from './digits.js';
import { turnedRound } from './phone-turned.js';
import { ordinalAt } from './quantity.js';
import type { Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** A number of so many digits has no area code yet. */
const MOST_LOCAL = 7;
/** A number of so many digits has its zero already. */
const WITH_ZERO = 11;

/** Digits in a row among the words. */
export interface Stretch {
  readonly digits: string;
  readonly from: number;
  readonly to: number;
}

export interface Corrected {
  readonly digits: string;
  /** How surely the words mean that change. */
  readonly sure: number;
}

/**
 * Applies "the second digit is four", "it ends in forty two", "the last two are swapped", "not 52, 62" to
 * `number` (digits). Undefined when the tokens say nothing of the kind.
 */
export function amendedDigits(
  number: string,
  tokens: readonly Token[],
  words: SlotVocabulary,
): Corrected | undefined {
  const spoken = stretchesOf(tokens, words);
  return (
    turnedRound(number, tokens, spoken, words) ??
    atPlaces(number, tokens, spoken, words) ??
    atEnds(number, tokens, spoken, words) ??
    swapped(number, tokens, spoken, words)
  );
}

/** All digits that were said, except those that count places ("the last two digits"). */
export function stretchesOf(tokens: readonly Token[], words: SlotVocabulary): readonly Stretch[] {
  const { numbers } = words;
  const found: Stretch[] = [];
  for (let at = 0; at < tokens.length;) {
    const piece = readDigits(tokens, at, numbers);
    const last = found.at(-1);
    const joins = last?.to === at;
    const counts = countsPlaces(tokens, at, at + (piece?.width ?? 0), words);
    const weak =
      piece?.weak === 'homophone' ||
      (piece?.weak === 'digit' && !joins && lonely(tokens, at, words));
    if (piece === undefined || weak || (counts && !joins) || isPronoun(tokens, at, words)) {
      at += 1;
      continue;
    }
    const comma =
      (tokens[at - 1]?.gap ?? '').includes(',') && last !== undefined && last.digits.length > 1;
    if (joins && !comma)
      found[found.length - 1] = {
        ...last,
        digits: last.digits + piece.digits,
        to: at + piece.width,
      };
    else found.push({ digits: piece.digits, from: at, to: at + piece.width });
    at += piece.width;
  }
  return found;
}

/** "the last two", "two digits": how many, not which. */
function countsPlaces(
  tokens: readonly Token[],
  at: number,
  end: number,
  { corrections, numbers }: SlotVocabulary,
): boolean {
  const before = tokens[at - 1]?.word ?? '';
  return (
    (corrections.digit.has(tokens[end]?.word ?? '') &&
      readDigits(tokens, end, numbers) === undefined) ||
    corrections.last.has(before) ||
    corrections.first.has(before)
  );
}

/** "the third one": no digit. */
function isPronoun(tokens: readonly Token[], at: number, words: SlotVocabulary): boolean {
  return (
    words.corrections.digit.has(tokens[at]?.word ?? '') &&
    (ordinalAt(tokens, at - 1, words) !== undefined ||
      words.corrections.last.has(tokens[at - 1]?.word ?? ''))
  );
}

/** An "oh" that no digit follows is a sigh, unless the words before it ask for a digit. */
const lonely = (tokens: readonly Token[], at: number, words: SlotVocabulary): boolean => {
  const next = readDigits(tokens, at + 1, words.numbers);
  const one = words.dates.one.has(tokens[at - 1]?.word ?? '');
  return (
    (next === undefined || next.weak === 'homophone') &&
    !one &&
    words.corrections.is.before(tokens, at) === 0
  );
};

/** The first stretch from `at` on that is not denied ("not a five"). */
function meant(
  tokens: readonly Token[],
  spoken: readonly Stretch[],
  at: number,
  words: SlotVocabulary,
): Stretch | undefined {
  return spoken.find(({ from }) => from >= at && !denied(tokens, from, words));
}

export function denied(tokens: readonly Token[], from: number, words: SlotVocabulary): boolean {
  const article = words.dates.one.has(tokens[from - 1]?.word ?? '') ? 1 : 0;
  return words.corrections.not.before(tokens, from - article) > 0;
}

/** "the second digit is four", "the last digit is seven", "the second to last one is a 3" */
function atPlaces(
  number: string,
  tokens: readonly Token[],
  spoken: readonly Stretch[],
  words: SlotVocabulary,
): Corrected | undefined {
  const { corrections, numbers } = words;
  for (let at = 0; at < tokens.length; at += 1) {
    const word = tokens[at]?.word ?? '';
    const last = corrections.last.has(word);
    const ordinal = last ? undefined : ordinalAt(tokens, at, words);
    if (!last && ordinal === undefined) continue;
    let next = at + (ordinal?.width ?? 1);
    let fromEnd = corrections.fromEnd.at(tokens, next);
    next += fromEnd;
    // "the last two digits", "the first three"
    const counted = readDigits(tokens, next, numbers);
    const many = counted?.digits.length === 1 && spoken.every(({ from }) => from !== next);
    const count = many ? Number(counted.digits) : 1;
    if (many) next += 1;
    const named = corrections.digit.has(tokens[next]?.word ?? '');
    if (named) next += 1;
    // "the third digit from the end"
    const behind = corrections.fromEnd.at(tokens, next);
    fromEnd += behind;
    next += behind;
    const value = meant(tokens, spoken, next, words);
    if (value === undefined || (!named && !many && corrections.is.at(tokens, next) === 0)) continue;
    const size = many ? value.digits.length : 1;
    if (value.digits.length !== size || (many && count !== size)) continue;
    const place = ordinal?.value ?? 1;
    const index = last ? number.length - size : fromEnd > 0 ? number.length - place : place - 1;
    if (index < 0 || index + size > number.length) return undefined;
    return {
      digits: number.slice(0, index) + value.digits + number.slice(index + size),
      sure: 0.95,
    };
  }
  return undefined;
}

/** "it ends in 42", "it starts with 415", "the area code is 415" */
function atEnds(
  number: string,
  tokens: readonly Token[],
  spoken: readonly Stretch[],
  words: SlotVocabulary,
): Corrected | undefined {
  const { endsIn, startsWith, areaCode } = words.corrections;
  const [only, ...others] = spoken.filter(({ from }) => !denied(tokens, from, words));
  // "zero one seven eight at the end"
  if (only !== undefined && others.length === 0 && words.names.atTheEnd.at(tokens, only.to) > 0) {
    const kept = number.slice(0, Math.max(0, number.length - only.digits.length));
    return { digits: kept + only.digits, sure: 0.95 };
  }
  // "there's a zero in front"
  const first = only !== undefined && words.corrections.inFront.at(tokens, only.to) > 0;
  if (first && others.length === 0) {
    const area = number.length <= MOST_LOCAL && only.digits.length > 1;
    const digits = area ? only.digits + number : begunWith(number, only.digits);
    return { digits, sure: 0.95 };
  }
  const value = (at: number, width: number): string =>
    meant(tokens, spoken, at + width, words)?.digits ?? '';
  for (let at = 0; at < tokens.length; at += 1) {
    const end = endsIn.at(tokens, at);
    const start = startsWith.at(tokens, at);
    const area = areaCode.at(tokens, at);
    const digits = value(at, Math.max(end, start, area));
    if (digits === '' || digits.length > number.length) continue;
    if (end > 0)
      return { digits: number.slice(0, number.length - digits.length) + digits, sure: 0.95 };
    if (start > 0) return { digits: begunWith(number, digits), sure: 0.95 };
    // A local number has no area code yet.
    if (area > 0) {
      const local = number.length <= MOST_LOCAL;
      return { digits: digits + (local ? number : number.slice(digits.length)), sure: 0.95 };
    }
  }
  return undefined;
}

/** `number` with these first digits: in the place of as many, but a zero that was left out before all of them. */
const begunWith = (number: string, digits: string): string =>
  digits === '0' && !number.startsWith('0') && number.length < WITH_ZERO
    ? `0${number}`
    : digits + number.slice(digits.length);

/** "not 52, 62", "62, not 52", "change the five to a six" */
function swapped(
  number: string,
  tokens: readonly Token[],
  spoken: readonly Stretch[],
  words: SlotVocabulary,
): Corrected | undefined {
  const wrong = spoken.find(({ from }) => denied(tokens, from, words));
  if (wrong !== undefined) {
    const right = spoken.find(
      ({ from, to }) => (from >= wrong.to || to <= wrong.from) && !denied(tokens, from, words),
    );
    return right === undefined ? undefined : exchange(number, wrong.digits, right.digits);
  }
  const at = words.corrections.change.find(tokens);
  const [one, other] = at < 0 ? [] : spoken.filter(({ from }) => from > at);
  return one === undefined || other === undefined
    ? undefined
    : exchange(number, one.digits, other.digits);
}

/** Puts `right` where `wrong` stands; with less certainty when it stands in several places. */
export function exchange(number: string, wrong: string, right: string): Corrected | undefined {
  const at = number.indexOf(wrong);
  if (at < 0) return undefined;
  const once = number.lastIndexOf(wrong) === at;
  // The last of several: what was heard wrong is oftener in what was said last.
  const place = once ? at : number.lastIndexOf(wrong);
  return {
    digits: number.slice(0, place) + right + number.slice(place + wrong.length),
    sure: once ? 0.95 : 0.6,
  };
}
