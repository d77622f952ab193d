import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Clock } from '../clock.js';
import { recordsErrors } from './errors.js';
import { storageError } from './sealed-writer.js';

/** Whom another process tells to have the store open. */
interface Holder {
  readonly pid: number;
  readonly what: string;
}

/** Locks of this process, by file: it may hold one several times. */
const held = new Map<string, { readonly database: Database.Database; times: number }>();

const EVERY_MS = 50;

/**
 * The store of an installation is open in one process at a time. The lock is one of the operating
 * system on a file in `run/` (SQLite's), so it goes with the process that holds it, however that ends,
 * and holds across containers that share the data folder. `run/store.holder` says who it is.
 */
export class StoreLock {
  readonly #file: string;
  readonly #holder: string;
  readonly #clock: Clock;

  /** `run` is the folder of sockets and process ids. */
  constructor(run: string, clock: Clock) {
    this.#file = join(run, 'store.lock');
    this.#holder = join(run, 'store.holder');
    this.#clock = clock;
  }

  /**
   * Takes the lock for `what`, such as the name of a command; waits up to `withinMs` for whoever holds
   * it. Call `release` as often as this. @throws RECORDS_STORE_IN_USE, which names the
   * process; RECORDS_DISK_FULL, RECORDS_NOT_WRITABLE
   */
  async take(what: string, withinMs: number): Promise<void> {
    const until = this.#clock.monotonic() + withinMs;
    while (!this.tryTake(what)) {
      if (this.#clock.monotonic() >= until) {
        throw recordsErrors.make('STORE_IN_USE', { place: this.#file, detail: this.#whose() });
      }
      await this.#clock.sleep(EVERY_MS);
    }
  }

  /** True when the lock was free, or is ours already. @throws RECORDS_DISK_FULL, RECORDS_NOT_WRITABLE */
  tryTake(what: string): boolean {
    const mine = held.get(this.#file);
    if (mine !== undefined) {
      mine.times += 1;
      return true;
    }
    let database: Database.Database | undefined;
    try {
      mkdirSync(join(this.#file, '..'), { recursive: true, mode: 0o700 });
      closeSync(openSync(this.#file, 'a', 0o600));
      database = new Database(this.#file, { timeout: 0 });
      database.pragma('journal_mode = MEMORY');
      database.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      database?.close();
      if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY') === true) return false;
      throw storageError(error, this.#file);
    }
    held.set(this.#file, { database, times: 1 });
    this.#tell({ pid: process.pid, what });
    return true;
  }

  /** Only for whoever comes second: on a full disk the lock counts without it. */
  #tell(holder: Holder): void {
    try {
      writeFileSync(`${this.#holder}.new`, JSON.stringify(holder), { mode: 0o600 });
      renameSync(`${this.#holder}.new`, this.#holder);
    } catch {
      rmSync(this.#holder, { force: true });
    }
  }

  /** Gives the lock back; nothing when it is not held. */
  release(): void {
    const mine = held.get(this.#file);
    if (mine === undefined) return;
    mine.times -= 1;
    if (mine.times > 0) return;
    held.delete(this.#file);
    rmSync(this.#holder, { force: true });
    mine.database.close();
  }

  #whose(): string {
    try {
      const { pid, what } = JSON.parse(readFileSync(this.#holder, 'utf8')) as Holder;
      return `${what}, process ${String(pid)}, has it open`;
    } catch {
      return 'another process has it open';
    }
  }
}
