import type { CallKeys } from './call-keys.js';
import type { Calls, StoredUtterance } from './calls.js';
import type { Database } from './database.js';
import { recordsErrors } from './errors.js';
import type { Messages, StoredMessage } from './messages.js';

/** A call with all that was said in it. */
export interface WholeCall {
  readonly id: string;
  readonly startedAt: number;
  readonly over: boolean;
  readonly contact: string | undefined;
  readonly callerNumber: string | undefined;
  readonly utterances: readonly StoredUtterance[];
  readonly messages: readonly StoredMessage[];
}

interface Row {
  readonly rowid: number;
  readonly id: string;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly contact_id: string | null;
}

const BATCH = 500;

/** The store seen from a person: every call whole, and what hangs on calls and contacts. */
export class Subjects {
  readonly #database: Database;
  readonly #keys: CallKeys;
  readonly #calls: Calls;
  readonly #messages: Messages;

  constructor(database: Database, keys: CallKeys, calls: Calls, messages: Messages) {
    this.#database = database;
    this.#keys = keys;
    this.#calls = calls;
    this.#messages = messages;
  }

  /** Every call, oldest first. Those whose key is gone are left out. */
  async *calls(): AsyncGenerator<WholeCall> {
    for (let last = 0; ;) {
      const rows: readonly Row[] = await this.#database.read<Row>(
        'main',
        `SELECT rowid, id, started_at, ended_at, contact_id FROM call
         WHERE rowid > ? ORDER BY rowid LIMIT ${String(BATCH)}`,
        last,
      );
      for (const row of rows) {
        const call = await this.#whole(row);
        if (call !== undefined) yield call;
      }
      if (rows.length < BATCH) return;
      last = rows.at(-1)?.rowid ?? last;
    }
  }

  /** Undefined when there is no such call, or its key is gone. */
  async call(id: string): Promise<WholeCall | undefined> {
    const [row] = await this.#database.read<Row>(
      'main',
      'SELECT rowid, id, started_at, ended_at, contact_id FROM call WHERE id = ?',
      id,
    );
    return row && this.#whole(row);
  }

  async ofContact(contact: string): Promise<readonly string[]> {
    const rows = await this.#database.read<{ id: string }>(
      'main',
      'SELECT id FROM call WHERE contact_id = ? ORDER BY rowid',
      contact,
    );
    return rows.map(({ id }) => id);
  }

  async recordingsOf(calls: readonly string[]): Promise<readonly string[]> {
    const rows = await this.#database.read<{ id: string }>(
      'main',
      'SELECT id FROM recording WHERE call_id IN (SELECT value FROM json_each(?))',
      JSON.stringify(calls),
    );
    return rows.map(({ id }) => id);
  }

  async #whole(row: Row): Promise<WholeCall | undefined> {
    const { id } = row;
    try {
      return await this.#keys.lend(id, async () => ({
        ...{ id, startedAt: row.started_at, over: row.ended_at !== null },
        contact: row.contact_id ?? undefined,
        callerNumber: await this.#calls.callerNumber(id),
        utterances: await this.#calls.utterances(id),
        messages: await this.#messages.ofCall(id),
      }));
    } catch (error) {
      if (recordsErrors.is(error, 'KEY_ERASED')) return undefined;
      throw error;
    }
  }
}
