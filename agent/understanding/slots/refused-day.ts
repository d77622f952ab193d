import { endsSentence, type Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** What stands around a day or time. */
interface Around {
  readonly isTime: boolean;
  /** Where the last refused day ends; -1 for none. */
  readonly refusedTo: number;
  /** Up to here a "not" belongs to something else. */
  readonly spentTo: number;
}

/**
 * Whether the day or time at token `at` is one that the caller does not mean: "not on Monday", "last
 * Tuesday", "move it from Friday to …". What stands right behind another one goes with it.
 */
export function isRefused(
  tokens: readonly Token[],
  at: number,
  { isTime, refusedTo, spentTo }: Around,
  words: SlotVocabulary,
): boolean {
  const { corrections, dates, phone } = words;
  const cue = tokens[at - 1]?.word ?? '';
  // "not before ten": from ten on.
  if (isTime && dates.before.has(cue)) return false;
  const link = dates.from.has(cue) || dates.timeCues.has(cue);
  const first = link ? at - 1 : at;
  if (isTime && refusedTo >= 0 && first === refusedTo) return true;
  // "not on a Monday"
  const article = dates.one.has(tokens[first - 1]?.word ?? '') ? 1 : 0;
  const on = article > 0 && dates.from.has(tokens[first - 2]?.word ?? '') ? 1 : 0;
  const before = first - article - on;
  const refusing = (end: number): boolean =>
    end > spentTo &&
    Math.max(corrections.not.before(tokens, end), dates.except.before(tokens, end)) > 0;
  return (
    refusing(before) ||
    // "busy on Monday": the "on" belongs to it.
    (link && dates.except.before(tokens, at) > 0) ||
    (link && dates.movedFrom.has(cue) && dates.moves.find(tokens) >= 0) ||
    (dates.since.has(cue) && !endsSentence(tokens[at - 1])) ||
    phone.extension.before(tokens, at) > 0
  );
}
