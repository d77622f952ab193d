import { spellingsOf, type Spelling } from './letters.js';
import type { Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** Shorter runs behind "with an" only tell how the word before them is written. */
const LEAST_SPELLED = 3;

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
    // "Jon without an H, J O N": the H is not spelled.
    const { with: having, without } = words.names;
    const led = (end: number): boolean =>
      Math.max(having.before(tokens, end), without.before(tokens, end)) > 1;
    // Nor is the "a" of "without a".
    const lost = led(from + 1) ? 2 : led(from) ? 1 : 0;
    return lost > 0 && pieces >= LEAST_SPELLED + lost
      ? { ...spelling, letters: letters.slice(lost), from: from + lost, pieces: pieces - lost }
      : spelling;
  });
}
