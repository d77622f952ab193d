import type { Clock } from '../clock.js';

const FIRST = 50;
const MOST = 1000;

/** Waiting times that double from 50 ms to 1 s; `reset` starts again. */
export class Backoff {
  #next = FIRST;

  /** The next waiting time in milliseconds. */
  next(): number {
    const now = this.#next;
    this.#next = Math.min(MOST, now * 2);
    return now;
  }

  reset(): void {
    this.#next = FIRST;
  }
}

/**
 * Runs `attempt` until it succeeds, `again` says no to its error, or `patience` milliseconds are
 * over; then throws the last error.
 */
export async function retried<Result>(
  clock: Clock,
  patience: number,
  again: (error: unknown) => boolean,
  attempt: () => Promise<Result>,
): Promise<Result> {
  const until = clock.monotonic() + patience;
  const backoff = new Backoff();
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const wait = backoff.next();
      if (!again(error) || clock.monotonic() + wait > until) throw error;
      await clock.sleep(wait);
    }
  }
}
