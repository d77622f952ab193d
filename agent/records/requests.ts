import { createHmac, randomInt, randomUUID, timingSafeEqual } from 'node:crypto';
import type { CallKeys } from './call-keys.js';
import type { Database } from './database.js';

/** What somebody asks for under the GDPR, in the words of its articles 15 to 21. */
export const REQUEST_KINDS = [
  ...['access', 'erasure', 'correction', 'restriction', 'portability', 'objection', 'other'],
] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

export type RequestState = 'open' | 'verified' | 'done' | 'refused';

/** Who asks, and how they can be reached. Sealed under the request's own key. */
export interface RequestBody {
  readonly name?: string | undefined;
  readonly number?: string | undefined;
  readonly email?: string | undefined;
  readonly note?: string | undefined;
}

export interface StoredRequest {
  readonly id: number;
  readonly kind: string;
  readonly state: RequestState;
  readonly via: 'voice' | 'staff';
  readonly receivedAt: number;
  readonly dueAt: number;
  readonly extended: { readonly at: number; readonly why: string } | undefined;
  /** Id of the message in which it was said. */
  readonly message: string | undefined;
  readonly verified: { readonly at: number; readonly by: string; readonly how: string } | undefined;
  readonly closed:
    { readonly at: number; readonly by: string; readonly outcome: string } | undefined;
  /** Undefined when its key was erased. */
  readonly body: RequestBody | undefined;
}

interface Row {
  readonly id: number;
  readonly uid: string;
  readonly kind: string;
  readonly state: RequestState;
  readonly via: 'voice' | 'staff';
  readonly received_at: number;
  readonly due_at: number;
  readonly extended_at: number | null;
  readonly extended_why: string | null;
  readonly from_message: string | null;
  readonly body: Uint8Array;
  readonly code: Uint8Array | null;
  readonly code_until: number | null;
  readonly code_tries: number;
  readonly verified_at: number | null;
  readonly verified_by: string | null;
  readonly verified_how: string | null;
  readonly closed_at: number | null;
  readonly closed_by: string | null;
  readonly outcome: string | null;
}

/** How a call-back code was answered. */
export type CodeAnswer = 'right' | 'wrong' | 'none' | 'too-late' | 'too-often';

const CODE_DAYS = 7;
const CODE_TRIES = 5;
const DAY_MS = 86_400_000;

/** The queue of what people ask for concerning their data. */
export class Requests {
  readonly #database: Database;
  readonly #keys: CallKeys;
  readonly #codeKey: () => Uint8Array;

  constructor(database: Database, keys: CallKeys, codeKey: () => Uint8Array) {
    this.#database = database;
    this.#keys = keys;
    this.#codeKey = codeKey;
  }

  /** Returns its number. One that comes from a message again replaces what was known of it. */
  async take(request: {
    readonly kind: string;
    readonly via: 'voice' | 'staff';
    readonly receivedAt: number;
    readonly dueAt: number;
    readonly message?: string | undefined;
    readonly body: RequestBody;
  }): Promise<number> {
    const { kind, via, receivedAt, dueAt, message, body } = request;
    const [known] =
      message === undefined
        ? []
        : await this.#rows('SELECT * FROM request WHERE from_message = ?', message);
    if (known !== undefined) {
      const sealed = await this.#seal(known.uid, body);
      await this.#database.write('main', {
        sql: 'UPDATE request SET kind = ?, body = ? WHERE id = ?',
        values: [known.kind === 'other' ? kind : known.kind, sealed, known.id],
      });
      return known.id;
    }
    const uid = randomUUID();
    await this.#keys.make(keyOf(uid));
    const sealed = await this.#seal(uid, body);
    this.#keys.forget(keyOf(uid));
    const { lastId } = await this.#database.write('main', {
      sql: `INSERT INTO request (uid, kind, state, via, received_at, due_at, from_message, body)
            VALUES (?, ?, 'open', ?, ?, ?, ?, ?)`,
      values: [uid, kind, via, receivedAt, dueAt, message ?? null, sealed],
    });
    return lastId;
  }

  async find(id: number): Promise<StoredRequest | undefined> {
    const [row] = await this.#rows('SELECT * FROM request WHERE id = ?', id);
    return row && this.#open(row);
  }

  /** Those due first come first. */
  async list(all: boolean): Promise<readonly StoredRequest[]> {
    const rows = await this.#rows(
      `SELECT * FROM request ${all ? '' : 'WHERE closed_at IS NULL'} ORDER BY due_at, id`,
    );
    return Promise.all(rows.map((row) => this.#open(row)));
  }

  async setKind(id: number, kind: RequestKind): Promise<void> {
    await this.#set(id, 'kind = ?', kind);
  }

  async extend(id: number, dueAt: number, at: number, why: string): Promise<void> {
    await this.#set(id, 'due_at = ?, extended_at = ?, extended_why = ?', dueAt, at, why);
  }

  /** A new code of six digits, of which only a keyed hash is kept. It lasts a week. */
  async newCode(id: number, at: number): Promise<string> {
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    const until = at + CODE_DAYS * DAY_MS;
    await this.#set(id, 'code = ?, code_until = ?, code_tries = 0', this.#hash(id, code), until);
    return code;
  }

  /** Tries a code; a right one, or five wrong ones, use it up. */
  async tryCode(id: number, code: string, at: number): Promise<CodeAnswer> {
    // Counted before it is compared: two that try at once have no more tries than one.
    await this.#set(id, 'code_tries = code_tries + 1');
    const [row] = await this.#rows('SELECT * FROM request WHERE id = ?', id);
    if (row?.code === null || row === undefined) return 'none';
    if (row.code_tries > CODE_TRIES) return 'too-often';
    if ((row.code_until ?? 0) < at) return 'too-late';
    if (!timingSafeEqual(Buffer.from(row.code), this.#hash(id, code))) return 'wrong';
    await this.#set(id, 'code = NULL');
    return 'right';
  }

  async verified(id: number, by: string, how: string, at: number): Promise<void> {
    await this.#set(
      id,
      `state = 'verified', verified_at = ?, verified_by = ?, verified_how = ?`,
      ...[at, by, how],
    );
  }

  async close(
    id: number,
    state: 'done' | 'refused',
    closed: { at: number; by: string; outcome: string },
  ): Promise<void> {
    await this.#set(
      id,
      'state = ?, closed_at = ?, closed_by = ?, outcome = ?',
      ...[state, closed.at, closed.by, closed.outcome],
    );
  }

  /** Takes out what was closed before `at`, with its key; returns how many. */
  async forgetBefore(at: number): Promise<number> {
    const rows = await this.#rows('SELECT * FROM request WHERE closed_at < ?', at);
    for (const { id, uid } of rows) {
      await this.#keys.erase(keyOf(uid));
      await this.#database.write('main', { sql: 'DELETE FROM request WHERE id = ?', values: [id] });
    }
    return rows.length;
  }

  #rows(sql: string, ...values: (string | number)[]): Promise<readonly Row[]> {
    return this.#database.read<Row>('main', sql, ...values);
  }

  async #set(id: number, change: string, ...values: (string | number | Uint8Array)[]) {
    await this.#database.write('main', {
      sql: `UPDATE request SET ${change} WHERE id = ?`,
      values: [...values, id],
    });
  }

  #seal(uid: string, body: RequestBody): Promise<Uint8Array> {
    return this.#keys.sealText(keyOf(uid), JSON.stringify(body), 'request');
  }

  #hash(id: number, code: string): Buffer {
    return createHmac('sha256', this.#codeKey())
      .update(`${String(id)}:${code}`)
      .digest();
  }

  async #open(row: Row): Promise<StoredRequest> {
    const text = await this.#keys.openIfKept(keyOf(row.uid), row.body, 'request');
    return {
      ...{ id: row.id, kind: row.kind, state: row.state, via: row.via },
      receivedAt: row.received_at,
      dueAt: row.due_at,
      extended:
        row.extended_at === null ? undefined : { at: row.extended_at, why: row.extended_why ?? '' },
      message: row.from_message ?? undefined,
      verified:
        row.verified_at === null
          ? undefined
          : { at: row.verified_at, by: row.verified_by ?? '', how: row.verified_how ?? '' },
      closed:
        row.closed_at === null
          ? undefined
          : { at: row.closed_at, by: row.closed_by ?? '', outcome: row.outcome ?? '' },
      body: text === undefined ? undefined : (JSON.parse(text) as RequestBody),
    };
  }
}

const keyOf = (uid: string): string => `request:${uid}`;
