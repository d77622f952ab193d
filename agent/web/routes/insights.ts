import { z } from 'zod';
import { file } from '../answers/shapes.js';
import { insights } from '../answers/insights.js';
import { insightsCsv } from '../exports.js';
import { visitorOf } from '../guard.js';
import type { Routes } from './api.js';
import { asFile, CSV } from './exports.js';

/** How the calls went, in numbers. */
export const insightRoutes: Routes =
  ({ parts: { room, office } }) =>
  async (app) => {
    const options = {
      config: { access: 'insights.read' },
      schema: {
        querystring: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }),
      },
    } as const;
    app.get(
      '/insights',
      { ...options, schema: { ...options.schema, response: { 200: insights } } },
      (request) => room.insights(request.query.days, office.timeZone, visitorOf(request).who),
    );
    app.get(
      '/insights.csv',
      { ...options, schema: { ...options.schema, response: { 200: file('text/csv') } } },
      async (request, reply) => {
        const { days } = request.query;
        const found = await room.insights(days, office.timeZone, visitorOf(request).who);
        const name = `insights-${String(days)}-days.csv`;
        return asFile(reply, name, CSV).send(insightsCsv(found));
      },
    );
    await Promise.resolve();
  };
