/** So many urgent jobs may go before a look that waits: emergency watching keeps its share. */
const MOST_BEFORE_LOOK = 4;

interface Waiting {
  readonly run: () => Promise<unknown>;
}

/**
 * One job at a time, as the runtime blocks the thread anyway. What ends a turn goes before looks at
 * turns that go on.
 */
export class DecodingQueue {
  #urgent: Waiting[] = [];
  #looks: Waiting[] = [];
  #urgentInRow = 0;
  #running = false;

  /** Whether a job would have to wait. */
  get busy(): boolean {
    return this.#running;
  }

  take<Result>(job: () => Promise<Result>): Promise<Result> {
    return this.#wait(this.#urgent, job);
  }

  look<Result>(job: () => Promise<Result>): Promise<Result> {
    return this.#wait(this.#looks, job);
  }

  #wait<Result>(queue: Waiting[], job: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      queue.push({ run: () => job().then(resolve, reject) });
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
    const looksTurn = this.#urgent.length === 0 || this.#urgentInRow >= MOST_BEFORE_LOOK;
    const look = looksTurn ? this.#looks.shift() : undefined;
    this.#urgentInRow = look === undefined ? this.#urgentInRow + 1 : 0;
    return look ?? this.#urgent.shift();
  }
}
