import { readDigits } from './digits.js';
import type { Phrases, Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** Some digits in one piece. */
export interface Unit {
  readonly digits: string;
  readonly weak: 'no' | 'digit' | 'homophone';
  /** A pause follows, as the recogniser writes it. */
  readonly pause: boolean;
  /** "nine hundred and eighty" as 900 and 80, "thirty five" as 30 and 5. */
  readonly apart: string;
  /** The "oh" of "oh wait": a digit only where the number lacks one. */
  readonly sigh?: true;
}

/** What was said between two self-corrections. */
export interface Part {
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
    // "oh wait", "oh no": the "oh" is none of the digits.
    const sighs = units.length > 0 && words.mend.mends.at(tokens, at) > 1;
    const piece = sighs ? undefined : readDigits(tokens, at, numbers);
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
      if (sighs && readDigits(tokens, at, numbers) !== undefined) {
        units.push({ digits: '0', weak: 'digit', apart: '0', pause: false, sigh: true });
      }
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
    const width = Math.max(
      words.phone.between.at(tokens, next),
      words.mend.fillers.at(tokens, next),
    );
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
    } else {
      const doubts = mended ? 0 : doubtsAt(tokens, next, mend.mends, numbers);
      if (doubts === 0) break;
      next += doubts;
    }
  }
  return mended && hardDigit(tokens, next, numbers) ? { at: next, restarts } : undefined;
}

/** So many words may stand before what takes a digit back: "is that right, no, …". */
const MOST_DOUBTS = 4;

/** How many words, none of them a digit, stand at `at` before a self-correction. */
function doubtsAt(
  tokens: readonly Token[],
  at: number,
  mends: Phrases,
  numbers: SlotVocabulary['numbers'],
): number {
  for (let count = 0; count <= MOST_DOUBTS; count += 1) {
    if (count > 0 && mends.at(tokens, at + count) > 0) return count;
    if (tokens[at + count] === undefined || hardDigit(tokens, at + count, numbers)) return 0;
  }
  return 0;
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
