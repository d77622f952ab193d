import { createHmac } from 'node:crypto';

/** What a row of the audit log says, besides its chain. */
export interface AuditRow {
  readonly at: number;
  readonly who: string;
  readonly what: string;
  readonly subject: string | null;
  /** The reason that was given; null in rows for which none is asked. */
  readonly why: string | null;
}

/**
 * The chain's link of a row: HMAC-SHA-256 over the link before and the row. Whoever changes, removes
 * or inserts a row without the key breaks the chain there.
 */
export function auditLink(
  key: Uint8Array,
  before: Uint8Array | null,
  { at, who, what, subject, why }: AuditRow,
): Buffer {
  return createHmac('sha256', key)
    .update(before ?? new Uint8Array(32))
    .update(JSON.stringify([at, who, what, subject, ...(why === null ? [] : [why])]))
    .digest();
}

/** Where the chain begins when its first rows were taken out in time: row `after` had `link`. */
export const startMac = (key: Uint8Array, after: number, link: Uint8Array): Buffer =>
  createHmac('sha256', key)
    .update(`start:${String(after)}:`)
    .update(link)
    .digest();
