import { z } from 'zod';
import { actorOf } from '../guard.js';
import { erasurePlan, receipt } from '../answers/privacy.js';
import { file } from '../answers/shapes.js';
import type { Routes } from './api.js';

/** Whom it is about. */
export const whomBody = z.object({
  number: z.string().max(40).optional(),
  email: z.string().max(200).optional(),
  name: z.string().max(120).optional(),
  contact: z.string().max(80).optional(),
});

/** How it is known that they ask: a verified request, or how staff know them. */
const proof = z.object({
  request: z.int().min(1).optional(),
  identity: z.string().trim().min(1).max(500).optional(),
});

/** One person's data: all of it in an archive, or none of it any more. */
export const privacyPersonRoutes: Routes =
  ({ parts: { privacy } }) =>
  async (app) => {
    const { erasing, reports } = privacy;
    const config = { access: 'privacy.requests' } as const;

    /** A ZIP archive: HTML to read, JSON with its schema, tables, recordings, signed manifest. */
    app.post(
      '/privacy/report',
      {
        config,
        schema: {
          response: { 200: file('application/zip') },
          body: z.object({ query: whomBody, proof }),
        },
      },
      async (request, reply) => {
        const { query, proof: shown } = request.body;
        const { stream, mentions } = await reports.send(query, shown, actorOf(request));
        return reply
          .type('application/zip')
          .header('content-disposition', 'attachment; filename="report.zip"')
          .header('x-mentions-elsewhere', String(mentions.length))
          .send(stream);
      },
    );

    /** What an erasure would destroy and what it would keep; nothing is changed. */
    app.post(
      '/privacy/erasure/plan',
      {
        config,
        schema: {
          response: { 200: erasurePlan },
          body: z.object({ query: whomBody, also: z.array(z.string()).default([]) }),
        },
      },
      (request) => erasing.plan(request.body, actorOf(request)),
    );

    /** Erases; answers with the signed receipt. Nothing brings back what is gone. */
    app.post(
      '/privacy/erasure',
      {
        config,
        schema: {
          response: { 200: receipt },
          body: z.object({ query: whomBody, also: z.array(z.string()).default([]), proof }),
        },
      },
      (request) => erasing.erase(request.body, actorOf(request)),
    );
    await Promise.resolve();
  };
