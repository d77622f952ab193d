import { createHmac, randomUUID } from 'node:crypto';
import type { CallKeys } from './call-keys.js';
import type { Database } from './database.js';

/** `no-record`: calls of this number are never recorded. `no-assistant`: they go to people. */
export type ObjectionKind = 'no-record' | 'no-assistant';

export interface StoredObjection {
  readonly id: string;
  readonly kind: ObjectionKind;
  /** E.164; undefined when its key is gone. */
  readonly number: string | undefined;
  readonly at: number;
  readonly by: string;
}

/**
 * The numbers of people who objected (GDPR Art. 21), found by a keyed hash; the number itself is
 * sealed under a key of its own.
 */
export class Objections {
  readonly #database: Database;
  readonly #keys: CallKeys;
  readonly #index: () => Uint8Array;

  constructor(database: Database, keys: CallKeys, index: () => Uint8Array) {
    this.#database = database;
    this.#keys = keys;
    this.#index = index;
  }

  /** False when it was on the list already. */
  async add(number: string, kind: ObjectionKind, at: number, by: string): Promise<boolean> {
    if ((await this.of(number)).includes(kind)) return false;
    const id = randomUUID();
    await this.#keys.make(keyOf(id));
    const body = await this.#keys.sealText(keyOf(id), number, 'objection');
    this.#keys.forget(keyOf(id));
    await this.#database.write('main', {
      sql: `INSERT INTO objection (id, number, kind, at, placed_by, body)
            VALUES (?, ?, ?, ?, ?, ?)`,
      values: [id, this.#hash(number), kind, at, by, body],
    });
    return true;
  }

  /** Whether it was on the list. */
  async remove(number: string, kind: ObjectionKind): Promise<boolean> {
    const rows = await this.#database.read<{ id: string }>(
      'main',
      'SELECT id FROM objection WHERE number = ? AND kind = ?',
      this.#hash(number),
      kind,
    );
    for (const { id } of rows) {
      await this.#keys.erase(keyOf(id));
      await this.#database.write('main', {
        sql: 'DELETE FROM objection WHERE id = ?',
        values: [id],
      });
    }
    return rows.length > 0;
  }

  /** What the owner of a number (E.164) objects to. */
  async of(number: string): Promise<readonly ObjectionKind[]> {
    const rows = await this.#database.read<{ kind: ObjectionKind }>(
      'main',
      'SELECT kind FROM objection WHERE number = ? ORDER BY kind',
      this.#hash(number),
    );
    return rows.map(({ kind }) => kind);
  }

  async list(): Promise<readonly StoredObjection[]> {
    const rows = await this.#database.read<{
      id: string;
      kind: ObjectionKind;
      at: number;
      placed_by: string;
      body: Uint8Array;
    }>('main', 'SELECT id, kind, at, placed_by, body FROM objection ORDER BY at, rowid');
    return Promise.all(
      rows.map(async ({ id, kind, at, placed_by: by, body }) => ({
        ...{ id, kind, at, by },
        number: await this.#keys.openIfKept(keyOf(id), body, 'objection'),
      })),
    );
  }

  #hash(number: string): Uint8Array {
    return createHmac('sha256', this.#index()).update(number).digest();
  }
}

const keyOf = (objection: string): string => `objection:${objection}`;
