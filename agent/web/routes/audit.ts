import { z } from 'zod';
import { actorOf } from '../guard.js';
import { auditCheck, storedAuditRow } from '../answers/audit.js';
import { listOf } from '../answers/shapes.js';
import { limitQuery, type Routes } from './api.js';

/** The audit log: its rows, and whether the chain is whole. */
export const auditRoutes: Routes =
  ({ parts: { privacy } }) =>
  async (app) => {
    app.get(
      '/audit',
      {
        config: { access: 'audit.read' },
        schema: {
          response: { 200: z.object({ rows: listOf(storedAuditRow) }) },
          querystring: limitQuery.extend({
            subject: z.string().max(80).optional(),
            by: z.string().max(80).optional(),
          }),
        },
      },
      async (request) => ({ rows: await privacy.audit.list(request.query, actorOf(request)) }),
    );

    app.get(
      '/audit/check',
      { config: { access: 'audit.read' }, schema: { response: { 200: auditCheck } } },
      (request) => privacy.audit.verify(actorOf(request)),
    );
    await Promise.resolve();
  };
