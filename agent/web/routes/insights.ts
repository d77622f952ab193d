import { z } from 'zod';
import { visitorOf } from '../guard.js';
import type { Routes } from './api.js';

/** How the calls went, in numbers. */
export const insightRoutes: Routes =
  ({ parts: { room, office } }) =>
  async (app) => {
    app.get(
      '/insights',
      {
        config: { access: 'insights.read' },
        schema: {
          querystring: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }),
        },
      },
      (request) => room.insights(request.query.days, office.timeZone, visitorOf(request).who),
    );
    await Promise.resolve();
  };
