import { FRAME_SAMPLES, samplesIn } from '../audio/frame.js';
import type { Pcm } from '../audio/frame.js';
import { rmsDbfs } from '../audio/level.js';

/** Longer audio is decoded in pieces, cut at the quietest moment of the second half. */
const PIECE_MS = 20_000;

/** `pcm` with silence around it, -1..1. */
export function padded(pcm: Pcm, afterMs: number, beforeMs: number): Float32Array {
  const before = samplesIn(beforeMs);
  const samples = new Float32Array(before + pcm.length + samplesIn(afterMs));
  for (let at = 0; at < pcm.length; at += 1) samples[before + at] = (pcm[at] ?? 0) / 32_768;
  return samples;
}

/** `pcm` in pieces that are decoded one by one, cut where it is quietest. */
export function* inPieces(pcm: Pcm): Generator<Pcm> {
  let rest = pcm;
  const most = samplesIn(PIECE_MS);
  while (rest.length > most) {
    const cut = quietest(rest.subarray(0, most));
    yield rest.subarray(0, cut);
    rest = rest.subarray(cut);
  }
  yield rest;
}

/** The middle of the quietest 200 ms in the second half of `pcm`, in samples. */
function quietest(pcm: Pcm): number {
  const width = samplesIn(200);
  let best = pcm.length;
  let level = Infinity;
  for (let at = pcm.length >> 1; at + width <= pcm.length; at += FRAME_SAMPLES) {
    const here = rmsDbfs(pcm.subarray(at, at + width));
    if (here < level) {
      level = here;
      best = at + (width >> 1);
    }
  }
  return best;
}
