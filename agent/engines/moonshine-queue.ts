import type { Clock } from '../clock.js';

/** So many urgent jobs may go before a look that waits: emergency watching keeps its share. */
const MOST_BEFORE_LOOK = 4;
/** A look that has waited so long takes turns with them, so that there is one a second of each caller. */
const LATE_LOOK_MS = 300;

interface Waiting {
  readonly sinceMs: number;
  readonly run: () => Promise<unknown>;
}

/**
 * One job at a time, as the runtime blocks the thread anyway. What ends a turn goes before looks at
 * turns that go on.
 */
export class DecodingQueue {
  readonly #clock: Clock;
  #urgent: Waiting[] = [];
  #looks: Waiting[] = [];
  #urgentInRow = 0;
  #running = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether the end of another turn waits. */
  get crowded(): boolean {
    return this.#urgent.length > 0;
  }

  take<Result>(job: () => Promise<Result>): Promise<Result> {
    return this.#wait(this.#urgent, job);
  }

  look<Result>(job: () => Promise<Result>): Promise<Result> {
    return this.#wait(this.#looks, job);
  }

  /** Called from within a look: what ends a turn is done before the look goes on, as far as it has to wait. */
  async giveWay(): Promise<void> {
    // What came over the wire meanwhile must be seen first.
    await new Promise(setImmediate);
    while (this.#urgentInRow < MOST_BEFORE_LOOK) {
      const next = this.#urgent.shift();
      if (next === undefined) return;
      this.#urgentInRow += 1;
      await next.run();
    }
  }

  #wait<Result>(queue: Waiting[], job: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      const sinceMs = this.#clock.monotonic();
      queue.push({ sinceMs, run: () => job().then(resolve, reject) });
      if (!this.#running) void this.#runAll();
    });
  }

  async #runAll(): Promise<void> {
    this.#running = true;
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      await next.run();
      // What came over the wire meanwhile must be seen before the next job is chosen.
      await new Promise(setImmediate);
    }
    this.#running = false;
  }

  #next(): Waiting | undefined {
    const waitedMs = this.#clock.monotonic() - (this.#looks[0]?.sinceMs ?? Infinity);
    const mostBefore = waitedMs >= LATE_LOOK_MS ? 1 : MOST_BEFORE_LOOK;
    const looksTurn = this.#urgent.length === 0 || this.#urgentInRow >= mostBefore;
    const look = looksTurn ? this.#looks.shift() : undefined;
    this.#urgentInRow = look === undefined ? this.#urgentInRow + 1 : 0;
    return look ?? this.#urgent.shift();
  }
}
