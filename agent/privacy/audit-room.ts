import type { AuditHead } from '../records/audit-heads.js';
import type { AuditCheck, AuditLog, StoredAuditRow } from '../records/audit-log.js';
import type { OpenRecords } from '../records/records.js';
import { demand, type Actor } from './actor.js';
import { writePrivate } from './private-file.js';

export type { AuditHead } from '../records/audit-heads.js';
export type { AuditCheck, AuditFault, StoredAuditRow } from '../records/audit-log.js';

/** The audit log, for auditors. To look at it, even in vain, is itself a row of it. */
export class AuditRoom {
  readonly #records: OpenRecords;

  constructor(records: OpenRecords) {
    this.#records = records;
  }

  /** `noted` is a head that somebody kept elsewhere. @throws PRIVACY_NOT_ALLOWED */
  async verify(actor: Actor, noted?: Pick<AuditHead, 'row' | 'link'>): Promise<AuditCheck> {
    const audit = await this.#enter(actor, 'audit.verify', undefined);
    // Before the row of this look: it would write a head anew that somebody took away.
    const found = await audit.verify(noted);
    await audit.add(actor.who, 'audit.verify', undefined, found.fault ?? 'whole');
    return found;
  }

  /** The latest rows first. @throws PRIVACY_NOT_ALLOWED */
  async list(
    ask: { limit: number; subject?: string | undefined; by?: string | undefined },
    actor: Actor,
  ): Promise<readonly StoredAuditRow[]> {
    const audit = await this.#enter(actor, 'audit.list', ask.subject);
    await audit.add(actor.who, 'audit.list', ask.subject);
    return audit.list(ask);
  }

  /** The last row and its link, to be noted elsewhere. @throws PRIVACY_NOT_ALLOWED */
  async head(actor: Actor): Promise<AuditHead | undefined> {
    const audit = await this.#enter(actor, 'audit.head', undefined);
    return audit.head();
  }

  /**
   * Writes every row, one line of JSON each, and last a signed line with the head and how many they
   * are. Returns how many. @throws PRIVACY_NOT_ALLOWED, PRIVACY_EXPORT_UNWRITABLE
   */
  async export(path: string, actor: Actor, why: string | undefined): Promise<number> {
    const { text, rows } = await this.exported(actor, why);
    await writePrivate(path, text);
    return rows;
  }

  /** What `export` writes, and how many rows that are. @throws PRIVACY_NOT_ALLOWED */
  async exported(
    actor: Actor,
    why: string | undefined,
  ): Promise<{ readonly text: string; readonly rows: number }> {
    const audit = await this.#enter(actor, 'audit.export', undefined);
    await audit.add(actor.who, 'audit.export', undefined, why);
    const rows: string[] = [];
    let last: StoredAuditRow | undefined;
    for await (const row of audit.all()) {
      rows.push(JSON.stringify(row));
      last = row;
    }
    const end = this.#records.rights.ledger.sign({
      document: 'vestibule audit log',
      rows: rows.length,
      head: last === undefined ? null : { row: last.id, link: last.link },
    });
    return { text: `${[...rows, JSON.stringify(end)].join('\n')}\n`, rows: rows.length };
  }

  /** Whoever has no right to it leaves a row, too. */
  async #enter(actor: Actor, what: string, subject: string | undefined): Promise<AuditLog> {
    const { audit } = this.#records.reading;
    try {
      demand(actor, 'audit.read');
    } catch (error) {
      await audit.add(actor.who, `${what}.refused`, subject);
      throw error;
    }
    return audit;
  }
}
