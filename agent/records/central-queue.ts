import type { Database } from './database.js';
import { monthCounts, type MonthCount } from './aggregates.js';

export type CentralKind = 'call' | 'message';

/** A call or a message whose head changed, or that is gone. */
export interface CentralEntry {
  readonly seq: number;
  readonly kind: CentralKind;
  readonly id: string;
}

/** What of a call is told to a central database: no name, no number, no word. */
export interface CentralCall {
  readonly id: string;
  readonly startedAt: number;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  readonly outcome: string | null;
  readonly intent: string | null;
  readonly urgency: string | null;
  readonly language: string;
}

/** What of a message is told to a central database. */
export interface CentralMessage {
  readonly id: string;
  readonly call: string;
  readonly takenAt: number;
  readonly state: string;
  readonly urgent: boolean | null;
  readonly intent: string;
  readonly opened: boolean;
}

const IN = 'IN (SELECT value FROM json_each(?))';

/**
 * Which heads a central database has not been told of. Triggers of the store fill it in the transaction
 * that changes or deletes a call or message, whoever does it, so that nothing is forgotten and nothing
 * that was erased stays there; while it is off they do nothing.
 */
export class CentralQueue {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** From now on changes are noted. Everything that is there is, when it was off before. */
  async on(): Promise<void> {
    const [standing] = await this.#database.read('main', 'SELECT 1 FROM central_on');
    if (standing !== undefined) return;
    await this.#database.write(
      'main',
      { sql: 'INSERT OR IGNORE INTO central_on (one) VALUES (1)', values: [] },
      ...this.#all(),
    );
  }

  /** Notes nothing any more, and forgets what was noted. */
  async off(): Promise<void> {
    const [standing] = await this.#database.read('main', 'SELECT 1 FROM central_on');
    if (standing === undefined) return;
    await this.#database.write(
      'main',
      { sql: 'DELETE FROM central_on', values: [] },
      { sql: 'DELETE FROM central_queue', values: [] },
    );
  }

  /** Has `ids` told, or taken away there if they are not here. */
  async add(kind: CentralKind, ids: readonly string[]): Promise<void> {
    await this.#database.write('main', {
      sql: `INSERT OR IGNORE INTO central_queue (kind, subject)
            SELECT ?, value FROM json_each(?)`,
      values: [kind, JSON.stringify(ids)],
    });
  }

  /** What was noted first, first. */
  due(limit: number): Promise<readonly CentralEntry[]> {
    return this.#database.read<CentralEntry>(
      'main',
      'SELECT seq, kind, subject AS id FROM central_queue ORDER BY seq LIMIT ?',
      limit,
    );
  }

  /** Forgets entries, but for what changed again since they were read. */
  async done(entries: readonly CentralEntry[]): Promise<void> {
    await this.#database.write('main', {
      sql: `DELETE FROM central_queue WHERE seq ${IN}`,
      values: [JSON.stringify(entries.map(({ seq }) => seq))],
    });
  }

  async waiting(): Promise<number> {
    const [row] = await this.#database.read<{ count: number }>(
      'main',
      'SELECT count(*) AS count FROM central_queue',
    );
    return row?.count ?? 0;
  }

  /** The ids of all that there are. */
  async ids(kind: CentralKind): Promise<readonly string[]> {
    const rows = await this.#database.read<{ id: string }>('main', `SELECT id FROM ${kind}`);
    return rows.map(({ id }) => id);
  }

  /** Heads of those of `ids` that are there. */
  calls(ids: readonly string[]): Promise<readonly CentralCall[]> {
    return this.#database.read<CentralCall>(
      'main',
      `SELECT id, started_at AS startedAt, answered_at AS answeredAt, ended_at AS endedAt, outcome,
         intent, urgency, language FROM call WHERE id ${IN}`,
      JSON.stringify(ids),
    );
  }

  /** Heads of those of `ids` that are there. */
  async messages(ids: readonly string[]): Promise<readonly CentralMessage[]> {
    const rows = await this.#database.read<
      Omit<CentralMessage, 'urgent' | 'opened'> & { urgent: number | null; opened: number }
    >(
      'main',
      `SELECT id, call_id AS call, taken_at AS takenAt, state, urgent, intent,
         read_at IS NOT NULL AS opened FROM message WHERE id ${IN}`,
      JSON.stringify(ids),
    );
    return rows.map((row) => ({
      ...row,
      urgent: row.urgent === null ? null : row.urgent === 1,
      opened: row.opened === 1,
    }));
  }

  /** Calls by month, language and outcome; small counts are left out. */
  months(): Promise<readonly MonthCount[]> {
    return monthCounts(this.#database);
  }

  #all() {
    return (['call', 'message'] as const).map((kind) => ({
      sql: `INSERT OR IGNORE INTO central_queue (kind, subject) SELECT ?, id FROM ${kind}`,
      values: [kind],
    }));
  }
}
