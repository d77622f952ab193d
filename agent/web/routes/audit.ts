import { visitorOf } from '../guard.js';
import type { Routes } from './api.js';

/** The audit log's check. */
export const auditRoutes: Routes =
  ({ parts: { room } }) =>
  async (app) => {
    app.get('/audit/check', { config: { access: 'audit.read' } }, (request) =>
      room.verifyAudit(visitorOf(request).who),
    );
    await Promise.resolve();
  };
