import { z } from 'zod';
import { download, method, pieces } from './method.js';
import { limit, maybe, nothing } from './shapes.js';

/** The audit log, for auditors. */
export const auditMethods = {
  'audit.verify': method({
    right: 'audit.read',
    input: z.strictObject({
      head: z
        .strictObject({
          row: z.number().int().min(1),
          link: z.string().regex(/^[0-9a-f]{64}$/u),
        })
        .optional(),
    }),
    run: ({ office }, { head }, actor) => office.audit.verify(actor, head),
  }),
  'audit.list': method({
    right: 'audit.read',
    input: z.strictObject({ limit, subject: maybe, by: maybe }),
    run: ({ office }, { limit: most, subject, by }, actor) =>
      office.audit.list({ limit: most, subject, by }, actor),
  }),
  'audit.head': method({
    right: 'audit.read',
    input: nothing,
    run: ({ office }, _, actor) => office.audit.head(actor),
  }),
  'audit.export': download({
    right: 'audit.read',
    input: z.strictObject({ why: maybe }),
    async open({ office }, { why }, actor) {
      const { text, rows } = await office.audit.exported(actor, why);
      return { bytes: pieces(Buffer.from(text)), answer: Promise.resolve({ rows }) };
    },
  }),
};
