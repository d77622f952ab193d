import type { AuditLog } from './audit-log.js';
import type { CallKeys } from './call-keys.js';
import type { Database } from './database.js';
import type { Erasures } from './erasure.js';
import { HELD_CALLS } from './holds.js';
import type { Requests } from './requests.js';

export const CATEGORIES = [
  ...['audio', 'transcript', 'message', 'metadata', 'account', 'logs'],
] as const;
export type Category = (typeof CATEGORIES)[number];

/** What is past its time in one category. */
export interface Due {
  /** Recordings, calls, messages, contacts, or rows of logs. */
  readonly ids: readonly string[];
  /** How many more stay because of a legal hold. */
  readonly held: number;
}

export interface RetentionParts {
  readonly database: Database;
  readonly keys: CallKeys;
  readonly erasures: Erasures;
  readonly audit: AuditLog;
  readonly requests: Requests;
}

/** What is due counts from the stored time of the call, never from the times of files. */
const CALLS_DUE = 'call.started_at < ? AND call.ended_at IS NOT NULL';

/** Each gives `id` and `held`. The parameter is the time before which a call must have begun. */
const QUERIES: Readonly<Record<Category, string>> = {
  audio: `SELECT recording.id, call.id IN (${HELD_CALLS}) AS held
    FROM recording JOIN call ON call.id = call_id WHERE ${CALLS_DUE} AND state <> 'discarded'`,
  transcript: `SELECT id, id IN (${HELD_CALLS}) AS held FROM call WHERE ${CALLS_DUE} AND (
    record IS NOT NULL
    OR EXISTS (SELECT 1 FROM utterance WHERE call_id = call.id)
    OR EXISTS (SELECT 1 FROM decision WHERE call_id = call.id)
    OR EXISTS (SELECT 1 FROM guardian WHERE call_id = call.id))`,
  message: `SELECT message.id, call.id IN (${HELD_CALLS}) AS held
    FROM message JOIN call ON call.id = call_id WHERE ${CALLS_DUE}`,
  metadata: `SELECT id, id IN (${HELD_CALLS}) AS held FROM call WHERE ${CALLS_DUE}`,
  account: `SELECT id, EXISTS (SELECT 1 FROM freeze WHERE contact_id = contact.id
      AND kind = 'hold' AND lifted_at IS NULL) AS held
    FROM contact WHERE last_at < ?
      AND NOT EXISTS (SELECT 1 FROM call WHERE contact_id = contact.id)
      AND NOT EXISTS (SELECT 1 FROM message WHERE contact_id = contact.id)`,
  logs: `SELECT id, 0 AS held FROM audit WHERE at < ? AND id < (SELECT max(id) FROM audit)`,
};

const IN = 'IN (SELECT value FROM json_each(?))';

/** Takes out of the store what is past its time. A legal hold always wins. */
export class Retention {
  readonly #parts: RetentionParts;

  constructor(parts: RetentionParts) {
    this.#parts = parts;
  }

  /** What began before `before` (milliseconds since 1970) and is still there. */
  async due(category: Category, before: number): Promise<Due> {
    const rows = await this.#parts.database.read<{ id: string | number; held: number }>(
      'main',
      QUERIES[category],
      before,
    );
    const free = rows.filter(({ held }) => held === 0);
    return { ids: free.map(({ id }) => String(id)), held: rows.length - free.length };
  }

  /** Destroys what is due and returns how many things that were. @throws RECORDS_NOT_PURGED */
  async destroy(category: Category, before: number): Promise<number> {
    const { ids } = await this.due(category, before);
    if (ids.length > 0 || category === 'logs') await this.#destroy(category, ids, before);
    return ids.length;
  }

  /** Empties what SQLite keeps beside its databases of what was destroyed. @throws RECORDS_NOT_PURGED */
  async finish(): Promise<void> {
    await this.#parts.erasures.purge('keys');
    await this.#parts.erasures.purge('main');
  }

  async #destroy(category: Category, ids: readonly string[], before: number): Promise<void> {
    const { database, keys, erasures, audit, requests } = this.#parts;
    const list = JSON.stringify(ids);
    const remove = (table: string, column: string) => ({
      sql: `DELETE FROM ${table} WHERE ${column} ${IN}`,
      values: [list],
    });
    switch (category) {
      case 'audio':
        await erasures.destroyRecordings(ids);
        return;
      case 'transcript':
        await database.write(
          'main',
          ...['second_hearing', 'utterance', 'decision', 'guardian'].map((table) =>
            remove(table, 'call_id'),
          ),
          {
            sql: `DELETE FROM correction WHERE thing LIKE 'utterance:%' AND call_id ${IN}`,
            values: [list],
          },
          { sql: `UPDATE call SET record = NULL WHERE id ${IN}`, values: [list] },
        );
        await erasures.forgetWords(ids);
        return;
      case 'message': {
        const calls = await this.#callsOf(list);
        await database.write(
          'main',
          {
            sql: `DELETE FROM correction WHERE thing LIKE 'message:%'
                    AND call_id IN (SELECT call_id FROM message WHERE id ${IN})`,
            values: [list],
          },
          remove('message', 'id'),
        );
        await erasures.forgetWords(calls);
        return;
      }
      case 'metadata':
        await erasures.destroyCalls(ids);
        return;
      case 'account':
        for (const id of ids) await keys.erase(`contact:${id}`);
        await database.write('main', remove('contact', 'id'));
        return;
      case 'logs':
        await audit.forgetBefore(before);
        await requests.forgetBefore(before);
        return;
    }
  }

  /** The calls of messages, given as a JSON list. */
  async #callsOf(messages: string): Promise<readonly string[]> {
    const rows = await this.#parts.database.read<{ call_id: string }>(
      'main',
      `SELECT DISTINCT call_id FROM message WHERE id ${IN}`,
      messages,
    );
    return rows.map(({ call_id: call }) => call);
  }
}
