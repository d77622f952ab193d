import type { Clock } from '../clock.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import { Later } from './later.js';

/** So long after a recording could not be destroyed it is tried again, in milliseconds. */
const AGAIN_MS = 30_000;

/**
 * Recordings that callers had erased while the disk or the store could not be written: they are destroyed
 * as soon as that can be done. What is owed when the process ends is told in the log by its id, for there
 * is nowhere to write it down.
 */
export class OwedDiscards {
  readonly #owed = new Set<string>();
  readonly #log: Log;
  readonly #destroy: (recording: string) => Promise<void>;
  readonly #again: Later;

  constructor(clock: Clock, log: Log, destroy: (recording: string) => Promise<void>) {
    this.#log = log;
    this.#destroy = destroy;
    this.#again = new Later(clock, AGAIN_MS, async () => {
      await this.#try();
      if (this.#owed.size > 0) this.#again.soon();
    });
  }

  owe(recording: string): void {
    this.#owed.add(recording);
    this.#again.soon();
  }

  /** Tries a last time. */
  async stop(): Promise<void> {
    await this.#again.stop();
    await this.#try();
    for (const recording of this.#owed) {
      this.#log.error('a recording that its caller had erased is still there: erase its call', {
        file: recording,
      });
    }
  }

  async #try(): Promise<void> {
    for (const recording of [...this.#owed]) {
      try {
        await this.#destroy(recording);
        this.#owed.delete(recording);
        this.#log.info('a recording is destroyed that could not be before', { file: recording });
      } catch (error) {
        this.#log.warn('a recording cannot be destroyed yet', {
          file: recording,
          reason: oneLine(error),
        });
      }
    }
  }
}
