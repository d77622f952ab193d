import type { Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/**
 * The tokens with signs that were named between two words of a name in their place: "smith hyphen jones"
 * is "smith-jones", "o apostrophe brien" is "o'brien". Signs among spelled letters stay as they are.
 */
export function withSigns(tokens: readonly Token[], words: SlotVocabulary): readonly Token[] {
  const joined: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const before = joined.at(-1);
    const next = tokens[at + 1];
    const sign = words.letters.signs.get(token.word);
    const marked = words.names.hyphenated.at(tokens, at);
    const [first] = joined.slice(-2);
    if (marked > 0 && first !== undefined && first !== before && isNamePart(first.word, words)) {
      joined[joined.length - 2] = { ...first, gap: '-' };
      at += marked - 1;
      continue;
    }
    const fits = before !== undefined && next !== undefined && isNamePart(next.word, words);
    const isComma = words.names.comma?.has(token.word) === true;
    if (fits && isComma && isNamePart(before.word, words)) {
      joined[joined.length - 1] = { ...before, gap: ',' };
    } else if (fits && sign === '-' && isNamePart(before.word, words)) {
      joined[joined.length - 1] = { ...before, gap: '-' };
    } else if (fits && sign === "'" && /^\p{L}+$/u.test(before.word)) {
      joined[joined.length - 1] = {
        ...{ raw: `${before.raw}'${next.raw}`, word: `${before.word}'${next.word}` },
        ...{ start: before.start, end: next.end, gap: next.gap },
      };
      at += 1;
    } else joined.push(token);
  }
  return joined;
}

const isNamePart = (word: string, { names }: SlotVocabulary): boolean =>
  word.length > 1 && /^\p{L}/u.test(word) && !names.common.has(word);
