import type { Clock } from '../clock.js';
import { auditLink, type AuditRow } from './audit-chain.js';
import type { Database } from './database.js';

/** The state of the audit log's chain. */
export interface AuditCheck {
  readonly rows: number;
  /** Number of the first row whose link does not fit; undefined if all do. */
  readonly brokenAt: number | undefined;
}

interface ChainedRow extends AuditRow {
  readonly id: number;
  readonly mac: Uint8Array;
}

const BATCH = 1000;

/** Who read or changed what, and when: appended only, each row chained to the one before. */
export class AuditLog {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #key: () => Uint8Array;

  constructor(database: Database, clock: Clock, key: () => Uint8Array) {
    this.#database = database;
    this.#clock = clock;
    this.#key = key;
  }

  /** Resolves when the row is on the disk. `subject` is an id, never a name or number. */
  async add(who: string, what: string, subject: string | undefined, why?: string): Promise<void> {
    // One statement reads the last link and appends the next under SQLite's lock: the daemon and a
    // command may write at once.
    await this.#database.write('main', {
      sql: `INSERT INTO audit (at, who, what, subject, why, mac)
            SELECT at, who, what, subject, why, audit_link(
              (SELECT mac FROM audit ORDER BY id DESC LIMIT 1), at, who, what, subject, why)
            FROM (SELECT ? AS at, ? AS who, ? AS what, ? AS subject, ? AS why)`,
      values: [this.#clock.now(), who, what, subject ?? null, why ?? null],
    });
  }

  /** Follows the chain from its first row. Rows cut off at the end show by the number given last. */
  async verify(): Promise<AuditCheck> {
    let rows = 0;
    let last = 0;
    let link: Uint8Array | null = null;
    for (;;) {
      const batch: readonly ChainedRow[] = await this.#database.read<ChainedRow>(
        'main',
        `SELECT * FROM audit WHERE id > ? ORDER BY id LIMIT ${String(BATCH)}`,
        last,
      );
      for (const row of batch) {
        const wanted = auditLink(this.#key(), link, row);
        if (row.id !== last + 1) return { rows, brokenAt: last + 1 };
        if (!wanted.equals(row.mac)) return { rows, brokenAt: row.id };
        link = row.mac;
        last = row.id;
        rows += 1;
      }
      if (batch.length < BATCH) break;
    }
    const [given] = await this.#database.read<{ seq: number }>(
      'main',
      `SELECT seq FROM sqlite_sequence WHERE name = 'audit'`,
    );
    return { rows, brokenAt: (given?.seq ?? 0) > last ? last + 1 : undefined };
  }
}
