import { FRAME_SAMPLES, millisecondsOf, samplesIn, type Pcm } from '../../audio/frame.js';
import { rmsDbfs, voicedFrames } from '../../audio/level.js';

/** A piece of speech, in milliseconds of the whole. */
export interface Piece {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A pause of this length ends a piece that is long enough, and of the second length any. */
const PAUSE_MS = 400;
const LONG_PAUSE_MS = 900;
const LEAST_MS = 3_000;
/** The recogniser takes no more at once. */
const MOST_MS = 12_000;
const AROUND_MS = 300;
const FRAME_MS = 20;

/** Cuts what one caller said, 16 kHz, into pieces to be recognised: at pauses, never longer than 12 s. */
export function piecesOf(pcm: Pcm): readonly Piece[] {
  const voiced = voicedFrames(pcm, FRAME_SAMPLES);
  const lastMs = millisecondsOf(pcm);
  const pieces: Piece[] = [];
  let from: number | undefined;
  let lastVoice = 0;
  const close = (toMs: number): void => {
    if (from === undefined) return;
    pieces.push({ fromMs: Math.max(0, from - AROUND_MS), toMs: Math.min(lastMs, toMs) });
    from = undefined;
  };
  voiced.forEach((on, index) => {
    const atMs = index * FRAME_MS;
    if (on) {
      from ??= atMs;
      lastVoice = atMs + FRAME_MS;
    }
    if (from === undefined) return;
    const pause = atMs - lastVoice;
    if (pause >= LONG_PAUSE_MS || (pause >= PAUSE_MS && atMs - from >= LEAST_MS)) {
      close(lastVoice + AROUND_MS);
    } else if (atMs - from >= MOST_MS - 2 * AROUND_MS) {
      const cut = quietest(pcm, Math.max(from + LEAST_MS, atMs - LEAST_MS), atMs);
      close(cut);
      from = cut + AROUND_MS;
    }
  });
  close(lastVoice + AROUND_MS);
  return pieces;
}

/** The quietest moment between two, where a word is least likely to be cut. */
function quietest(pcm: Pcm, fromMs: number, toMs: number): number {
  let [best, level] = [toMs, Infinity];
  for (let at = fromMs; at < toMs; at += FRAME_MS) {
    const here = rmsDbfs(pcm.subarray(samplesIn(at), samplesIn(at + 2 * FRAME_MS)));
    if (here < level) [best, level] = [at, here];
  }
  return best;
}
