import type { Database } from './database.js';
import { recordsErrors } from './errors.js';
import { newKey } from './keyring.js';
import { seal, unseal } from './seal.js';

/**
 * The keys of calls and contacts. Each call and each contact (as `contact:ID`) has its own, wrapped by
 * the root; those of its recordings (recording-keys.ts) are wrapped by it. Without its key a call is
 * unreadable, wherever copies of it lie.
 */
export class CallKeys {
  readonly #database: Database;
  readonly #wrapping: () => Uint8Array;
  readonly #live = new Map<string, Uint8Array>();

  constructor(database: Database, wrapping: () => Uint8Array) {
    this.#database = database;
    this.#wrapping = wrapping;
  }

  /** Makes the key of a new call and commits it before anything is sealed with it. */
  async make(call: string): Promise<Uint8Array> {
    const key = newKey();
    await this.#database.write('keys', {
      sql: 'INSERT INTO call_key (call_id, wrapped) VALUES (?, ?)',
      values: [call, seal(this.#wrapping(), key, `call-key:${call}`)],
    });
    this.#live.set(call, key);
    return key;
  }

  /** @throws RECORDS_KEY_ERASED */
  async of(call: string): Promise<Uint8Array> {
    const live = this.#live.get(call);
    if (live !== undefined) return live;
    const wrapped = await this.#wrapped('SELECT wrapped FROM call_key WHERE call_id = ?', call);
    if (wrapped === undefined) throw recordsErrors.make('KEY_ERASED', { place: call });
    return unseal(this.#wrapping(), wrapped, `call-key:${call}`);
  }

  /** The call is over: its key leaves memory. */
  forget(call: string): void {
    this.#live.delete(call);
  }

  /** Keeps the key in memory while `use` reads much that it seals. @throws RECORDS_KEY_ERASED */
  async lend<T>(call: string, use: () => Promise<T>): Promise<T> {
    if (this.#live.has(call)) return use();
    this.#live.set(call, await this.of(call));
    try {
      return await use();
    } finally {
      this.#live.delete(call);
    }
  }

  async sealText(call: string, text: string, what: string): Promise<Uint8Array> {
    return seal(await this.of(call), Buffer.from(text, 'utf8'), `${what}:${call}`);
  }

  async openText(call: string, sealed: Uint8Array, what: string): Promise<string> {
    return unseal(await this.of(call), sealed, `${what}:${call}`).toString('utf8');
  }

  /** Destroys the key of a call or contact, with those of its recordings. */
  async erase(call: string): Promise<void> {
    this.forget(call);
    await this.#database.write('keys', {
      sql: 'DELETE FROM call_key WHERE call_id = ?',
      values: [call],
    });
    await this.#database.purge('keys');
  }

  /** The same as `openText`, but undefined when the key was erased. */
  async openIfKept(call: string, sealed: Uint8Array, what: string): Promise<string | undefined> {
    try {
      return await this.openText(call, sealed, what);
    } catch (error) {
      if (recordsErrors.is(error, 'KEY_ERASED')) return undefined;
      throw error;
    }
  }

  async #wrapped(sql: string, id: string): Promise<Uint8Array | undefined> {
    const [row] = await this.#database.read<{ wrapped: Uint8Array }>('keys', sql, id);
    return row?.wrapped;
  }
}
