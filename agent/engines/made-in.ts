import type { Pcm } from '../audio/frame.js';
import type { Clock } from '../clock.js';

/** Clauses as they come, and how long the last one was made, whoever waited between them. */
export class MadeIn {
  readonly clauses: AsyncGenerator<Pcm>;
  #lastMs = 0;

  constructor(clauses: AsyncGenerator<Pcm>, clock: Clock) {
    this.clauses = this.#timed(clauses, clock);
  }

  /** In milliseconds. */
  get lastMs(): number {
    return this.#lastMs;
  }

  async *#timed(clauses: AsyncGenerator<Pcm>, clock: Clock): AsyncGenerator<Pcm> {
    try {
      for (;;) {
        const from = clock.monotonic();
        const step = await clauses.next();
        this.#lastMs = clock.monotonic() - from;
        if (step.done === true) return;
        yield step.value;
      }
    } finally {
      await clauses.return(undefined);
    }
  }
}
