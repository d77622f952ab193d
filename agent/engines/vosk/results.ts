import type { ResultWord } from '../../speech/protocol.js';
import type { Alternative } from '../recognition.js';

/** How an unknown word is written in a result, whatever the model calls it. */
export const UNKNOWN = '[unk]';
/** What models call the word that stands for all others; the first that one knows is used. */
export const UNKNOWN_NAMES = ['[unk]', '<UNK>', '<unk>'];

interface JsonWord {
  readonly word: string;
  readonly start: number;
  readonly end: number;
  readonly conf?: number;
}
interface JsonResult {
  readonly text?: string;
  readonly partial?: string;
  readonly confidence?: number;
  readonly result?: readonly JsonWord[];
  readonly partial_result?: readonly JsonWord[];
  readonly alternatives?: readonly JsonResult[];
}

/** Noise and the like, which models name in brackets: `[3]`, `<SPOKEN_NOISE>`, `!SIL`. */
const isNoise = (word: string): boolean =>
  word !== UNKNOWN && /^(?:\[.*\]|<.*>|!SIL|!sil)$/u.test(word);

const named = (word: string): string => (UNKNOWN_NAMES.includes(word) ? UNKNOWN : word);

function textOf(raw: string, unknown: boolean): string {
  return raw
    .split(/\s+/u)
    .map(named)
    .filter((word) => word !== '' && !isNoise(word) && (unknown || word !== UNKNOWN))
    .join(' ');
}

function wordsOf(raw: readonly JsonWord[], since: number, unknown: boolean): readonly ResultWord[] {
  return raw
    .map(({ word, start, end, conf }) => ({
      word: named(word),
      start: Math.max(0, start - since),
      end: Math.max(0, end - since),
      confidence: Math.min(1, conf ?? 1),
    }))
    .filter(({ word }) => !isNoise(word) && (unknown || word !== UNKNOWN));
}

/** The mean of the words' confidences; 0 without words. */
export const meanConfidence = (words: readonly ResultWord[]): number =>
  words.length === 0
    ? 0
    : words.reduce((sum, { confidence }) => sum + confidence, 0) / words.length;

/** How a result is read. */
export interface Reading {
  /** Seconds of audio that the recogniser had before this utterance: its times count from there. */
  readonly since: number;
  /** Whether unknown words are told, as `[unk]`: they mean something under a grammar only. */
  readonly unknown: boolean;
}

function alternativeOf(json: JsonResult, reading: Reading): Alternative {
  const words = wordsOf(json.result ?? json.partial_result ?? [], reading.since, reading.unknown);
  const text = textOf(json.text ?? json.partial ?? '', reading.unknown);
  return { text, words, confidence: json.confidence ?? meanConfidence(words) };
}

/** Reads the JSON of libvosk: its alternatives, best first; one where none were asked for. */
export function readResult(
  json: string,
  reading: Reading,
): readonly [Alternative, ...Alternative[]] {
  const parsed = JSON.parse(json) as JsonResult;
  const [best, ...others] = parsed.alternatives ?? [parsed];
  return [
    alternativeOf(best ?? parsed, reading),
    ...others.map((other) => alternativeOf(other, reading)),
  ];
}
