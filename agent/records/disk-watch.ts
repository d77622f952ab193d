import { statfs } from 'node:fs/promises';
import type { Clock } from '../clock.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import { Rounds } from '../rounds.js';
import type { Alarms } from './alarms.js';

/** How often the disk is looked at: whoever is told has to know within a minute. */
export const LOOK_MS = 20_000;
/** Room below which it is told where no reserve is kept, in bytes. */
const LEAST = 200_000_000;
/** So much more than the reserve has to be free again, or each recording that is deleted would be news. */
const ENOUGH = 1.1;

export interface DiskWatchParts {
  /** Any folder of the disk that is looked at. */
  readonly folder: string;
  /** `records.reserveMegabytes`. */
  readonly reserveMegabytes: number;
  readonly alarms: Pick<Alarms, 'report'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Tells that the disk is full, and once that it has room again, also while nobody calls: recordings end
 * at the reserve, and who could free space would learn of it by the next recording that is missing.
 */
export class DiskWatch {
  readonly #parts: DiskWatchParts;
  readonly #least: number;
  #full = false;
  /** Whether it was told at all since the start: an earlier life may have left an alarm. */
  #told = false;
  readonly #rounds: Rounds;

  constructor(parts: DiskWatchParts) {
    this.#parts = parts;
    this.#least = parts.reserveMegabytes === 0 ? LEAST : parts.reserveMegabytes * 1_000_000;
    this.#rounds = new Rounds({
      ...{ clock: parts.clock, everyMs: LOOK_MS, round: () => this.#look() },
      failed(error) {
        parts.log.debug('the disk was not looked at', { reason: oneLine(error) });
      },
    });
  }

  start(): Promise<void> {
    this.#rounds.start(0);
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  async #look(): Promise<void> {
    const { folder, alarms, log } = this.#parts;
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    const before = this.#full;
    this.#full = free < (before ? this.#least * ENOUGH : this.#least);
    if (this.#full && !before) {
      log.error('the disk is full: recordings end', { code: 'RECORDS_DISK_FULL', bytes: free });
    }
    if (!this.#full && before) log.info('the disk has room again', { bytes: free });
    // While it is full again and again: on a disk without a byte left an alarm cannot be stored, and is tried anew.
    if (this.#full || before || !this.#told) alarms.report('disk', !this.#full);
    this.#told = true;
  }
}
