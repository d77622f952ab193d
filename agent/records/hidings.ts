import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.js';
import type { CallKeys } from './call-keys.js';
import type { Database } from './database.js';
import type { HidingEntry, Ledger } from './ledger.js';
import type { Statement } from './protocol.js';

/** Where words of a call stand that may have to be hidden: column, its row's key, and what seals it. */
export interface Place {
  readonly table: string;
  readonly column: string;
  readonly key: string;
  readonly of: string;
}

/** A text of a call as it reads from now on, in clear. */
export interface Rewritten {
  /** Of which place: `utterance.text`. */
  readonly place: string;
  readonly row: number | string;
  readonly text: string;
}

export const PLACES: readonly Place[] = [
  { table: 'utterance', column: 'text', key: 'id', of: 'call_id' },
  { table: 'decision', column: 'event', key: 'id', of: 'call_id' },
  { table: 'decision', column: 'actions', key: 'id', of: 'call_id' },
  { table: 'message', column: 'body', key: 'id', of: 'call_id' },
  { table: 'call', column: 'record', key: 'id', of: 'id' },
  { table: 'second_hearing', column: 'text', key: 'utterance_id', of: 'call_id' },
  { table: 'second_hearing', column: 'differences', key: 'utterance_id', of: 'call_id' },
];

export const nameOf = ({ table, column }: Place): string => `${table}.${column}`;

const BY_NAME = new Map(PLACES.map((place) => [nameOf(place), place]));

/** What the texts of a place are bound to beside their call, as `CallKeys.sealText` takes it. */
export function boundTo({ table, column }: Place, call: string, row: number | string): string {
  switch (table) {
    case 'message':
      return `message-${String(row).slice(call.length + 1)}`;
    case 'second_hearing':
      return column === 'text' ? 'second-hearing' : column;
    case 'utterance':
      return 'utterance';
    default:
      return column;
  }
}

const SEALED_AS = 'hiding';

export interface HidingParts {
  readonly database: Database;
  readonly keys: CallKeys;
  readonly ledger: Ledger;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Words that were hidden after their call. The ledger keeps how the texts read since, sealed by the call's
 * key, so that a state of the store which was backed up before reads so, too, once it is restored.
 */
export class Hidings {
  readonly #parts: HidingParts;

  constructor(parts: HidingParts) {
    this.#parts = parts;
  }

  /**
   * Writes the ledger, then the texts, all at once. What stood there is overwritten.
   * @throws RECORDS_KEY_ERASED, RECORDS_LEDGER_UNWRITABLE; nothing was changed then
   */
  async hide(call: string, texts: readonly Rewritten[]): Promise<void> {
    if (texts.length === 0) return;
    const { database, keys, ledger, clock } = this.#parts;
    const sealed = await keys.sealText(call, JSON.stringify(texts), SEALED_AS);
    // Whatever the clock was set to: later than the one before, for the last one stands.
    const [last] = await database.read<{ at: number | null }>(
      'main',
      'SELECT max(at) AS at FROM hiding WHERE call_id = ?',
      call,
    );
    const entry: HidingEntry = {
      ...{ id: randomUUID(), at: Math.max(clock.now(), (last?.at ?? 0) + 1), call },
      texts: Buffer.from(sealed).toString('base64'),
    };
    await ledger.keepHiding(entry);
    await this.#write(entry, texts);
  }

  /**
   * Hides once more what the ledger tells and the store does not know: after a crash, or when an older state
   * was restored. Calls that are gone or erased are left. Returns how many calls were changed.
   * @throws RECORDS_LEDGER_DAMAGED, RECORDS_NOT_PURGED
   */
  async replay(): Promise<number> {
    const { database, keys, ledger } = this.#parts;
    const rows = await database.read<{ id: string }>('main', 'SELECT id FROM hiding');
    const known = new Set(rows.map(({ id }) => id));
    const changed = new Set<string>();
    for (const entry of await ledger.hidings()) {
      if (known.has(entry.id)) continue;
      const [call] = await database.read('main', 'SELECT 1 FROM call WHERE id = ?', entry.call);
      if (call === undefined) continue;
      const sealed = Buffer.from(entry.texts, 'base64');
      const texts = await keys.openIfKept(entry.call, sealed, SEALED_AS);
      if (texts === undefined) continue;
      await this.#write(entry, JSON.parse(texts) as readonly Rewritten[]);
      changed.add(entry.call);
    }
    return changed.size;
  }

  async #write({ id, at, call }: HidingEntry, texts: readonly Rewritten[]): Promise<void> {
    const { database, keys } = this.#parts;
    const statements: Statement[] = [];
    for (const { place: name, row, text } of texts) {
      const place = BY_NAME.get(name);
      if (place === undefined) continue;
      const { table, column, key, of } = place;
      // Times of words would tell how many there were, and which.
      const words = table === 'utterance' ? ', words = NULL' : '';
      statements.push({
        sql: `UPDATE ${table} SET ${column} = ?${words} WHERE ${key} = ? AND ${of} = ?`,
        values: [await keys.sealText(call, text, boundTo(place, call, row)), row, call],
      });
    }
    await database.write('main', ...statements, {
      sql: 'INSERT INTO hiding (id, call_id, at) VALUES (?, ?, ?)',
      values: [id, call, at],
    });
    await database.purge('main');
  }
}
