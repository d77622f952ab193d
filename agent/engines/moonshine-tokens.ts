import { readFile } from 'node:fs/promises';
import { engineErrors } from './errors.js';

/** Ids from here on to FIRST_WORD stand for single bytes. */
const FIRST_BYTE = 3;
const FIRST_WORD = 259;
/** U+2581, which stands for the space before a word. */
const SPACE = '\u2581';

/** A token that was chosen and how probable it was, 0..1. */
export interface ChosenToken {
  readonly id: number;
  readonly probability: number;
}

/** A word put together from tokens; confidence is the geometric mean of their probabilities. */
export interface SpokenWord {
  readonly word: string;
  readonly confidence: number;
}

/** A word and the tokens that spell it. */
export interface SpelledWord extends SpokenWord {
  readonly ids: readonly number[];
}

/**
 * Reads tokenizer.bin: for each token a length (one byte, or two when the first is ≥ 128: second ×
 * 128 + first − 128), then the bytes. Throws ENGINE_MODEL_MISSING or ENGINE_MODEL_DAMAGED.
 */
export async function readTokens(path: string): Promise<readonly Uint8Array[]> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw engineErrors.make('MODEL_MISSING', { place: path, cause });
  }
  const tokens: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    let length = bytes[at] ?? 0;
    at += 1;
    if (length >= 128) {
      length = (bytes[at] ?? 0) * 128 + length - 128;
      at += 1;
    }
    if (at + length > bytes.length) throw engineErrors.make('MODEL_DAMAGED', { place: path });
    tokens.push(bytes.subarray(at, at + length));
    at += length;
  }
  if (tokens.length <= FIRST_WORD) throw engineErrors.make('MODEL_DAMAGED', { place: path });
  return tokens;
}

/** Each token as text; undefined for those that stand for single bytes or for no text at all. */
export const textsOf = (tokens: readonly Uint8Array[]): readonly (string | undefined)[] =>
  tokens.map((bytes, id) => (id < FIRST_WORD ? undefined : Buffer.from(bytes).toString('utf8')));

/** The words that the chosen tokens spell. */
export function wordsOf(
  chosen: readonly ChosenToken[],
  tokens: readonly Uint8Array[],
): readonly SpelledWord[] {
  const words: { bytes: number[]; logs: number[]; ids: number[] }[] = [];
  for (const { id, probability } of chosen) {
    const isByte = id >= FIRST_BYTE && id < FIRST_WORD;
    const piece = isByte ? Uint8Array.of(id - FIRST_BYTE) : (tokens[id] ?? new Uint8Array());
    const text = Buffer.from(piece).toString('utf8');
    const starts = !isByte && text.startsWith(SPACE);
    if (starts || words.length === 0) words.push({ bytes: [], logs: [], ids: [] });
    const word = words.at(-1);
    word?.bytes.push(...(starts ? Buffer.from(text.slice(SPACE.length), 'utf8') : piece));
    word?.ids.push(id);
    word?.logs.push(Math.log(Math.max(probability, 1e-9)));
  }
  return words
    .map(({ bytes, logs, ids }) => ({
      ids,
      word: Buffer.from(bytes).toString('utf8').replaceAll(SPACE, ' ').trim(),
      confidence: Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length),
    }))
    .filter(({ word }) => word !== '');
}

/**
 * How many tokens at the end of `ids` are a repetition: a run of tokens said again and again is the
 * decoder in a loop, and all but its first round are to be dropped. 0 if there is none.
 */
export function repeatedTail(ids: readonly number[]): number {
  for (let length = 1; length <= 8; length += 1) {
    // "five, five, five, five" may be a telephone number: short runs need more rounds to be a loop.
    const rounds = length <= 3 ? 8 : 4;
    const start = ids.length - rounds * length;
    if (start < 0) continue;
    const same = ids
      .slice(start + length)
      .every((id, offset) => id === ids[start + (offset % length)]);
    if (same) return (rounds - 1) * length;
  }
  return 0;
}

/**
 * The most rounds in a row in which `ids` say a phrase of four different tokens or more; 1 for no
 * repetition. The equal figures of a number are no phrase.
 */
export function roundsIn(ids: readonly number[]): number {
  let most = 1;
  for (let length = 4; length <= 24 && 2 * length <= ids.length; length += 1) {
    let same = 0;
    for (let at = length; at < ids.length; at += 1) {
      same = ids[at] === ids[at - length] ? same + 1 : 0;
      if (same < length || new Set(ids.slice(at - length, at)).size < 4) continue;
      most = Math.max(most, 1 + Math.floor(same / length));
    }
  }
  return most;
}

/** The words as one text. */
export const textOf = (words: readonly SpokenWord[]): string =>
  words.map(({ word }) => word).join(' ');
