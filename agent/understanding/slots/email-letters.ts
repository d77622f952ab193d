import { spelledBehind, spellingsOf, type Spelling } from './letters.js';
import type { Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** The spelled runs of an address, without letters that belong to what stands around them. */
export function addressSpellings(
  tokens: readonly Token[],
  words: SlotVocabulary,
): readonly Spelling[] {
  return spellingsOf(tokens, words).map((spelling) => {
    const { letters, from, to, pieces } = spelling;
    // "k and k": an N is spelled among more letters than two.
    const isAnd = words.numbers.and.has(tokens[from + 1]?.word ?? '');
    if (isAnd && pieces === 3 && to - from === 3) {
      const and = tokens[from + 1]?.word ?? '';
      return { ...spelling, letters: `${letters.charAt(0)}${and}${letters.slice(-1)}` };
    }
    return spelledBehind(spelling, tokens, words);
  });
}
