import type { Database } from './database.js';

/**
 * `hold`: a legal hold; neither retention nor erasure may destroy it. `restriction`: stored and not
 * used (GDPR Art. 18): nobody hears, reads or searches it.
 */
export type FreezeKind = 'hold' | 'restriction';

/** What is frozen: one call, or a contact with all of its calls, also later ones. */
export type Frozen = { readonly call: string } | { readonly contact: string };

export interface Freeze {
  readonly id: number;
  readonly kind: FreezeKind;
  readonly call: string | undefined;
  readonly contact: string | undefined;
  readonly at: number;
  readonly by: string;
  readonly why: string;
  readonly lifted: { readonly at: number; readonly by: string } | undefined;
}

interface Row {
  readonly id: number;
  readonly kind: FreezeKind;
  readonly call_id: string | null;
  readonly contact_id: string | null;
  readonly at: number;
  readonly placed_by: string;
  readonly why: string;
  readonly lifted_at: number | null;
  readonly lifted_by: string | null;
}

/** Ids of calls under a legal hold of their own or of their contact's, as a subquery. */
export const HELD_CALLS = `SELECT call.id FROM call JOIN freeze
  ON freeze.call_id = call.id OR freeze.contact_id = call.contact_id
  WHERE freeze.kind = 'hold' AND freeze.lifted_at IS NULL`;

const freezeOf = (row: Row): Freeze => ({
  ...{ id: row.id, kind: row.kind, at: row.at, by: row.placed_by, why: row.why },
  call: row.call_id ?? undefined,
  contact: row.contact_id ?? undefined,
  lifted: row.lifted_at === null ? undefined : { at: row.lifted_at, by: row.lifted_by ?? '' },
});

/** Legal holds and restrictions. */
export class Freezes {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Returns its number. */
  async place(
    kind: FreezeKind,
    what: Frozen,
    { at, by, why }: { at: number; by: string; why: string },
  ): Promise<number> {
    const call = 'call' in what ? what.call : null;
    const contact = 'contact' in what ? what.contact : null;
    const { lastId } = await this.#database.write('main', {
      sql: `INSERT INTO freeze (kind, call_id, contact_id, at, placed_by, why)
            VALUES (?, ?, ?, ?, ?, ?)`,
      values: [kind, call, contact, at, by, why],
    });
    return lastId;
  }

  /** Whether there was such a one that was not lifted yet. */
  async lift(id: number, kind: FreezeKind, at: number, by: string): Promise<boolean> {
    const { changes } = await this.#database.write('main', {
      sql: `UPDATE freeze SET lifted_at = ?, lifted_by = ?
            WHERE id = ? AND kind = ? AND lifted_at IS NULL`,
      values: [at, by, id, kind],
    });
    return changes > 0;
  }

  /** Those that stand, and those that were lifted. */
  async list(kind: FreezeKind): Promise<readonly Freeze[]> {
    const rows = await this.#database.read<Row>(
      'main',
      'SELECT * FROM freeze WHERE kind = ? ORDER BY id',
      kind,
    );
    return rows.map(freezeOf);
  }

  /** Ids of everything that is frozen, the calls of frozen contacts included. */
  async standing(
    kind: FreezeKind,
  ): Promise<{ readonly calls: ReadonlySet<string>; readonly contacts: ReadonlySet<string> }> {
    const calls = await this.#database.read<{ id: string }>(
      'main',
      `SELECT call.id FROM call JOIN freeze
         ON freeze.call_id = call.id OR freeze.contact_id = call.contact_id
       WHERE kind = ? AND lifted_at IS NULL`,
      kind,
    );
    const contacts = await this.#database.read<{ id: string }>(
      'main',
      `SELECT contact_id AS id FROM freeze
       WHERE kind = ? AND lifted_at IS NULL AND contact_id IS NOT NULL`,
      kind,
    );
    return {
      calls: new Set(calls.map(({ id }) => id)),
      contacts: new Set(contacts.map(({ id }) => id)),
    };
  }

  /** Those that stand on a call or on its contact. */
  async onCall(kind: FreezeKind, call: string): Promise<readonly Freeze[]> {
    const rows = await this.#database.read<Row>(
      'main',
      `SELECT freeze.* FROM freeze JOIN call
         ON freeze.call_id = call.id OR freeze.contact_id = call.contact_id
       WHERE call.id = ? AND kind = ? AND lifted_at IS NULL`,
      call,
      kind,
    );
    return rows.map(freezeOf);
  }

  async onContact(kind: FreezeKind, contact: string): Promise<readonly Freeze[]> {
    const rows = await this.#database.read<Row>(
      'main',
      'SELECT * FROM freeze WHERE contact_id = ? AND kind = ? AND lifted_at IS NULL',
      contact,
      kind,
    );
    return rows.map(freezeOf);
  }
}
