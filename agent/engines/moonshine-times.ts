import { FRAME_SAMPLES, SAMPLE_RATE, samplesIn } from '../audio/frame.js';
import type { Pcm } from '../audio/frame.js';
import { voicedFrames } from '../audio/level.js';
import type { Forced, Hearing } from './moonshine-decoder.js';
import type { SpelledWord } from './moonshine-tokens.js';

const FRAME_S = FRAME_SAMPLES / SAMPLE_RATE;

/** Distance of the moments at which the audio is cut off. */
const STEP = samplesIn(80);
/** A word is looked for at so many moments around the place that its letters give it. */
const ROWS = 16;
/** What one word may say of where it is: beyond this, one of more improbable letters says no more. */
const MOST_GAIN = 4;
/** What it costs that a word is longer or shorter than its letters. */
const SHAPE = 3;
/** A frame knows what lies so much later: measured as the mean error without it. */
const AHEAD = samplesIn(110);
/** So much voice each word has at least when its length is compared, in seconds. */
const LEAST_S = 0.03;

/** From where to where, in seconds from the start of the audio. */
export interface WordPlace {
  readonly start: number;
  readonly end: number;
}

/** A piece of audio as the recogniser was given it: with so many samples of silence before. */
export interface HeardPiece {
  readonly hearing: Hearing;
  readonly pcm: Pcm;
  readonly before: number;
}

/** Where each word may lie: the voiced span shared out by the words' lengths. Costs nothing. */
export function guessedPlaces(words: readonly SpelledWord[], pcm: Pcm): readonly WordPlace[] {
  const voiced = voicedFrames(pcm, FRAME_SAMPLES);
  const first = Math.max(0, voiced.indexOf(true));
  const last = voiced.lastIndexOf(true);
  const start = first * FRAME_S;
  const span = last < 0 ? pcm.length / SAMPLE_RATE : (last + 1 - first) * FRAME_S;
  const letters = words.reduce((sum, { word }) => sum + word.length + 1, 0);
  let before = 0;
  return words.map(({ word }) => {
    const from = start + (span * before) / letters;
    before += word.length + 1;
    return { start: from, end: start + (span * before) / letters };
  });
}

/**
 * Where each word lies: a word becomes probable when the audio in which it is said is no longer hidden
 * from the decoder. Its text is decoded again with the audio cut off at one moment after the other, and
 * the words are laid over the moments so that each gets those that made it probable.
 */
export async function measuredPlaces(
  words: readonly SpelledWord[],
  piece: HeardPiece,
): Promise<readonly WordPlace[]> {
  if (words.length === 0) return [];
  const { hearing, pcm } = piece;
  const { length } = pcm;
  const guesses = guessedPlaces(words, pcm);
  const ids = words.flatMap((word) => word.ids);
  const count = Math.max(words.length, Math.ceil(length / STEP));
  const rows = Math.min(count, ROWS);
  const most = Math.min(rows, hearing.most);
  const text = hearing.forced(ids);
  const logs = await text.whole();
  const gains: ReadonlyMap<number, number>[] = [];
  let token = 0;
  for (const [at, word] of words.entries()) {
    const tokens = word.ids.length;
    const { start, end } = guesses[at] ?? { start: 0, end: 0 };
    const middle = Math.round((((start + end) / 2) * SAMPLE_RATE) / STEP);
    const first = Math.max(1, Math.min(count - rows + 1, middle - (rows >> 1)));
    gains.push(await gainsOf(piece, text, logs, { token, tokens, first, rows, most }));
    token += tokens;
  }
  const moment = (at: number): number =>
    at === 0 ? 0 : Math.min(length, at * STEP + AHEAD) / SAMPLE_RATE;
  const voiced = voicedFrames(pcm, FRAME_SAMPLES);
  const voice = Array.from(
    { length: count + 1 },
    (_, at) => voiced.slice(0, (at * STEP) / FRAME_SAMPLES).filter(Boolean).length * FRAME_S,
  );
  return laid(words, gains, voice).map(([from, to]) =>
    trimmed({ start: moment(from), end: moment(to) }, voiced),
  );
}

/** A word's tokens, at how many moments, from the first, it is looked for, and how many at once. */
interface Search {
  readonly token: number;
  readonly tokens: number;
  readonly first: number;
  readonly rows: number;
  readonly most: number;
}

/** How much more probable `word` becomes with each step of audio, in log-probability. */
async function gainsOf(
  { before, pcm: { length } }: HeardPiece,
  text: Forced,
  logs: readonly number[],
  { token: from, tokens, first, rows, most }: Search,
): Promise<ReadonlyMap<number, number>> {
  const missing = Array.from({ length: rows }, () => 0);
  for (let token = from; token < from + tokens; token += 1) {
    for (let row = 0; row < rows; row += most) {
      const part = missing.slice(row, row + most);
      const seen = part.map((_, at) => before + Math.min(length, (first + row + at) * STEP));
      const cut = await text.cutOff(token, seen);
      for (const [at, log] of cut.entries()) {
        missing[row + at] = (missing[row + at] ?? 0) + (logs[token] ?? 0) - log;
      }
    }
  }
  const held = missing.map((log) => Math.min(MOST_GAIN, Math.max(0, log)));
  // Step n brings the audio from n to n + 1 steps into sight.
  return new Map(
    held.slice(1).map((log, at) => [first + at, Math.max(0, (held[at] ?? 0) - log)] as const),
  );
}

/** From which step to which each word lies, so that gains are most and lengths are likely. */
function laid(
  words: readonly SpelledWord[],
  gains: readonly ReadonlyMap<number, number>[],
  voice: readonly number[],
): readonly (readonly [number, number])[] {
  const count = voice.length - 1;
  const letters = words.reduce((sum, { word }) => sum + word.length + 1, 0);
  let best = [0, ...Array.from({ length: count }, () => -Infinity)];
  const came: number[][] = [];
  for (const [index, { word }] of words.entries()) {
    const sums = [0];
    for (let at = 0; at < count; at += 1) sums.push((sums[at] ?? 0) + (gains[index]?.get(at) ?? 0));
    const usual = ((voice[count] ?? 0) * (word.length + 1)) / letters + LEAST_S;
    const next = Array.from({ length: count + 1 }, () => -Infinity);
    const from = Array.from({ length: count + 1 }, () => 0);
    for (let end = index + 1; end <= count; end += 1) {
      for (let start = index; start < end; start += 1) {
        const long = (voice[end] ?? 0) - (voice[start] ?? 0) + LEAST_S;
        const gain = (sums[end] ?? 0) - (sums[start] ?? 0);
        const sum = (best[start] ?? -Infinity) + gain - SHAPE * Math.log(long / usual) ** 2;
        if (sum > (next[end] ?? -Infinity)) {
          next[end] = sum;
          from[end] = start;
        }
      }
    }
    came.push(from);
    best = next;
  }
  const places: (readonly [number, number])[] = [];
  let end = count;
  for (const from of came.toReversed()) {
    const start = from[end] ?? 0;
    places.unshift([start, end]);
    end = start;
  }
  return places;
}

/** Without the silence at both ends, unless there is nothing else. */
function trimmed({ start, end }: WordPlace, voiced: readonly boolean[]): WordPlace {
  let from = Math.round(start / FRAME_S);
  let to = Math.round(end / FRAME_S);
  while (from < to && voiced[from] !== true) from += 1;
  while (to > from && voiced[to - 1] !== true) to -= 1;
  return to > from ? { start: from * FRAME_S, end: to * FRAME_S } : { start, end };
}
