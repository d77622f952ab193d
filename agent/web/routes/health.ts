import { health } from '../answers/health.js';
import type { Routes } from './api.js';

/** What the doctor finds. */
export const healthRoutes: Routes =
  ({ parts }) =>
  async (app) => {
    app.get(
      '/health',
      { config: { access: 'health.read' }, schema: { response: { 200: health } } },
      async () => ({
        ready: parts.ready(),
        version: parts.version,
        findings: await parts.health(),
      }),
    );
    await Promise.resolve();
  };
