import type { Clock } from '../../agent/clock.js';

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** A clock that a test moves: timers run in the order of their times, and only in `advance`. */
export class FakeClock implements Clock {
  #now = 0;
  #timers: Timer[] = [];

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  after(delay: number, run: () => void): () => void {
    const timer = { at: this.#now + delay, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  }

  sleep(delay: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(delay, resolve);
    });
  }

  /** Timers that have not run and were not cancelled. */
  get waiting(): number {
    return this.#timers.length;
  }

  /** Lets `ms` milliseconds pass. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const next = this.#timers
        .filter(({ at }) => at <= until)
        .reduce<Timer | undefined>(
          (first, one) => (first && first.at <= one.at ? first : one),
          undefined,
        );
      if (next === undefined) break;
      this.#timers = this.#timers.filter((one) => one !== next);
      this.#now = next.at;
      next.run();
    }
    this.#now = until;
  }
}
