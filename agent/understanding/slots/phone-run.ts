import { readDigits } from './digits.js';
import { standingOf, wholeNational, type Standing } from './phone-rules.js';
import type { Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

interface Unit {
  readonly digits: string;
  readonly weak: 'no' | 'digit' | 'homophone';
  /** A pause follows, as the recogniser writes it. */
  readonly pause: boolean;
  /** "nine hundred and eighty" as 900 and 80. */
  readonly apart: string;
}

/** What was said between two self-corrections. */
interface Part {
  readonly units: readonly Unit[];
  /** Void whatever was said before ("scratch that"). */
  readonly restarts: boolean;
}

/** Digits said in one go, with what was taken back among them. */
export interface Run {
  readonly parts: readonly Part[];
  readonly plus: boolean;
  readonly extension: string;
  readonly from: number;
  readonly to: number;
}

/** What a run means. */
export interface Reading {
  readonly digits: string;
  readonly standing: Standing;
  readonly mended: boolean;
}

/** A number of so many digits may have been begun with its end. */
const PREVIEWED = 9;

const RANK: readonly Standing[] = ['none', 'short', 'local', 'possible', 'valid'];
export const rank = (standing: Standing): number => RANK.indexOf(standing);

/** Reads the run of digits that begins at token `start`. */
export function readRun(
  tokens: readonly Token[],
  start: number,
  words: SlotVocabulary,
): Run | undefined {
  const { numbers, phone } = words;
  const plus = phone.plus.has(tokens[start]?.word ?? '');
  let at = plus ? start + 1 : start;
  if (readDigits(tokens, at, numbers) === undefined) return undefined;
  const parts: Part[] = [];
  let units: Unit[] = [];
  let restarts = false;
  let end = at;
  for (;;) {
    const piece = readDigits(tokens, at, numbers);
    if (piece !== undefined) {
      const last = tokens[at + piece.width - 1];
      at += piece.width;
      end = at;
      const { digits, weak, apart = digits } = piece;
      units.push({ digits, weak, apart, pause: (last?.gap ?? '') !== '' });
      if (/[/:]/u.test(last?.gap ?? '')) break;
      continue;
    }
    const mended = skipMend(tokens, at, words);
    if (mended !== undefined) {
      parts.push({ units, restarts });
      units = [];
      ({ restarts, at } = mended);
      continue;
    }
    const skipped = skipBetween(tokens, at, words);
    if (skipped === at) break;
    at = skipped;
  }
  parts.push({ units, restarts });
  const extension = readExtension(tokens, end, words);
  return { parts, plus, from: start, to: extension?.to ?? end, extension: extension?.digits ?? '' };
}

/** Index behind words that may stand between digits, if digits follow them; else `at`. */
function skipBetween(tokens: readonly Token[], at: number, words: SlotVocabulary): number {
  let next = at;
  for (;;) {
    const width = words.phone.between.at(tokens, next);
    if (width === 0) break;
    next += width;
  }
  const piece = readDigits(tokens, next, words.numbers);
  return next > at && piece !== undefined && piece.weak !== 'homophone' ? next : at;
}

/** Reads a self-correction that digits follow. */
function skipMend(
  tokens: readonly Token[],
  at: number,
  { mend, phone, numbers, corrections }: SlotVocabulary,
): { at: number; restarts: boolean } | undefined {
  let next = at;
  let mended = false;
  let restarts = false;
  for (;;) {
    // "…, no, the area code is …" names its place: see amendedDigits.
    if (corrections.areaCode.at(tokens, next) > 0) return undefined;
    const restart = mend.restarts.at(tokens, next);
    const width = Math.max(restart, mend.mends.at(tokens, next));
    if (width > 0) {
      mended = true;
      restarts ||= restart > 0;
      next += width;
    } else if (mend.fillers.at(tokens, next) > 0) {
      next += mend.fillers.at(tokens, next);
    } else if (phone.around.has(tokens[next]?.word ?? '') && !hardDigit(tokens, next, numbers)) {
      next += 1;
    } else break;
  }
  return mended && hardDigit(tokens, next, numbers) ? { at: next, restarts } : undefined;
}

const hardDigit = (
  tokens: readonly Token[],
  at: number,
  numbers: SlotVocabulary['numbers'],
): boolean => {
  const weak = readDigits(tokens, at, numbers)?.weak;
  return weak === 'no' || weak === 'digit';
};

function readExtension(
  tokens: readonly Token[],
  end: number,
  { phone, numbers }: SlotVocabulary,
): { digits: string; to: number } | undefined {
  const width = phone.extension.at(tokens, end);
  if (width === 0) return undefined;
  let digits = '';
  let at = end + width;
  for (;;) {
    const piece = readDigits(tokens, at, numbers);
    if (piece === undefined || piece.weak === 'homophone') break;
    digits += piece.digits;
    at += piece.width;
  }
  return digits === '' ? undefined : { digits, to: at };
}

/** The best reading of a run: digit by digit, or with "five hundred fifty five" as one number. */
export function readingOf(run: Run, country: string): Reading {
  const plain = readingAs(run, country);
  if (rank(plain.standing) >= rank('possible')) return plain;
  const variants = [hundredsJoined, hundredsApart, withoutStutter, withoutPreview].map((change) => {
    const parts = run.parts.map((part) => ({ ...part, units: change(part.units) }));
    return readingAs({ ...run, parts }, country);
  });
  return variants.reduce(
    (best, one) => (rank(one.standing) > rank(best.standing) ? one : best),
    plain,
  );
}

/** "two oh eight, uh, two oh eight five five five …": the first group, or digit, was begun again. */
function withoutStutter(units: readonly Unit[]): readonly Unit[] {
  const [first, second] = units;
  if (first?.pause === true && first.digits === second?.digits) return units.slice(1);
  for (let count = Math.floor(units.length / 2); count >= 1; count -= 1) {
    const [one, two] = [units.slice(0, count), units.slice(count, 2 * count)].map(digitsOf);
    if (one === two && (one?.length ?? 0) > 2) return units.slice(count);
  }
  return units;
}

/** "ends in oh one four four, so nine one nine …": a part of the number before the number. */
function withoutPreview(units: readonly Unit[]): readonly Unit[] {
  const whole = digitsOf(units);
  for (let count = 1; count < units.length; count += 1) {
    const rest = digitsOf(units.slice(count));
    const before = digitsOf(units.slice(0, count).filter(({ weak }) => weak !== 'homophone'));
    if (before.length > 1 && whole.length > PREVIEWED + before.length && rest.endsWith(before)) {
      return units.slice(count);
    }
  }
  return units;
}

/** "nine hundred and", "eighty eight", "three": 900883, and not 9883. */
const hundredsApart = (units: readonly Unit[]): readonly Unit[] =>
  units.map((unit) => ({ ...unit, digits: unit.apart }));

/** "five hundred", "fifty five" is 555, not 500 and 55. */
function hundredsJoined(units: readonly Unit[]): readonly Unit[] {
  const joined: Unit[] = [];
  for (const unit of units) {
    const last = joined.at(-1);
    const fits = last !== undefined && !last.pause && /^[1-9]00$/u.test(last.digits);
    if (fits && /^[1-9]\d$/u.test(unit.digits)) {
      joined[joined.length - 1] = { ...unit, digits: last.digits.charAt(0) + unit.digits };
    } else joined.push(unit);
  }
  return joined;
}

/** The best reading of a run: its self-corrections applied, its doubtful edges in or out. */
function readingAs(run: Run, country: string): Reading {
  const stand = (digits: string): Standing => standingOf(digits, run.plus, country);
  const variants = run.parts.map(({ units }) => edges(units));
  let readings: readonly string[] = variants[0]?.map(digitsOf) ?? [''];
  run.parts.slice(1).forEach((part, index) => {
    const next = variants[index + 1] ?? [];
    readings = part.restarts
      ? next.map(digitsOf)
      : readings.flatMap((before) => next.map((units) => mendDigits(before, units, stand)));
  });
  const mended = run.parts.length > 1;
  let best: Reading = { digits: '', standing: 'none', mended };
  readings.forEach((digits, index) => {
    const standing = stand(digits);
    const rises = rank(standing) > rank(best.standing);
    // Where numbers begin with a zero, the "oh" before one is that zero.
    const trunk = standing === best.standing && digits === wholeNational(best.digits, country);
    if (index === 0 || rises || trunk) best = { digits, standing, mended };
  });
  return best;
}

const digitsOf = (units: readonly Unit[]): string => units.map(({ digits }) => digits).join('');

/** The units with and without doubtful ones at either end; the likeliest first. */
function edges(units: readonly Unit[]): readonly (readonly Unit[])[] {
  const from = units.findIndex(({ weak }) => weak === 'no');
  const to = units.findLastIndex(({ weak }) => weak === 'no') + 1;
  if (from < 0) return [units.filter(({ weak }) => weak === 'digit')];
  // An "oh" is a digit more often than not, but a sigh when a pause follows.
  const tail = to + units.slice(to).findIndex(({ weak }) => weak !== 'digit');
  const last = tail < to ? units.length : tail;
  const sigh = units.slice(0, from).findLastIndex(({ weak, pause }) => weak !== 'digit' || pause);
  const first = sigh + 1;
  return [
    units.slice(first, last),
    units.slice(from, last),
    units.slice(from, to),
    units.slice(from),
    units.slice(0, last),
    units,
  ];
}

/** Applies "…, no, …" to digits: what was restated takes the place of what it resembles. */
function mendDigits(
  before: string,
  units: readonly Unit[],
  stand: (digits: string) => Standing,
): string {
  const after = digitsOf(units);
  if (after === '') return before;
  if (rank(stand(after)) >= rank('possible')) return after;
  const pause = units.findIndex((unit) => unit.pause);
  const group = digitsOf(pause < 0 ? units : units.slice(0, pause + 1)).length;
  let best = { digits: after, score: -1 };
  for (let drop = Math.min(before.length, after.length); drop >= 1; drop -= 1) {
    const gone = before.slice(before.length - drop);
    const alike = Array.from(gone).filter((digit, index) => after[index] === digit).length / drop;
    const digits = before.slice(0, before.length - drop) + after;
    const score = 10 * Math.max(0, rank(stand(digits)) - 1) + (drop === group ? 2 : 0) + 3 * alike;
    if (score > best.score) best = { digits, score };
  }
  return best.digits;
}
