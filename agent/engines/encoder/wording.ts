import { countRuns, hashedVector, type Pieces } from './hashing.js';

/** Numbers of a text's wording. */
export const WORDING_SIZE = 4096;
/** Runs of letters, shortest and longest. */
const LETTERS = [3, 4] as const;

/**
 * Which words and pieces of words a text has, hashed; of unit length. Beside a vector of its meaning
 * it tells apart what means nearly the same: "it is an emergency" and "it is no emergency".
 */
export function wordingOf(text: string): Float32Array {
  const pieces: Pieces = new Map();
  const words = text.split(' ').filter((word) => word !== '');
  if (words.length > 0) {
    countRuns(pieces, 'w', words, [1, 1]);
    countRuns(pieces, 'w', ['^', ...words, '$'], [2, 2], ' ');
    countRuns(pieces, 'l', Array.from(`^${words.join(' ')}$`), LETTERS);
  }
  return hashedVector(pieces, WORDING_SIZE);
}
