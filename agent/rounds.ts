import type { Clock } from './clock.js';

export interface RoundsParts {
  readonly clock: Pick<Clock, 'after'>;
  /** Between the end of a round and the next one, in milliseconds. */
  readonly everyMs: number;
  readonly round: () => Promise<void>;
  /** A round failed; the next one comes nevertheless. Must not throw. */
  readonly failed: (error: unknown) => void;
}

/** What is looked after again and again, one round at a time, from `start` to `stop`. */
export class Rounds {
  readonly #parts: RoundsParts;
  #cancel: (() => void) | undefined;
  #under: Promise<void> = Promise.resolve();

  constructor(parts: RoundsParts) {
    this.#parts = parts;
  }

  get running(): boolean {
    return this.#cancel !== undefined;
  }

  /** The first round begins after `firstMs`. Nothing if it is under way. */
  start(firstMs = this.#parts.everyMs): void {
    if (!this.running) this.#next(firstMs);
  }

  /** No round begins any more; resolves when the one under way has ended. */
  async stop(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    await this.#under;
  }

  #next(ms: number): void {
    const { clock, everyMs, round, failed } = this.#parts;
    this.#cancel = clock.after(ms, () => {
      this.#under = round().catch(failed);
      void this.#under.then(() => {
        if (this.running) this.#next(everyMs);
      });
    });
  }
}
