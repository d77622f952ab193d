import type { Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** Fewer letters than this are no word that was broken off. */
const LEAST = 3;

/**
 * The tokens without what was begun and begun again: "march thir third" is "march third", "nineteen nineteen fifty" is
 * "nineteen fifty".
 */
export function withoutRestarts(tokens: readonly Token[], words: SlotVocabulary): readonly Token[] {
  return tokens.filter(
    (token, at) => !isBrokenOff(token, tokens[at + 1], words) && !isCenturyTwice(tokens, at, words),
  );
}

/** Whether `token` is the beginning of the word behind it, and no word of its own. */
function isBrokenOff(
  { word, gap }: Token,
  next: Token | undefined,
  { names, numbers }: SlotVocabulary,
): boolean {
  const known = [numbers.digits, numbers.teens, numbers.tens].some((map) => map.has(word));
  const begins = next !== undefined && next.word.length > word.length && next.word.startsWith(word);
  return (
    begins &&
    word.length >= LEAST &&
    /^[-,….]*$/u.test(gap) &&
    !known &&
    !names.common.has(word) &&
    !names.both.has(word)
  );
}

const isCenturyTwice = (
  tokens: readonly Token[],
  at: number,
  { numbers }: SlotVocabulary,
): boolean =>
  numbers.teens.get(tokens[at]?.word ?? '') === 19 &&
  tokens[at + 1]?.word === tokens[at]?.word &&
  numbers.tens.has(tokens[at + 2]?.word ?? '');
