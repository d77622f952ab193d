import { rmsDbfs } from './level.js';
import { FRAME_SAMPLES, type Pcm } from './frame.js';

/** Below this a frame of what we say is a pause. */
const PAUSE_DBFS = -50;
/** A pause this long, in frames of 20 ms, stands between clauses: stops inside words are shorter. */
const PAUSE_FRAMES = 6;

/** Sample offsets at which a clause of speech begins: 0, and wherever sound follows a pause. */
export function clauseStarts(pcm: Pcm): readonly number[] {
  const starts = [0];
  let quiet = 0;
  for (let at = 0; at + FRAME_SAMPLES <= pcm.length; at += FRAME_SAMPLES) {
    if (rmsDbfs(pcm.subarray(at, at + FRAME_SAMPLES)) < PAUSE_DBFS) {
      quiet += 1;
      continue;
    }
    // One frame of the pause goes with the clause, so that it begins softly.
    if (quiet >= PAUSE_FRAMES) starts.push(at - FRAME_SAMPLES);
    quiet = 0;
  }
  return starts;
}
