import { FRAME_MS } from '../audio/frame.js';

/** So many frames are looked at before anything is judged: two seconds. */
const LOOK_FRAMES = 100;
/** A shift below this is no matter, in milliseconds. */
const LEAST_MS = 60;

/**
 * Keeps the ear's timeline, which counts frames, on the clock. Asterisk's snoop ticks every 20 ms and
 * gives silence where a packet is missing, but a tick that a busy machine has missed is lost for good:
 * what follows would lie too early, beside what we played. A stall alone proves nothing, as its frames
 * come afterwards; frames are missing if even the most punctual one of two seconds is late.
 */
export class EarTime {
  #first: number | undefined;
  #frames = 0;
  #looked = 0;
  #leastLate = Infinity;

  /** Takes the arrival of the next frame, and tells how many silent frames must go before it. */
  arrived(nowMs: number): number {
    this.#first ??= nowMs;
    this.#leastLate = Math.min(this.#leastLate, nowMs - this.#first - this.#frames * FRAME_MS);
    this.#frames += 1;
    this.#looked += 1;
    if (this.#looked < LOOK_FRAMES) return 0;
    const missing = this.#leastLate < LEAST_MS ? 0 : Math.floor(this.#leastLate / FRAME_MS);
    this.#looked = 0;
    this.#leastLate = Infinity;
    this.#frames += missing;
    return missing;
  }
}
