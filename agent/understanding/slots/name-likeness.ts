import type { NameWords } from './vocabulary.js';

/**
 * How much a word speaks for a name. A word that is neither a frequent name nor a frequent word of the language is more
 * likely a name than not: most names of the world are in no list.
 */
const SPEAKS = {
  /** Can be no part of a name. */
  never: -5,
  /** A frequent word, and no frequent name. */
  word: -2,
  /** Both, as "Baker", and a given name that is a word, as "Rose". */
  wordOfFamily: 0.5,
  wordAsGiven: 1,
  unknown: 1,
  family: 1.5,
  given: 2,
} as const;

/** How much `word`, as heard, speaks for being part of a name: below 0 against it, at most 2. */
export function likenessToName(word: string, names: NameWords): number {
  const lower = word.toLowerCase();
  // A sigh is only taken up where it is a family's name.
  if (names.sighsToo?.has(lower) === true) return SPEAKS.unknown;
  if (names.both.has(lower)) return SPEAKS.wordOfFamily;
  if (names.common.has(lower)) return SPEAKS.never;
  const isWord = names.isWord?.(lower) === true;
  if (names.isGiven?.(lower) === true) return isWord ? SPEAKS.wordAsGiven : SPEAKS.given;
  if (names.isKnown?.(lower) === true) return isWord ? SPEAKS.wordOfFamily : SPEAKS.family;
  return isWord ? SPEAKS.word : SPEAKS.unknown;
}

/** The same of all words together. */
export const likenessOfAll = (parts: readonly string[], names: NameWords): number =>
  parts
    .flatMap((part) => part.split('-'))
    .filter((part) => !isLink(part.toLowerCase(), names))
    .reduce((sum, part) => sum + likenessToName(part, names), 0);

const isLink = (word: string, { particles, couples }: NameWords): boolean =>
  particles.has(word) || couples?.has(word) === true;
