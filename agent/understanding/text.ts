/**
 * A text as the intent model and all matching see it: lower case, punctuation gone, single spaces.
 * Recognisers differ in how they write; after this they do not.
 */
export function plain(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[’‘`]/gu, "'")
    .replace(/(?<=\d)[.,:](?=\d)/gu, ' ')
    .replace(/[^\p{L}\p{M}\p{N}' ]+/gu, ' ')
    .replace(/(?<![\p{L}\p{M}\p{N}])'|'(?![\p{L}\p{M}\p{N}])/gu, ' ')
    .replace(/ +/gu, ' ')
    .trim();
}

/** The words of `text` after `plain`. */
export function wordsOf(text: string): readonly string[] {
  const clean = plain(text);
  return clean === '' ? [] : clean.split(' ');
}

/** Index of the first word of `phrase` in `words`, or -1. Whole words only. */
export function indexOfPhrase(
  words: readonly string[],
  phrase: readonly string[],
  from = 0,
): number {
  if (phrase.length === 0) return -1;
  for (let at = from; at + phrase.length <= words.length; at += 1) {
    if (phrase.every((word, offset) => words[at + offset] === word)) return at;
  }
  return -1;
}
