import type { Clock } from '../clock.js';

/** So long after a caller's last word they hear something, in milliseconds: longer silence sounds dead. */
const MOMENT_MS = 2_500;
/** A turn that was only just noticed to be over is given so long to be understood. */
const LEAST_MS = 500;
/** How often it is looked whether it may be said now. */
const LOOK_MS = 100;

export interface MomentParts {
  /** Whether something was said that is not understood yet. */
  readonly pending: () => boolean;
  /** Whether nobody can be heard: neither the caller nor we. */
  readonly silent: () => boolean;
  /** It is time to say something; called once for what is awaited. */
  readonly due: () => void;
}

/**
 * Notices that a caller who has spoken waits too long to be understood, because a worker was lost or the
 * machine is busy.
 */
export class Moment {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #parts: MomentParts;
  #cancel: () => void = () => undefined;

  constructor(clock: Pick<Clock, 'after'>, parts: MomentParts) {
    this.#clock = clock;
    this.#parts = parts;
  }

  /** The caller has been silent for `silentMs`, and what was said is not known yet. */
  awaits(silentMs: number): void {
    this.end();
    this.#look(Math.max(LEAST_MS, MOMENT_MS - silentMs));
  }

  /** It is known, or the caller speaks again. */
  end(): void {
    this.#cancel();
  }

  #look(ms: number): void {
    this.#cancel = this.#clock.after(ms, () => {
      const { pending, silent, due } = this.#parts;
      if (!pending()) return;
      if (silent()) due();
      else this.#look(LOOK_MS);
    });
  }
}
