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

  read(text: string): Promise<Reading> {
    const vector = unitVector(featuresOf(text.slice(0, MOST_CHARACTERS)));
    return Promise.resolve({ vector, features: vector });
  }
}

/**
 * Every feature of a text and how often it has it: runs of letters, Korean syllables taken apart so
 * that an ending which melted into a stem is seen, and runs of characters that ignore spaces,
 * because recognisers set them where they like.
 */
export function featuresOf(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const clean = text.normalize('NFC').toLowerCase().replace(/\s+/gu, ' ').trim();
  if (clean === '') return counts;
  // Without marks the beginning and the end of a text would look like its middle.
  count(counts, 'l', Array.from(`^${clean.normalize('NFD')}$`), LETTERS);
  count(counts, 'c', Array.from(`^${clean.replaceAll(' ', '')}$`), CHARACTERS);
  return counts;
}

function count(
  counts: Map<string, number>,
  kind: string,
  signs: readonly string[],
  [shortest, longest]: readonly [number, number],
): void {
  for (let length = shortest; length <= longest; length += 1) {
    for (let at = 0; at + length <= signs.length; at += 1) {
      const feature = kind + signs.slice(at, at + length).join('');
      counts.set(feature, (counts.get(feature) ?? 0) + 1);
    }
  }
}

function unitVector(features: ReadonlyMap<string, number>): Float32Array {
  const vector = new Float32Array(SIZE);
  for (const [feature, times] of features) {
    const hash = hashOf(feature);
    const slot = hash % SIZE;
    // One more bit of the hash as a sign, so that features that meet cancel rather than add up.
    const sign = hash >>> 31 === 0 ? 1 : -1;
    vector[slot] = (vector[slot] ?? 0) + sign * (1 + Math.log(times));
  }
  const length = Math.hypot(...vector);
  // An empty text is near nothing.
  return length === 0 ? vector : vector.map((value) => value / length);
}

/** FNV-1a of 32 bits over UTF-16, its bits stirred once more: the low ones alone are weak. */
function hashOf(feature: string): number {
  let hash = 2_166_136_261;
  for (let at = 0; at < feature.length; at += 1) {
    hash = Math.imul(hash ^ feature.charCodeAt(at), 16_777_619);
  }
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x85eb_ca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
