import { statfs } from 'node:fs/promises';
import { recordsErrors } from './errors.js';

/** How often the disk is asked, in milliseconds: recordings of all calls together fill 64 kB a second each. */
const ASK_MS = 5_000;

/**
 * Keeps room on the disk for what is small and must not be lost, messages before all: recordings end
 * when less than the reserve is free.
 */
export class DiskReserve {
  readonly #folder: string;
  readonly #bytes: number;
  #askedAt = -Infinity;
  #free = Infinity;

  constructor(folder: string, megabytes: number) {
    this.#folder = folder;
    this.#bytes = megabytes * 1_000_000;
  }

  /** @throws RECORDS_DISK_FULL when only the reserve is left */
  async check(): Promise<void> {
    if (this.#bytes === 0) return;
    if (performance.now() - this.#askedAt > ASK_MS) {
      this.#askedAt = performance.now();
      try {
        const { bavail, bsize } = await statfs(this.#folder);
        this.#free = bavail * bsize;
      } catch {
        // Not there yet, or not to be asked: writing tells what is wrong.
        this.#free = Infinity;
      }
    }
    if (this.#free >= this.#bytes) return;
    const free = String(Math.round(this.#free / 1_000_000));
    throw recordsErrors.make('DISK_FULL', {
      place: this.#folder,
      detail: `${free} MB are free, which records.reserveMegabytes keeps for messages`,
    });
  }
}
