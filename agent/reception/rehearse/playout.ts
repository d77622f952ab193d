import { rmsDbfs } from '../../audio/level.js';
import { LINE_RATE } from './pacer.js';

/** A packet that is later than this after its place cannot be played there any more. */
const LATE_MS = 60;
/** When packets lie further ahead than this, silence is left out until they do not. */
const AHEAD_MS = 20;
/** A timestamp that jumps by more than this begins a new stream. */
const JUMP_MS = 1000;
const SILENT_DBFS = -60;

/**
 * Places received packets on the wall clock as an adaptive jitter buffer would: by their timestamps,
 * so that jitter does not tear speech; later after a stall, and back in the next silence.
 */
export class Playout {
  readonly #rate: number;
  #ssrc: number | undefined;
  #timestamp = 0;
  /** Time at which `#timestamp` is heard. */
  #atMs = 0;

  /** `rate` is that of the audio; timestamps count at 8 kHz whatever it is. */
  constructor(rate = LINE_RATE) {
    this.#rate = rate;
  }

  /**
   * Where the packet's audio is heard, on the clock of `arrivedMs`; undefined if it is left out to
   * catch up.
   */
  place(ssrc: number, timestamp: number, pcm: Int16Array, arrivedMs: number): number | undefined {
    // Signed difference of two 32-bit counters that may have wrapped.
    const step = (timestamp - this.#timestamp) | 0;
    const at = this.#atMs + (step * 1000) / LINE_RATE;
    const ahead = at - arrivedMs;
    if (ssrc !== this.#ssrc || Math.abs(ahead) > JUMP_MS) {
      this.#anchor(ssrc, timestamp, arrivedMs);
      return arrivedMs;
    }
    if (ahead < -LATE_MS) {
      // An old packet that was overtaken keeps its place; a stalled stream is heard later from here.
      if (step <= 0) return at;
      this.#anchor(ssrc, timestamp, arrivedMs);
      return arrivedMs;
    }
    if (ahead > AHEAD_MS && step > 0 && rmsDbfs(pcm) < SILENT_DBFS) {
      this.#anchor(ssrc, timestamp, at - (pcm.length * 1000) / this.#rate);
      return undefined;
    }
    if (step > 0) this.#anchor(ssrc, timestamp, at);
    return at;
  }

  #anchor(ssrc: number, timestamp: number, atMs: number): void {
    this.#ssrc = ssrc;
    this.#timestamp = timestamp;
    this.#atMs = atMs;
  }
}
