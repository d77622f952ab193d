import type { Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** Between a day and what is said of it: "Tuesday afternoon works better". */
const MOST_BETWEEN = 2;

/**
 * Whether the caller prefers the day or time at `tokens[from..to)` to one said before: "I was thinking Monday, but
 * Tuesday", "Tuesday works better", "preferably Tuesday".
 */
export function isPreferred(
  tokens: readonly Token[],
  from: number,
  to: number,
  { dates }: SlotVocabulary,
): boolean {
  const isLink = (at: number): boolean =>
    [dates.from, dates.timeCues, dates.one].some((words) => words.has(tokens[at]?.word ?? ''));
  let lead = from;
  while (isLink(lead - 1)) lead -= 1;
  const but = dates.but?.has(tokens[lead - 1]?.word ?? '') === true;
  const wish = but ? (dates.wished?.find(tokens.slice(0, lead)) ?? -1) : -1;
  if (wish >= 0 || (dates.prefers?.before(tokens, lead) ?? 0) > 0) return true;
  for (let at = to; at <= to + MOST_BETWEEN; at += 1) {
    if ((dates.better?.at(tokens, at) ?? 0) > 0) return true;
  }
  return false;
}

/**
 * Where the reason ends that begins at `at`: "Wednesday, because I work until five on Mondays". What is said in it
 * is no answer. `at` itself when none begins there.
 */
export function reasonEnd(
  tokens: readonly Token[],
  at: number,
  { dates, mend }: SlotVocabulary,
): number {
  if ((dates.reasons?.at(tokens, at) ?? 0) === 0) return at;
  for (let end = at + 1; end < tokens.length; end += 1) {
    const concludes = dates.so?.has(tokens[end]?.word ?? '') === true;
    if (concludes || mend.mends.at(tokens, end) > 0) return end;
  }
  return tokens.length;
}
