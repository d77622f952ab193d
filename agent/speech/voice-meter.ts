import type { TurnState } from './turn.js';

/**
 * A cough, a knock and a word said in passing are shorter, in milliseconds (docs/benchmarks/barge-in.md:
 * 640 at most, where sentences that interrupt take 860 and more).
 */
const LEAST_MS = 1_000;
/** Mean probability of speech from which it is surely a voice: noise has 0.6 at most. */
const LEAST_MEAN = 0.7;

/** How surely a turn was a voice, whether or not words were heard in it. */
export class VoiceMeter {
  #sum = 0;
  #windows = 0;
  #startedMs = -1;

  /** A window of the turn in `state` that has just been judged. */
  window(probability: number, { phase, startedMs }: TurnState): void {
    if (phase === 'idle') return;
    if (startedMs !== this.#startedMs) [this.#sum, this.#windows] = [0, 0];
    this.#startedMs = startedMs;
    // Silence between words and behind them says nothing.
    if (phase !== 'speaking') return;
    this.#sum += probability;
    this.#windows += 1;
  }

  /** Whether the last turn, of `lengthMs`, was surely somebody who spoke. */
  isSure(lengthMs: number): boolean {
    return lengthMs >= LEAST_MS && this.#sum >= LEAST_MEAN * this.#windows;
  }
}
