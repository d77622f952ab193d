import { setTimeout as sleep } from 'node:timers/promises';

/** Time as a dependency, so that tests can hold it. */
export interface Clock {
  /** Wall-clock time in milliseconds since 1970; may jump. For what is stored and for opening hours. */
  now(): number;
  /** Monotonic time in milliseconds from an arbitrary start; never jumps. For every duration. */
  monotonic(): number;
  /** Calls `run` once after `delay` milliseconds; the returned function cancels. */
  after(delay: number, run: () => void): () => void;
  /** Resolves after `delay` milliseconds. */
  sleep(delay: number): Promise<void>;
}

/**
 * The clock of the machine. `startAt` (milliseconds since 1970) shifts the wall clock so that the
 * process believes it started then; VESTIBULE_NOW uses it.
 */
export function systemClock(startAt?: number): Clock {
  const shift = startAt === undefined ? 0 : startAt - Date.now();
  return {
    now: () => Date.now() + shift,
    monotonic: () => performance.now(),
    after(delay, run) {
      const timer = setTimeout(run, delay);
      return () => {
        clearTimeout(timer);
      };
    },
    sleep: async (delay) => {
      await sleep(delay);
    },
  };
}

/** Resolves or rejects as `work` does, and with undefined after `ms`: whatever is late goes on unawaited. */
export async function within<T>(
  clock: Pick<Clock, 'after'>,
  ms: number,
  work: Promise<T>,
): Promise<T | undefined> {
  let cancel = (): void => undefined;
  const late = new Promise<undefined>((resolve) => {
    cancel = clock.after(ms, () => {
      resolve(undefined);
    });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    cancel();
  }
}
