import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { countMonths } from './aggregates.js';
import type { CallKeys } from './call-keys.js';
import type { Database } from './database.js';
import { recordsErrors } from './errors.js';
import type { ErasureEntry, Ledger } from './ledger.js';
import type { DatabaseName, Statement } from './protocol.js';
import { recordingIn, unlinkRecordings } from './unlinking.js';

export interface ErasureParts {
  readonly database: Database;
  readonly keys: CallKeys;
  readonly ledger: Ledger;
  /** Folder of the sealed recordings. */
  readonly folder: string;
}

/** What an erasure, or its replay, found and destroyed. */
export interface Destroyed {
  readonly keys: number;
  readonly files: number;
  readonly rows: number;
}

/** `IN` for any number of ids, which travel as one JSON list. */
const IN = 'IN (SELECT value FROM json_each(?))';

/**
 * Destroys calls and contacts: their keys first, so that every copy of them is unreadable from then
 * on; then files and rows; then what SQLite keeps beside its databases. Repeating it does no harm.
 */
export class Erasures {
  readonly #parts: ErasureParts;

  constructor(parts: ErasureParts) {
    this.#parts = parts;
  }

  /**
   * Writes the ledger, then destroys.
   * @throws RECORDS_NOT_PURGED when the write-ahead logs could not be emptied: no receipt may be given
   */
  async erase(entry: ErasureEntry): Promise<Destroyed> {
    await this.#parts.ledger.keep(entry);
    return this.#carryOut(entry);
  }

  /**
   * Carries out once more what the ledger tells: after a crash, or when a backup was restored that is
   * older than an erasure. Erasures without a receipt get one now. With `lost`, the reason why, erasures
   * that the ledger does not know any more are written down as lost and count as carried out.
   * @throws RECORDS_LEDGER_DAMAGED, RECORDS_LEDGER_BEHIND, RECORDS_NOT_PURGED
   */
  async replay(
    now: number,
    lost?: string,
  ): Promise<Destroyed & { readonly erasures: number; readonly lost: number }> {
    const { ledger } = this.#parts;
    const entries = await ledger.entries();
    const missing = await this.#missing(entries);
    if (missing.length > 0) {
      if (lost === undefined) {
        const detail = `${String(missing.length)} erasures are not in it`;
        throw recordsErrors.make('LEDGER_BEHIND', { place: ledger.folder, detail });
      }
      await ledger.keepLoss({ id: randomUUID(), at: now, why: lost, erasures: missing });
    }
    const total = { keys: 0, files: 0, rows: 0 };
    const files = await this.#files();
    for (const entry of entries) {
      if (ledger.hasReceipt(entry.id) && !(await this.#stands(entry, files))) continue;
      const { keys, files: unlinked, rows } = await this.#carryOut(entry);
      total.keys += keys;
      total.files += unlinked;
      total.rows += rows;
      if (!ledger.hasReceipt(entry.id)) {
        await ledger.keepReceipt(entry.id, { ...entry.report, completedAt: now });
      }
    }
    return { ...total, erasures: entries.length, lost: missing.length };
  }

  /** Destroys the sound of recordings: keys, files, and what their rows say of them. */
  async destroyRecordings(ids: readonly string[]): Promise<Destroyed> {
    const { database } = this.#parts;
    const list = JSON.stringify(ids);
    const keys = await this.#deleteKeys('recording_id', ids);
    await this.purge('keys');
    const files = await unlinkRecordings(this.#parts.folder, ids);
    const { changes } = await database.write('main', {
      sql: `UPDATE recording SET state = 'discarded', chunks = NULL WHERE id ${IN}`,
      values: [list],
    });
    return { keys, files, rows: changes };
  }

  /** @throws RECORDS_NOT_PURGED */
  async purge(name: DatabaseName): Promise<void> {
    if (await this.#parts.database.purge(name)) return;
    throw recordsErrors.make('NOT_PURGED', { place: name });
  }

  /** Takes the rows of calls and contacts out of the store, counting the calls before. */
  async #deleteRows(calls: readonly string[], contacts: readonly string[]): Promise<number> {
    const list = JSON.stringify(calls);
    const tables = await this.#tablesWith('main', 'call_id');
    const { changes } = await this.#parts.database.write(
      'main',
      // What refers to a call may be deleted after it, in the same transaction.
      { sql: 'PRAGMA defer_foreign_keys = ON', values: [] },
      countMonths(list),
      ...tables.map((table): Statement => ({
        sql: `DELETE FROM ${table} WHERE call_id ${IN}`,
        values: [list],
      })),
      { sql: `DELETE FROM call WHERE id ${IN}`, values: [list] },
      { sql: `DELETE FROM contact WHERE id ${IN}`, values: [JSON.stringify(contacts)] },
    );
    return changes;
  }

  /** Destroys calls that are past their time: keys, files, rows. */
  async destroyCalls(calls: readonly string[]): Promise<Destroyed> {
    const rows = await this.#parts.database.read<{ id: string }>(
      'main',
      `SELECT id FROM recording WHERE call_id ${IN}`,
      JSON.stringify(calls),
    );
    const recordings = rows.map(({ id }) => id);
    return this.#destroy({ calls, contacts: [], recordings });
  }

  async #carryOut(entry: ErasureEntry): Promise<Destroyed> {
    const destroyed = await this.#destroy(entry);
    await this.#parts.database.write('main', {
      sql: 'INSERT OR IGNORE INTO erasure (id, at, calls, contacts) VALUES (?, ?, ?, ?)',
      values: [entry.id, entry.at, entry.calls.length, entry.contacts.length],
    });
    await this.purge('main');
    return destroyed;
  }

  async #destroy({
    calls,
    contacts,
    recordings,
  }: Pick<ErasureEntry, 'calls' | 'contacts' | 'recordings'>): Promise<Destroyed> {
    const owners = [...calls, ...contacts.map((id) => `contact:${id}`)];
    for (const owner of owners) this.#parts.keys.forget(owner);
    const recordingKeys = await this.#deleteKeys('recording_id', recordings);
    const callKeys = await this.#deleteKeys('call_id', owners);
    await this.purge('keys');
    const files = await unlinkRecordings(this.#parts.folder, recordings);
    const rows = await this.#deleteRows(calls, contacts);
    return { keys: recordingKeys + callKeys, files, rows };
  }

  /** Whether anything of it is there, or the store does not know of it. */
  async #stands(entry: ErasureEntry, files: readonly string[]): Promise<boolean> {
    const { database } = this.#parts;
    const ids = new Set(entry.recordings);
    if (files.some((name) => ids.has(recordingIn(name)))) return true;
    const owners = [...entry.calls, ...entry.contacts.map((id) => `contact:${id}`)];
    const [keys] = await database.read<{ found: number }>(
      'keys',
      `SELECT EXISTS (SELECT 1 FROM call_key WHERE call_id ${IN}) AS found`,
      JSON.stringify(owners),
    );
    const [rows] = await database.read<{ found: number }>(
      'main',
      `SELECT EXISTS (SELECT 1 FROM call WHERE id ${IN})
         OR EXISTS (SELECT 1 FROM contact WHERE id ${IN})
         OR NOT EXISTS (SELECT 1 FROM erasure WHERE id = ?) AS found`,
      ...[JSON.stringify(entry.calls), JSON.stringify(entry.contacts), entry.id],
    );
    return keys?.found === 1 || rows?.found === 1;
  }

  #files(): Promise<readonly string[]> {
    return readdir(this.#parts.folder).catch(() => []);
  }

  /**
   * Erasures of the store that the ledger does not know, nor as lost: one that was put back from an old
   * copy would undo others after a restore.
   */
  async #missing(entries: readonly ErasureEntry[]): Promise<readonly string[]> {
    const { database, ledger } = this.#parts;
    const losses = await ledger.losses();
    const known = new Set([
      ...entries.map(({ id }) => id),
      ...losses.flatMap(({ erasures }) => erasures),
    ]);
    const rows = await database.read<{ id: string }>('main', 'SELECT id FROM erasure');
    return rows.map(({ id }) => id).filter((id) => !known.has(id));
  }

  async #deleteKeys(column: string, ids: readonly string[]): Promise<number> {
    const list = JSON.stringify(ids);
    const tables = await this.#tablesWith('keys', column);
    const { changes } = await this.#parts.database.write(
      'keys',
      { sql: 'PRAGMA defer_foreign_keys = ON', values: [] },
      ...tables.map((table) => ({
        sql: `DELETE FROM ${table} WHERE ${column} ${IN}`,
        values: [list],
      })),
    );
    if (column === 'call_id') await this.forgetWords(ids);
    return changes;
  }

  /** What is unreadable may not be found by its words either. */
  async forgetWords(calls: readonly string[]): Promise<void> {
    await this.#parts.database.write('search', {
      sql: `DELETE FROM doc WHERE call_id ${IN}`,
      values: [JSON.stringify(calls)],
    });
    await this.purge('search');
  }

  /** Whatever table is added later is emptied too. Virtual tables follow by triggers of their own. */
  async #tablesWith(name: DatabaseName, column: string): Promise<readonly string[]> {
    const rows = await this.#parts.database.read<{ name: string }>(
      name,
      `SELECT tables.name FROM sqlite_master AS tables
       JOIN pragma_table_info(tables.name) AS columns ON columns.name = ?
       WHERE tables.type = 'table' AND tables.sql NOT LIKE 'CREATE VIRTUAL%'`,
      column,
    );
    return rows.map((row) => row.name);
  }
}

/**
 * Carries out again every erasure that the ledger tells, on a store that was restored from a backup
 * or was cut short. To be called after each restore, before anybody may read.
 */
export const replayErasures = (
  records: { readonly erasures: Erasures },
  now: number,
  lost?: string,
): ReturnType<Erasures['replay']> => records.erasures.replay(now, lost);
