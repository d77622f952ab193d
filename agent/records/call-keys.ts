import type { Database } from './database.js';
import { recordsErrors } from './errors.js';
import { newKey, seal, unseal } from './keyring.js';

/** The keys of calls: each call has its own, wrapped by the root; without it the call is unreadable. */
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
    const [row] = await this.#database.read<{ wrapped: Uint8Array }>(
      'keys',
      'SELECT wrapped FROM call_key WHERE call_id = ?',
      call,
    );
    if (row === undefined) throw recordsErrors.make('KEY_ERASED', { place: call });
    return unseal(this.#wrapping(), row.wrapped, `call-key:${call}`);
  }

  /** The call is over: its key leaves memory. */
  forget(call: string): void {
    this.#live.delete(call);
  }

  async sealText(call: string, text: string, what: string): Promise<Uint8Array> {
    return seal(await this.of(call), Buffer.from(text, 'utf8'), `${what}:${call}`);
  }

  async openText(call: string, sealed: Uint8Array, what: string): Promise<string> {
    return unseal(await this.of(call), sealed, `${what}:${call}`).toString('utf8');
  }
}
