interface Waiting {
  readonly dueMs: number;
  readonly run: () => Promise<unknown>;
}

/**
 * One clause at a time, as the runtime blocks the thread anyway: the one that is to be heard first comes
 * first, so that nobody's first word waits for what somebody else is to hear seconds later.
 */
export class VoiceQueue {
  #waiting: Waiting[] = [];
  #running = false;

  /** Runs `job` in its turn; `dueMs` is when its result is to be heard. */
  take<Result>(dueMs: number, job: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      const at = this.#waiting.findIndex((other) => other.dueMs > dueMs);
      const place = at < 0 ? this.#waiting.length : at;
      this.#waiting.splice(place, 0, { dueMs, run: () => job().then(resolve, reject) });
      if (!this.#running) void this.#runAll();
    });
  }

  async #runAll(): Promise<void> {
    this.#running = true;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      await next.run();
      // What came over the wire meanwhile must be seen before the next job is chosen.
      await new Promise(setImmediate);
    }
    this.#running = false;
  }
}
