import { copyFile, readdir, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import { Rounds } from '../rounds.js';
import type { Ari } from './ari.js';

/** Asterisk's own logs, by the names in logger.conf. Addresses and names that strangers sent are in them. */
const OF_ASTERISK = ['messages', 'security'] as const;
const LOOK_MS = 3_600_000;
const DAY_MS = 24 * 3_600_000;
/** A log that is longer is cut before its day is over. */
export const MOST_BYTES = 10_000_000;
/** Days, or pieces, that are kept. */
const KEPT = 7;

export interface LogKeeperParts {
  /** Asterisk's folder of logs. */
  readonly asterisk: string;
  /** What the supervisor's children say, `*.log`, is appended here. */
  readonly run: string;
  readonly ari: Pick<Ari, 'up' | 'rotateLog'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Cuts logs every day, or when they are long, and keeps seven pieces of each. Calls go on whatever fails. */
export class LogKeeper {
  readonly #parts: LogKeeperParts;
  readonly #rounds: Rounds;

  constructor(parts: LogKeeperParts) {
    this.#parts = parts;
    this.#rounds = new Rounds({
      ...{ clock: parts.clock, everyMs: LOOK_MS, round: () => this.look() },
      failed(error) {
        parts.log.warn('logs could not be cut', { reason: oneLine(error) });
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

  /** Looks once at every log. */
  async look(): Promise<void> {
    const { asterisk, run, ari } = this.#parts;
    for (const name of OF_ASTERISK) {
      if (!ari.up || !(await this.#isDue(join(asterisk, name), `${name}.0`))) continue;
      await ari.rotateLog(name);
      await this.#drop(asterisk, name);
    }
    for (const name of (await readdir(run)).filter((file) => file.endsWith('.log'))) {
      const path = join(run, name);
      if ((await stat(path)).size <= MOST_BYTES) continue;
      // Whoever writes it appends: it goes on in the emptied file.
      await copyFile(path, `${path}.0`);
      await truncate(path);
    }
  }

  async #isDue(path: string, before: string): Promise<boolean> {
    const now = await stat(path).catch(() => undefined);
    if (now === undefined || now.size === 0) return false;
    if (now.size > MOST_BYTES) return true;
    const last = await stat(join(path, '..', before)).catch(() => undefined);
    return this.#parts.clock.now() - (last?.ctimeMs ?? now.birthtimeMs) > DAY_MS;
  }

  /** Asterisk numbers its pieces and never takes one away. */
  async #drop(folder: string, name: string): Promise<void> {
    for (const file of await readdir(folder)) {
      const number = new RegExp(`^${name}\\.(\\d+)$`, 'u').exec(file)?.[1];
      if (number !== undefined && Number(number) >= KEPT) await rm(join(folder, file));
    }
  }
}
