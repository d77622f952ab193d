import { createHmac, randomUUID } from 'node:crypto';
import type { CallKeys } from './call-keys.js';
import type { Database } from './database.js';
import type { Statement } from './protocol.js';

/** Somebody who calls, as they are known by number. */
export interface StoredContact {
  readonly id: string;
  readonly firstAt: number;
  readonly lastAt: number;
  /** Names that were told, the latest first. Empty when its key was erased. */
  readonly names: readonly string[];
  readonly numbers: readonly string[];
  readonly calls: number;
  /** A contact with an open message is a lead. */
  readonly openMessages: number;
}

interface Body {
  readonly names: readonly string[];
  readonly numbers: readonly string[];
}

interface Row {
  readonly id: string;
  readonly first_at: number;
  readonly last_at: number;
  readonly body: Uint8Array;
  readonly calls: number;
  readonly open_messages: number;
}

const SELECT = `SELECT id, first_at, last_at, body,
    (SELECT count(*) FROM call WHERE call.contact_id = contact.id) AS calls,
    (SELECT count(*) FROM message WHERE message.contact_id = contact.id
       AND message.state <> 'done') AS open_messages
  FROM contact`;

const sameName = (a: string, b: string): boolean =>
  a.localeCompare(b, undefined, { sensitivity: 'base' }) === 0;

/**
 * Callers across calls. Names and numbers are sealed under the contact's own key; a keyed hash of the
 * number finds it again. Two people on one telephone can be kept apart; their names then decide.
 */
export class Contacts {
  readonly #database: Database;
  readonly #keys: CallKeys;
  readonly #index: () => Uint8Array;
  /** One at a time: two calls of one number must not make two contacts. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(database: Database, keys: CallKeys, index: () => Uint8Array) {
    this.#database = database;
    this.#keys = keys;
    this.#index = index;
  }

  /** The contact of a number (E.164), made if it is new. `name` is what the caller is called. */
  recognise(number: string, at: number, name: string | undefined): Promise<string> {
    return this.#inTurn(async () => {
      const known = await this.#among(number, name);
      if (known === undefined) return this.#make(at, names(name), [number]);
      const { body } = known;
      const others = body.names.filter((one) => name === undefined || !sameName(one, name));
      await this.#rewrite(known.id, at, { ...body, names: [...names(name), ...others] });
      return known.id;
    });
  }

  /** Those who called last first. */
  async list(limit: number, leadsOnly: boolean): Promise<readonly StoredContact[]> {
    const rows = await this.#database.read<Row>(
      'main',
      `${SELECT} ${leadsOnly ? 'WHERE open_messages > 0' : ''} ORDER BY last_at DESC LIMIT ?`,
      limit,
    );
    return Promise.all(rows.map((row) => this.#open(row)));
  }

  async find(id: string): Promise<StoredContact | undefined> {
    const [row] = await this.#database.read<Row>('main', `${SELECT} WHERE id = ?`, id);
    return row === undefined ? undefined : this.#open(row);
  }

  /** Ids of the contacts of a number (E.164); several when staff kept them apart. */
  async ofNumber(number: string): Promise<readonly string[]> {
    const rows = await this.#database.read<{ contact_id: string }>(
      'main',
      'SELECT contact_id FROM contact_number WHERE number = ?',
      this.#hash(number),
    );
    return rows.map(({ contact_id: id }) => id);
  }

  /** Makes `from` and `into` one contact, `into`. */
  merge(from: string, into: string, at: number): Promise<void> {
    return this.#inTurn(async () => {
      const [one, other] = [await this.#body(from), await this.#body(into)];
      const body = {
        names: [...new Set([...other.names, ...one.names])],
        numbers: [...new Set([...other.numbers, ...one.numbers])],
      };
      const sealed = await this.#seal(into, body);
      await this.#database.write(
        'main',
        { sql: 'UPDATE call SET contact_id = ? WHERE contact_id = ?', values: [into, from] },
        { sql: 'UPDATE message SET contact_id = ? WHERE contact_id = ?', values: [into, from] },
        {
          sql: 'UPDATE OR IGNORE contact_number SET contact_id = ? WHERE contact_id = ?',
          values: [into, from],
        },
        { sql: 'DELETE FROM contact_number WHERE contact_id = ?', values: [from] },
        { sql: 'DELETE FROM contact WHERE id = ?', values: [from] },
        {
          sql: 'UPDATE contact SET body = ?, last_at = max(last_at, ?) WHERE id = ?',
          values: [sealed, at, into],
        },
      );
      await this.#keys.erase(keyOf(from));
    });
  }

  /** The keyed hash by which the contacts of a number (E.164) are found. */
  hashOf(number: string): Uint8Array {
    return this.#hash(number);
  }

  /** A contact of its own for somebody who shares the numbers of `from` and is called `name`. */
  keepApart(from: string, name: string, at: number): Promise<string> {
    return this.#inTurn(async () => {
      const body = await this.#body(from);
      const rest = body.names.filter((one) => !sameName(one, name));
      await this.#rewrite(from, undefined, { ...body, names: rest });
      return this.#make(at, [name], body.numbers);
    });
  }

  async #among(
    number: string,
    name: string | undefined,
  ): Promise<{ id: string; body: Body } | undefined> {
    const rows = await this.#database.read<{ id: string; body: Uint8Array }>(
      'main',
      `SELECT id, body FROM contact JOIN contact_number ON contact_id = id
       WHERE number = ? ORDER BY last_at DESC`,
      this.#hash(number),
    );
    const found = await Promise.all(
      rows.map(async ({ id, body }) => ({ id, body: await this.#read(id, body) })),
    );
    if (found.length < 2 || name === undefined) return found[0];
    // Kept apart by staff: only the name tells them from one another.
    return found.find(({ body }) => body.names.some((one) => sameName(one, name)));
  }

  async #make(at: number, told: readonly string[], numbers: readonly string[]): Promise<string> {
    const id = randomUUID();
    await this.#keys.make(keyOf(id));
    const body = await this.#seal(id, { names: told, numbers });
    const found = numbers.map((number): Statement => ({
      sql: 'INSERT INTO contact_number (contact_id, number) VALUES (?, ?)',
      values: [id, this.#hash(number)],
    }));
    await this.#database.write(
      'main',
      {
        sql: 'INSERT INTO contact (id, first_at, last_at, body) VALUES (?, ?, ?, ?)',
        values: [id, at, at, body],
      },
      ...found,
    );
    this.#keys.forget(keyOf(id));
    return id;
  }

  async #rewrite(id: string, at: number | undefined, body: Body): Promise<void> {
    await this.#database.write('main', {
      sql: 'UPDATE contact SET body = ?, last_at = max(last_at, ?) WHERE id = ?',
      values: [await this.#seal(id, body), at ?? 0, id],
    });
  }

  async #open(row: Row): Promise<StoredContact> {
    const { names: told, numbers } = await this.#read(row.id, row.body);
    return {
      id: row.id,
      firstAt: row.first_at,
      lastAt: row.last_at,
      names: told,
      numbers,
      calls: row.calls,
      openMessages: row.open_messages,
    };
  }

  async #body(id: string): Promise<Body> {
    const [row] = await this.#database.read<{ body: Uint8Array }>(
      'main',
      'SELECT body FROM contact WHERE id = ?',
      id,
    );
    return row === undefined ? NOBODY : this.#read(id, row.body);
  }

  async #read(id: string, sealed: Uint8Array): Promise<Body> {
    const text = await this.#keys.openIfKept(keyOf(id), sealed, 'contact');
    return text === undefined ? NOBODY : (JSON.parse(text) as Body);
  }

  #seal(id: string, body: Body): Promise<Uint8Array> {
    return this.#keys.sealText(keyOf(id), JSON.stringify(body), 'contact');
  }

  #hash(number: string): Uint8Array {
    return createHmac('sha256', this.#index()).update(number).digest();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work, work);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}

const NOBODY: Body = { names: [], numbers: [] };
const keyOf = (contact: string): string => `contact:${contact}`;
const names = (name: string | undefined): readonly string[] => (name === undefined ? [] : [name]);
