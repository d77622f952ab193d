import { z } from 'zod';
import { REQUEST_KINDS } from '../../privacy/request-kinds.js';
import { actorOf } from '../guard.js';
import { callBack, queuedRequest } from '../answers/privacy.js';
import { listOf, momentAt } from '../answers/shapes.js';
import { answersDone, done, type Routes } from './api.js';

const numberParam = z.object({ id: z.coerce.number().int().min(1) });
const text = z.string().trim().min(1).max(500);
/** What people ask for concerning their data: the queue. */
export const privacyRequestRoutes: Routes =
  ({ parts: { privacy } }) =>
  async (app) => {
    const { requests } = privacy;
    const config = { access: 'privacy.requests' } as const;

    app.get(
      '/privacy/requests',
      {
        config,
        schema: {
          response: { 200: z.object({ requests: listOf(queuedRequest) }) },
          querystring: z.object({ all: z.stringbool().default(false) }),
        },
      },
      async (request) => ({
        requests: await requests.list(request.query.all, actorOf(request)),
      }),
    );

    app.post(
      '/privacy/requests',
      {
        config,
        schema: {
          response: { 200: z.object({ id: z.number() }) },
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
    app.post(
      '/privacy/requests/:id/code',
      { config, schema: { response: { 200: callBack }, params: numberParam } },
      (request) => requests.code(request.params.id, actorOf(request)),
    );

    app.post(
      '/privacy/requests/:id/verify',
      {
        config,
        schema: {
          response: answersDone,
          params: numberParam,
          body: z.object({ code: z.string().max(20) }),
        },
      },
      async (request) => {
        await requests.verify(request.params.id, request.body.code, actorOf(request));
        return done;
      },
    );

    app.post(
      '/privacy/requests/:id/vouch',
      {
        config,
        schema: { response: answersDone, params: numberParam, body: z.object({ how: text }) },
      },
      async (request) => {
        await requests.vouch(request.params.id, request.body.how, actorOf(request));
        return done;
      },
    );

    app.post(
      '/privacy/requests/:id/extend',
      {
        config,
        schema: {
          response: { 200: z.object({ dueAt: momentAt }) },
          params: numberParam,
          body: z.object({ why: text }),
        },
      },
      async (request) => ({
        dueAt: await requests.extend(request.params.id, request.body.why, actorOf(request)),
      }),
    );

    app.post(
      '/privacy/requests/:id/close',
      {
        config,
        schema: {
          response: answersDone,
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
    await Promise.resolve();
  };
