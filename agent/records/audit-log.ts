import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.js';
import { auditLink, startMac, type AuditRow } from './audit-chain.js';
import type { AuditHead, AuditHeads } from './audit-heads.js';
import type { Database } from './database.js';
import { recordsErrors } from './errors.js';
import type { ChainPlace, Ledger, RestorePoint } from './ledger.js';
import type { Statement } from './protocol.js';

/** What is wrong with the log, seen from its first row on. */
export type AuditFault =
  /** A row was changed, put in, or has another's place. */
  | 'changed'
  /** A row between others is gone. */
  | 'missing'
  /** Rows at the end are gone. */
  | 'cut-off'
  /** The chain is whole, but another one than that whose head was written outside the database. */
  | 'replaced'
  /** There are rows, but no head outside the database, or it cannot be read. */
  | 'head-gone'
  | 'head-damaged';

/** The state of the audit log's chain. */
export interface AuditCheck {
  readonly rows: number;
  /** Number of the first row that does not fit; undefined if all do. */
  readonly brokenAt: number | undefined;
  readonly fault: AuditFault | undefined;
  /** Backups that were put back, on which what follows stands. Oldest first. */
  readonly restores: readonly RestorePoint[];
}

/** A row as it is listed. */
export interface StoredAuditRow extends AuditRow {
  readonly id: number;
  /** Link of the chain, hexadecimal. */
  readonly link: string;
}

interface ChainedRow extends AuditRow {
  readonly id: number;
  readonly mac: Uint8Array;
}

const BATCH = 1000;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Who read or changed what, when and why: appended only, each row chained to the one before. */
export class AuditLog {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #key: () => Uint8Array;
  readonly #heads: AuditHeads;
  readonly #ledger: Ledger;

  constructor(
    database: Database,
    clock: Clock,
    key: () => Uint8Array,
    outside: { readonly heads: AuditHeads; readonly ledger: Ledger },
  ) {
    this.#database = database;
    this.#clock = clock;
    this.#key = key;
    this.#heads = outside.heads;
    this.#ledger = outside.ledger;
  }

  /**
   * Resolves when the row is on the disk, and its head outside the database. `subject` is an id, never
   * a name or number; `why` is what whoever does it gave as the reason.
   */
  async add(who: string, what: string, subject: string | undefined, why?: string): Promise<void> {
    // One statement reads the last link and appends the next under SQLite's lock: the daemon and a
    // command may write at once.
    const { lastId } = await this.#database.write('main', {
      sql: `INSERT INTO audit (at, who, what, subject, why, mac)
            SELECT at, who, what, subject, why, audit_link(
              (SELECT mac FROM audit ORDER BY id DESC LIMIT 1), at, who, what, subject, why)
            FROM (SELECT ? AS at, ? AS who, ? AS what, ? AS subject, ? AS why)`,
      values: [this.#clock.now(), who, what, subject ?? null, why ?? null],
    });
    const rows = this.#database.read<ChainedRow>(
      'main',
      'SELECT * FROM audit WHERE id = ?',
      lastId,
    );
    // The store was closed meanwhile: the row stands, and the next one's head covers it.
    const [row] = await rows.catch((error: unknown) => {
      if (recordsErrors.is(error, 'STOPPED')) return [];
      throw error;
    });
    if (row !== undefined) await this.#heads.add({ row: row.id, link: hex(row.mac), at: row.at });
  }

  /**
   * Follows the chain from its first row and compares it with the head outside the database, and with
   * `noted`, a head that somebody kept elsewhere.
   */
  async verify(noted?: ChainPlace): Promise<AuditCheck> {
    const restores = standing(await this.#ledger.restores());
    return { ...(await this.#follow(restores, noted)), restores };
  }

  /** A backup was put back: what comes after it is no longer what is missing. */
  async restored(state: string, why: string | undefined): Promise<void> {
    const backup = placeOf(await this.head());
    const outside = await this.#outside(undefined);
    const lost = outside === 'head-damaged' ? null : placeOf(outside);
    const reason = why === undefined ? state : `${state}; ${why}`;
    await this.add('restore', 'backup.restored', undefined, reason);
    const restored = placeOf(await this.head());
    if (restored === null) throw new Error('the row of the restore is not there');
    await this.#ledger.keepRestore({
      ...{ id: randomUUID(), at: this.#clock.now(), state, backup, restored },
      lost: lost !== null && lost.row > (backup?.row ?? 0) ? lost : null,
    });
  }

  async #follow(
    restores: readonly RestorePoint[],
    noted: ChainPlace | undefined,
  ): Promise<Omit<AuditCheck, 'restores'>> {
    const heads = await this.#outside(restores.at(-1)?.restored);
    const wanted = [
      ...(heads === 'head-damaged' || heads === undefined ? [] : [heads]),
      ...restores.flatMap(({ backup, restored }) => [
        restored,
        ...(backup === null ? [] : [backup]),
      ]),
    ];
    const known = new Map<number, Set<string>>();
    for (const { row, link } of [...wanted, ...(noted === undefined ? [] : [noted])]) {
      known.set(row, (known.get(row) ?? new Set()).add(link));
    }
    const start = await this.#start();
    if (start === 'changed') return { rows: 0, brokenAt: 1, fault: 'changed' };
    let rows = 0;
    let last = start.after;
    let link = start.link;
    let replaced: number | undefined;
    for await (const row of this.#rows(last)) {
      if (row.id !== last + 1) return { rows, brokenAt: last + 1, fault: 'missing' };
      if (!auditLink(this.#key(), link, row).equals(row.mac)) {
        return { rows, brokenAt: row.id, fault: 'changed' };
      }
      for (const head of known.get(row.id) ?? []) if (head !== hex(row.mac)) replaced ??= row.id;
      link = row.mac;
      last = row.id;
      rows += 1;
    }
    const [given] = await this.#database.read<{ seq: number }>(
      'main',
      `SELECT seq FROM sqlite_sequence WHERE name = 'audit'`,
    );
    const most = Math.max(given?.seq ?? 0, ...known.keys());
    if (replaced !== undefined) return { rows, brokenAt: replaced, fault: 'replaced' };
    if (most > last) return { rows, brokenAt: last + 1, fault: 'cut-off' };
    if (heads === 'head-damaged') return { rows, brokenAt: undefined, fault: heads };
    // The first row may have been cut off from its head by a crash.
    if (heads === undefined && last > 1) return { rows, brokenAt: undefined, fault: 'head-gone' };
    return { rows, brokenAt: undefined, fault: undefined };
  }

  /** The latest first; of one subject, or by one person, if so asked. */
  async list(ask: {
    limit: number;
    subject?: string | undefined;
    by?: string | undefined;
  }): Promise<readonly StoredAuditRow[]> {
    const rows = await this.#database.read<ChainedRow>(
      'main',
      `WITH ask (subject, who) AS (SELECT ?, ?)
       SELECT audit.* FROM audit, ask
       WHERE audit.subject IS coalesce(ask.subject, audit.subject)
         AND audit.who = coalesce(ask.who, audit.who)
       ORDER BY id DESC LIMIT ?`,
      ask.subject ?? null,
      ask.by ?? null,
      ask.limit,
    );
    return rows.map(storedOf);
  }

  /** Every row in order. */
  async *all(): AsyncGenerator<StoredAuditRow> {
    for await (const row of this.#rows(0)) yield storedOf(row);
  }

  /** The last row and its link, to be kept elsewhere; undefined for an empty log. */
  async head(): Promise<AuditHead | undefined> {
    const [row] = await this.#database.read<ChainedRow>(
      'main',
      'SELECT * FROM audit ORDER BY id DESC LIMIT 1',
    );
    return row && { row: row.id, link: hex(row.mac), at: row.at };
  }

  /**
   * Takes out the rows before `at`, except the last: where the chain then begins is kept under the
   * chain's key, so that it can still be followed. Returns how many.
   */
  async forgetBefore(at: number): Promise<number> {
    const [cut] = await this.#database.read<ChainedRow>(
      'main',
      `SELECT * FROM audit WHERE at < ? AND id < (SELECT max(id) FROM audit)
       ORDER BY id DESC LIMIT 1`,
      at,
    );
    if (cut === undefined) return 0;
    const remember: Statement = {
      sql: `INSERT INTO audit_start (only_one, after, link, mac) VALUES (1, ?, ?, ?)
            ON CONFLICT (only_one) DO UPDATE SET after = excluded.after, link = excluded.link,
              mac = excluded.mac`,
      values: [cut.id, cut.mac, startMac(this.#key(), cut.id, cut.mac)],
    };
    const before = await this.#count();
    await this.#database.write('main', remember, {
      sql: 'DELETE FROM audit WHERE id <= ?',
      values: [cut.id],
    });
    return before - (await this.#count());
  }

  async #count(): Promise<number> {
    const [row] = await this.#database.read<{ rows: number }>(
      'main',
      'SELECT count(*) AS rows FROM audit',
    );
    return row?.rows ?? 0;
  }

  async #outside(since: ChainPlace | undefined): Promise<AuditHead | 'head-damaged' | undefined> {
    try {
      return await this.#heads.latest(since);
    } catch (error) {
      if (recordsErrors.is(error, 'LEDGER_DAMAGED')) return 'head-damaged';
      throw error;
    }
  }

  async #start(): Promise<{ after: number; link: Uint8Array | null } | 'changed'> {
    const [row] = await this.#database.read<{ after: number; link: Uint8Array; mac: Uint8Array }>(
      'main',
      'SELECT after, link, mac FROM audit_start',
    );
    if (row === undefined) return { after: 0, link: null };
    const { after, link, mac } = row;
    return startMac(this.#key(), after, link).equals(mac) ? { after, link } : 'changed';
  }

  async *#rows(after: number): AsyncGenerator<ChainedRow> {
    for (let last = after; ;) {
      const batch: readonly ChainedRow[] = await this.#database.read<ChainedRow>(
        'main',
        `SELECT * FROM audit WHERE id > ? ORDER BY id LIMIT ${String(BATCH)}`,
        last,
      );
      yield* batch;
      if (batch.length < BATCH) return;
      last = batch.at(-1)?.id ?? last;
    }
  }
}

const storedOf = ({ id, at, who, what, subject, why, mac }: ChainedRow): StoredAuditRow => ({
  ...{ id, at, who, what, subject, why },
  link: hex(mac),
});

const placeOf = (head: ChainPlace | undefined): ChainPlace | null =>
  head === undefined ? null : { row: head.row, link: head.link };

/** Restores that a later one, of an older backup, has not undone. Oldest first. */
function standing(restores: readonly RestorePoint[]): readonly RestorePoint[] {
  const found: RestorePoint[] = [];
  for (const point of [...restores].reverse()) {
    const next = found[0];
    if (next === undefined || point.restored.row <= (next.backup?.row ?? 0)) found.unshift(point);
  }
  return found;
}
