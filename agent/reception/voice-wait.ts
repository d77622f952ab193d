import type { Clock } from '../clock.js';

/** So long after all that came of a text was heard, it is told that it takes a moment, in milliseconds. */
const LATE_MS = 2_000;
/** And so long after it nobody waits any more: a voice that was killed speaks again by then. */
export const LOST_MS = 8_000;
/** How often it is looked whether what was paused goes on. */
const LOOK_MS = 500;

export interface VoiceWaitParts {
  /** When all that came so far will have been heard, monotonic; undefined while it is paused. */
  readonly heardUntil: () => number | undefined;
  /** Whoever listens has heard nothing for too long; called once in each silence. */
  readonly late: () => void;
  /** The rest is not waited for any more. Called once. */
  readonly lost: () => void;
}

/**
 * Notices that a voice leaves somebody in the middle of a text, or before its first word: its worker was
 * lost, hangs, or has too much to do.
 */
export class VoiceWait {
  readonly #clock: Pick<Clock, 'after' | 'monotonic'>;
  readonly #parts: VoiceWaitParts;
  #cancel: () => void = () => undefined;
  /** When the silence began in which it was told that it takes a moment. */
  #silentSince: number | undefined;

  constructor(clock: Pick<Clock, 'after' | 'monotonic'>, parts: VoiceWaitParts) {
    this.#clock = clock;
    this.#parts = parts;
  }

  /** A text begins, or more of it came. */
  begin(): void {
    this.#silentSince = undefined;
    this.#lookIn(LATE_MS);
  }

  /** All of it came, or nobody listens any more. */
  end(): void {
    this.#cancel();
  }

  #lookIn(ms: number): void {
    this.#cancel();
    this.#cancel = this.#clock.after(ms, () => {
      this.#look();
    });
  }

  #look(): void {
    const now = this.#clock.monotonic();
    const since = this.#silentSince ?? this.#parts.heardUntil();
    if (since === undefined) {
      this.#lookIn(LOOK_MS);
      return;
    }
    const told = this.#silentSince !== undefined;
    const leftMs = since + (told ? LOST_MS : LATE_MS) - now;
    if (leftMs > 0) {
      this.#lookIn(leftMs);
      return;
    }
    if (told) {
      this.#parts.lost();
      return;
    }
    this.#silentSince = since;
    this.#lookIn(LOST_MS - LATE_MS);
    this.#parts.late();
  }
}
