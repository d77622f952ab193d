import { z } from 'zod';
import { REQUEST_KINDS } from '../../privacy/request-desk.js';
import { actorOf } from '../guard.js';
import { done, type Routes } from './api.js';

const numberParam = z.object({ id: z.coerce.number().int().min(1) });
const text = z.string().trim().min(1).max(500);
const query = z.object({
  number: z.string().max(40).optional(),
  email: z.string().max(200).optional(),
  name: z.string().max(120).optional(),
  contact: z.string().max(80).optional(),
});

/** What people ask for concerning their data: the queue, and erasure with its preview. */
export const privacyRoutes: Routes =
  ({ parts: { privacy } }) =>
  async (app) => {
    const { requests, erasing, freezes } = privacy;
    const config = { access: 'privacy.requests' } as const;

    app.get(
      '/privacy/requests',
      { config, schema: { querystring: z.object({ all: z.stringbool().default(false) }) } },
      async (request) => ({
        requests: await requests.list(request.query.all, actorOf(request)),
      }),
    );

    app.post(
      '/privacy/requests',
      {
        config,
        schema: {
          body: z.object({
            kind: z.enum(REQUEST_KINDS),
            ...{ name: text.optional(), number: text.optional() },
            ...{ email: text.optional(), note: z.string().max(4000).optional() },
          }),
        },
      },
      async (request) => {
        const { kind, ...body } = request.body;
        return { id: await requests.take(kind, body, actorOf(request)) };
      },
    );

    /** A code to be read back by the person, and the numbers on file to call. */
    app.post('/privacy/requests/:id/code', { config, schema: { params: numberParam } }, (request) =>
      requests.code(request.params.id, actorOf(request)),
    );

    app.post(
      '/privacy/requests/:id/verify',
      { config, schema: { params: numberParam, body: z.object({ code: z.string().max(20) }) } },
      async (request) => {
        await requests.verify(request.params.id, request.body.code, actorOf(request));
        return done;
      },
    );

    app.post(
      '/privacy/requests/:id/vouch',
      { config, schema: { params: numberParam, body: z.object({ how: text }) } },
      async (request) => {
        await requests.vouch(request.params.id, request.body.how, actorOf(request));
        return done;
      },
    );

    app.post(
      '/privacy/requests/:id/extend',
      { config, schema: { params: numberParam, body: z.object({ why: text }) } },
      async (request) => ({
        dueAt: await requests.extend(request.params.id, request.body.why, actorOf(request)),
      }),
    );

    app.post(
      '/privacy/requests/:id/close',
      {
        config,
        schema: {
          params: numberParam,
          body: z.object({ state: z.enum(['done', 'refused']), outcome: text }),
        },
      },
      async (request) => {
        const { state, outcome } = request.body;
        await requests.close(request.params.id, state, outcome, actorOf(request));
        return done;
      },
    );

    /** What an erasure would destroy and what it would keep; nothing is changed. */
    app.post(
      '/privacy/erasure/plan',
      { config, schema: { body: z.object({ query, also: z.array(z.string()).default([]) }) } },
      (request) => erasing.plan(request.body, actorOf(request)),
    );

    /** Erases; answers with the signed receipt. Nothing brings back what is gone. */
    app.post(
      '/privacy/erasure',
      {
        config,
        schema: {
          body: z.object({
            query,
            also: z.array(z.string()).default([]),
            proof: z.object({
              request: z.int().min(1).optional(),
              identity: text.optional(),
            }),
          }),
        },
      },
      (request) => erasing.erase(request.body, actorOf(request)),
    );

    app.get(
      '/privacy/freezes/:kind',
      { config, schema: { params: z.object({ kind: z.enum(['hold', 'restriction']) }) } },
      async (request) => ({ freezes: await freezes.list(request.params.kind, actorOf(request)) }),
    );
    await Promise.resolve();
  };
