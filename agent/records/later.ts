import type { Clock } from '../clock.js';

/** Work that is done once, some time after it was last needed and never twice at a time. */
export class Later {
  readonly #clock: Clock;
  readonly #afterMs: number;
  readonly #work: () => Promise<void>;
  #cancel: (() => void) | undefined;
  #working: Promise<void> = Promise.resolve();

  /** `work` must not fail. */
  constructor(clock: Clock, afterMs: number, work: () => Promise<void>) {
    this.#clock = clock;
    this.#afterMs = afterMs;
    this.#work = work;
  }

  soon(): void {
    this.#cancel ??= this.#clock.after(this.#afterMs, () => {
      this.#cancel = undefined;
      this.#working = this.#working.then(this.#work);
    });
  }

  /** What waits is not done; resolves when what was begun is. */
  async stop(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    await this.#working;
  }
}
