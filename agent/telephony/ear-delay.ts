import type { Pcm } from '../audio/frame.js';
import { VoicedDetector } from '../audio/level.js';

/** So much of a frame is nothing at all where Asterisk had no packet for it. */
const HOLE_SAMPLES = 200;
/** Holes of together so much may have made the ear late, in frames. */
const MOST_HOLES = 3;
/** More in a row is a line that gives nothing while nobody speaks; besides, no more than this can queue up. */
const LONGEST_HOLE = 30;
/** Between two fresh ears, in milliseconds: the first time, and where holes go on. */
const FIRST_APART_MS = 5_000;
const MOST_APART_MS = 60_000;
/** Both ears have to be still for so long before one takes the place of the other, in frames. */
const QUIET_FRAMES = 15;
/** A fresh ear that finds no such moment is given up after this. */
const WAITS_MS = 10_000;

/** What is to be done about an ear that may be late. */
export type EarAdvice = 'stay' | 'open' | 'change' | 'give-up';

/**
 * Whether an ear hears late, and when a fresh one may take its place. Asterisk's snoop gives out 20 ms each 20 ms:
 * while packets are missing it gives nothing, and when they come after all, they wait in its queue. So each time that
 * the line stands still the ear is later by as much, until the call ends or half a second has queued up, which is then
 * thrown away. The queue cannot be seen; holes in the sound can, and a fresh snoop begins with an empty queue. What
 * waits in the old one is lost by the change, so both must have been still for a while.
 */
export class EarDelay {
  #holes = 0;
  /** Holes in a row; undefined before anything was heard. */
  #run: number | undefined;
  #apartMs = FIRST_APART_MS;
  /** When there was a fresh ear last. */
  #lastMs = -Infinity;
  /** Since when there is a fresh ear beside the one in use. */
  #freshMs: number | undefined;
  #quiet = 0;
  #freshQuiet = 0;
  #level = new VoicedDetector();
  #freshLevel = new VoicedDetector();

  /** Takes the next frame of the ear in use. */
  heard(pcm: Pcm, nowMs: number): EarAdvice {
    this.#quiet = this.#level.push(pcm) ? 0 : this.#quiet + 1;
    if (isHole(pcm)) {
      if (this.#run !== undefined) this.#run += 1;
    } else {
      const run = this.#run ?? 0;
      if (run <= LONGEST_HOLE) this.#holes += run;
      this.#run = 0;
    }
    if (this.#freshMs !== undefined) return nowMs - this.#freshMs > WAITS_MS ? 'give-up' : 'stay';
    if (this.#holes < MOST_HOLES || nowMs - this.#lastMs < this.#apartMs) return 'stay';
    this.#freshMs = nowMs;
    this.#freshQuiet = 0;
    this.#freshLevel = new VoicedDetector();
    return 'open';
  }

  /** Takes the next frame of the fresh ear. */
  fresh(pcm: Pcm): EarAdvice {
    this.#freshQuiet = this.#freshLevel.push(pcm) ? 0 : this.#freshQuiet + 1;
    return Math.min(this.#quiet, this.#freshQuiet) < QUIET_FRAMES ? 'stay' : 'change';
  }

  /** There is no fresh ear any more: it took over, or was given up. */
  done(nowMs: number): void {
    const passedMs = nowMs - this.#lastMs;
    this.#apartMs =
      passedMs > 2 * MOST_APART_MS ? FIRST_APART_MS : Math.min(MOST_APART_MS, 2 * this.#apartMs);
    this.#lastMs = nowMs;
    this.#freshMs = undefined;
    this.#holes = 0;
  }
}

function isHole(pcm: Pcm): boolean {
  let run = 0;
  for (const sample of pcm) {
    run = sample === 0 ? run + 1 : 0;
    if (run >= HOLE_SAMPLES) return true;
  }
  return false;
}
