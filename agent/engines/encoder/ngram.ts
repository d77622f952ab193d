import { countRuns, hashedVector, type Pieces } from './hashing.js';
import type { Reading, TextVectors } from './vectors.js';

/** Numbers in a vector: more gain nothing on the shipped examples. */
const SIZE = 2048;
/** Runs of letters (jamo) and of syllables or other characters, shortest and longest. */
const LETTERS = [2, 3] as const;
const CHARACTERS = [2, 3] as const;
/** Longest text that is looked at, in characters; an utterance has about 40. */
const MOST_CHARACTERS = 1000;

/**
 * Vectors of hashed pieces of text, for languages that no sentence encoder is at hand for. They know
 * no meaning, but texts that share stems and endings are near one another, and a head trained on
 * enough examples tells intents apart.
 */
export class NgramVectors implements TextVectors {
  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  read(texts: readonly string[]): Promise<readonly Reading[]> {
    return Promise.resolve(
      texts.map((text) => {
        const vector = hashedVector(featuresOf(text.slice(0, MOST_CHARACTERS)), SIZE);
        return { vector, features: vector };
      }),
    );
  }
}

/**
 * Every feature of a text and how often it has it: runs of letters, Korean syllables taken apart so
 * that an ending which melted into a stem is seen, and runs of characters that ignore spaces,
 * because recognisers set them where they like.
 */
export function featuresOf(text: string): ReadonlyMap<string, number> {
  const counts: Pieces = new Map();
  const clean = text.normalize('NFC').toLowerCase().replace(/\s+/gu, ' ').trim();
  if (clean === '') return counts;
  // Without marks the beginning and the end of a text would look like its middle.
  countRuns(counts, 'l', Array.from(`^${clean.normalize('NFD')}$`), LETTERS);
  countRuns(counts, 'c', Array.from(`^${clean.replaceAll(' ', '')}$`), CHARACTERS);
  return counts;
}
