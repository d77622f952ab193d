import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import { recordsErrors } from './errors.js';
import type { NewCall, NewMessage } from './ports.js';
import { storageError } from './sealed-writer.js';
import {
  entriesOf,
  prepareSpool,
  readEntry,
  recipientOf,
  removeEntry,
  setAside,
  writeEntry,
  type Spooled,
} from './spool-file.js';

/** What a message that waited is stored with. */
export interface SpoolTarget {
  /** Stores the call unless it is there; false when it was erased since. */
  readonly call: (call: NewCall) => Promise<boolean>;
  /** Stores the message unless a later one of the same number is there. */
  readonly message: (message: NewMessage) => Promise<void>;
}

/**
 * Where messages wait while the store or its key cannot be had, each sealed for a key that only the
 * root key gives: what is kept here can be read by nobody until then.
 */
export class Spool {
  readonly #folder: string;
  readonly #log: Log;
  /** Calls that are being held, as they would be stored. */
  readonly #calls = new Map<string, NewCall>();
  /** Calls of which the store knows nothing: their messages wait too. */
  readonly #apart = new Set<string>();
  #count = 0;

  constructor(folder: string, log: Log) {
    this.#folder = folder;
    this.#log = log;
  }

  /** Whether anything can be kept: the store was open here once. */
  get ready(): boolean {
    return recipientOf(this.#folder) !== undefined;
  }

  /** A call begins; `stored` tells whether the store has it. */
  began(call: NewCall, stored: boolean): void {
    this.#calls.set(call.id, call);
    if (!stored) this.#apart.add(call.id);
  }

  over(call: string): void {
    this.#calls.delete(call);
    this.#apart.delete(call);
  }

  /** Whether the store does not have that call. */
  isApart(call: string): boolean {
    return this.#apart.has(call);
  }

  /**
   * Keeps a message until the store is there; resolves when it is on the disk.
   * @throws `cause` if nobody could ever read it, RECORDS_DISK_FULL, RECORDS_NOT_WRITABLE
   */
  async keep(message: NewMessage, cause: unknown): Promise<void> {
    const recipient = recipientOf(this.#folder);
    const call = this.#calls.get(message.call);
    if (recipient === undefined || call === undefined) throw cause;
    this.#count += 1;
    const order = `${String(message.at).padStart(15, '0')}-${String(this.#count).padStart(6, '0')}`;
    try {
      await writeEntry(this.#folder, recipient, order, { version: 1, call, message });
    } catch (error) {
      throw storageError(error, this.#folder);
    }
    this.#log.warn('a message waits for the store', {
      call: message.call,
      reason: oneLine(cause),
    });
  }

  /** The store is open: takes in what waited. Returns how many messages. */
  async merge(identity: string, target: SpoolTarget): Promise<number> {
    let merged = 0;
    for (const file of entriesOf(this.#folder)) {
      let entry: Spooled;
      try {
        entry = await readEntry(file, identity);
      } catch (cause) {
        // Another process took it in.
        if ((cause as NodeJS.ErrnoException).code === 'ENOENT') continue;
        const error = recordsErrors.make('SPOOL_DAMAGED', { place: file, cause });
        this.#log.error('a message that waited is damaged', { reason: oneLine(error) });
        setAside(this.#folder, file);
        continue;
      }
      if (await target.call(entry.call)) await target.message(entry.message);
      this.#apart.delete(entry.call.id);
      await removeEntry(this.#folder, file);
      merged += 1;
    }
    await prepareSpool(this.#folder, identity);
    if (merged > 0) this.#log.info('messages that waited are stored', { count: merged });
    return merged;
  }
}
