import { z } from 'zod';
import type { AuditCheck, StoredAuditRow } from '../../privacy/audit-room.js';
import { listOf, momentAt, tells } from './shapes.js';

export const auditRow = z.object({
  at: momentAt,
  who: z.string(),
  what: z.string(),
  subject: z.string().nullable(),
  why: z
    .string()
    .nullable()
    .describe('The reason that was given; null in rows for which none is asked'),
});

export const storedAuditRow = tells<StoredAuditRow>()(
  auditRow.extend({
    id: z.number(),
    link: z.string().describe('Link of the chain, hexadecimal'),
  }),
);

export const chainPlace = z.object({
  row: z.number(),
  link: z.string(),
});

export const restorePoint = z.object({
  id: z.string(),
  at: momentAt,
  state: z.string().describe('File of the state that was restored'),
  backup: chainPlace.nullable().describe('The last row that the backup held'),
  lost: chainPlace
    .nullable()
    .describe('The last row that is known to have been there, if the backup did not hold it'),
  restored: chainPlace.describe('The row that tells of the restore'),
});

export const auditCheck = tells<AuditCheck>()(
  z.object({
    rows: z.number(),
    brokenAt: z
      .number()
      .optional()
      .describe('Number of the first row that does not fit; left out if all do'),
    fault: z
      .enum(['changed', 'missing', 'cut-off', 'replaced', 'head-gone', 'head-damaged'])
      .optional(),
    restores: listOf(restorePoint).describe(
      'Backups that were put back, on which what follows stands. Oldest first',
    ),
  }),
);
