import { likeness } from './likeness.js';
import { likenessToName } from './name-likeness.js';
import type { NameReader, SpokenName } from './name-reader.js';
import { respellingFrom } from './name-spelling.js';
import type { Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** A nickname resembles the name that it is made of at least this much. */
const ALIKE = 0.5;
const CONFIDENCE = 0.75;

/**
 * The whole name of somebody who first said a part of it: "it's Lucas from down the road, Lucas Petrie".
 * A word that is said twice, the second time beside another, is a name even where nothing else tells so.
 */
export function nameInFull(
  tokens: readonly Token[],
  spoken: SpokenName | undefined,
  reader: NameReader,
  words: SlotVocabulary,
  isLetter: (at: number) => boolean,
): SpokenName | undefined {
  // "Karl with a K, Karl Jensen" is read with its respelling.
  const change = spoken === undefined ? undefined : respellingFrom(tokens, spoken.to, words);
  const known = lettersOf(spoken?.parts ?? []);
  for (let at = 1; at < tokens.length; at += 1) {
    const found = reader.forward(at, 'bare');
    // Nor is the H of "Jon, no H, Jon Harper" an initial.
    const respells = change !== undefined && change.from <= at && at <= change.to;
    if (found?.from !== at || found.parts.length < 2 || respells) continue;
    // "Heather Lindgren, formerly Heather Boyle"
    if (spoken !== undefined && (words.names.formerly?.before(tokens, at) ?? 0) > 0) {
      at = found.to - 1;
      continue;
    }
    // "Harrington, not Herrington, Barbara Harrington"
    if (words.corrections.not.before(tokens, at) > 0) continue;
    const before = tokens.slice(0, at).map(({ word }) => word);
    // "not gale like the wind, Gail Tomlin": a thing, and then the name.
    const place = found.parts.findIndex((part) => part.toLowerCase() === known);
    const thing = words.names.continues.has(tokens[at - 1]?.word ?? '');
    if (thing && place > 0 && found.parts.length > 2) {
      // "like the island, Catherine Rhodes"
      at += place < found.parts.length - 1 ? place - 1 : 0;
      continue;
    }
    const [first = ''] = found.parts.map((part) => part.toLowerCase());
    const again = found.parts.some((part) =>
      part.split('-').some((piece) => before.includes(piece.toLowerCase())),
    );
    // "with a C, Cathy Dunn"
    if (!again || first.length < 2) continue;
    const fits =
      spoken === undefined
        ? isLetter(found.to) || ends(tokens, found.to, words)
        : isPartOf(spoken, known, found.parts, at);
    const confidence = spoken?.confidence ?? CONFIDENCE;
    if (fits) {
      const parts = withoutWords(found.parts, place, words);
      return { ...found, parts, confidence, announced: spoken?.announced ?? false };
    }
    at = found.to - 1;
  }
  return spoken;
}

/** "Everybody says Memo, Guillermo Pacheco": words before the name that was known are no part of the whole. */
const withoutWords = (
  parts: readonly string[],
  place: number,
  { names }: SlotVocabulary,
): readonly string[] => {
  const isWord = (part: string): boolean => likenessToName(part, names) < 0;
  const whole = place > 0 && place < parts.length - 1 && parts.slice(0, place).every(isWord);
  return whole ? parts.slice(place) : parts;
};

/** Whether one name was said before `at` that the whole one begins with, or is short for it. */
const isPartOf = (
  spoken: SpokenName,
  known: string,
  parts: readonly string[],
  at: number,
): boolean =>
  spoken.to <= at &&
  (parts.some((part) => lettersOf([part]) === known) ||
    (spoken.parts.length === 1 && likeness(known, parts[0]?.toLowerCase() ?? '') >= ALIKE));

/** Whether the text ends at `at`, but for pleasantries and letters. */
export const ends = (tokens: readonly Token[], at: number, words: SlotVocabulary): boolean =>
  at === tokens.length ||
  words.names.around.at(tokens, at) > 0 ||
  words.letters.announce.at(tokens, at) > 0;

const lettersOf = (parts: readonly string[]): string =>
  parts
    .join('')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '');
