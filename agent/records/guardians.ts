import type { CallKeys } from './call-keys.js';
import type { Database } from './database.js';

/** What the guardian of somebody under age said, in a call or to staff after it. */
export interface GuardianAnswer {
  readonly at: number;
  /** `absent`: none was there, or none answered. */
  readonly what: 'agreed' | 'refused' | 'absent';
  /** Their name as it was heard; null if it was not told, or the call's key was erased. */
  readonly who: string | null;
  readonly how: 'voice' | 'key' | 'silence' | 'hang-up' | 'staff';
  /** Who of the staff noted it; undefined for what was said in the call. */
  readonly by?: string | undefined;
}

/** Who agreed for callers who are not of age (GDPR Art. 8). Names are sealed under their call's key. */
export class Guardians {
  readonly #database: Database;
  readonly #keys: CallKeys;

  constructor(database: Database, keys: CallKeys) {
    this.#database = database;
    this.#keys = keys;
  }

  async note(call: string, { at, what, who, how, by }: GuardianAnswer): Promise<void> {
    const sealed = who === null ? null : await this.#keys.sealText(call, who, 'guardian');
    await this.#database.write('main', {
      sql: 'INSERT INTO guardian (call_id, at, what, who, how, noted_by) VALUES (?, ?, ?, ?, ?, ?)',
      values: [call, at, what, sealed, how, by ?? null],
    });
  }

  /** The last answer counts; undefined for a call in which none was asked for. */
  async of(call: string): Promise<GuardianAnswer | undefined> {
    const [row] = await this.#database.read<
      Omit<GuardianAnswer, 'who' | 'by'> & { who: Uint8Array | null; noted_by: string | null }
    >(
      'main',
      'SELECT at, what, who, how, noted_by FROM guardian WHERE call_id = ? ORDER BY id DESC',
      call,
    );
    if (row === undefined) return undefined;
    const { at, what, how, noted_by: by } = row;
    const who = row.who === null ? null : await this.#keys.openIfKept(call, row.who, 'guardian');
    return { at, what, who: who ?? null, how, ...(by === null ? {} : { by }) };
  }
}
