import { z } from 'zod';
import { actorOf } from '../guard.js';
import { freeze, storedObjection } from '../answers/privacy.js';
import { retention as retentionAnswer } from '../answers/retention.js';
import { listOf } from '../answers/shapes.js';
import { answersDone, done, type Routes } from './api.js';
import { whomBody } from './privacy-person.js';

const why = z.string().trim().min(1).max(500);
const kind = z.enum(['hold', 'restriction']);
const objected = z.enum(['no-record', 'no-assistant']);
const numberBody = z.object({ number: z.string().min(1).max(40), kind: objected });
const WEEK_MS = 7 * 24 * 3_600_000;

/** What is not destroyed, not used, not recorded; and what goes when. */
export const privacyRuleRoutes: Routes =
  ({ parts: { privacy, clock } }) =>
  async (app) => {
    const { freezes, objections, retention } = privacy;
    const config = { access: 'privacy.requests' } as const;

    app.get(
      '/privacy/freezes/:kind',
      {
        config,
        schema: {
          response: { 200: z.object({ freezes: listOf(freeze) }) },
          params: z.object({ kind }),
        },
      },
      async (request) => ({ freezes: await freezes.list(request.params.kind, actorOf(request)) }),
    );

    /** A person with all their calls, or one call. */
    app.post(
      '/privacy/freezes/:kind',
      {
        config,
        schema: {
          response: { 200: z.object({ placed: listOf(z.number()) }) },
          params: z.object({ kind }),
          body: z.object({
            what: z.union([z.object({ call: z.string().max(80) }), whomBody]),
            why,
          }),
        },
      },
      async (request) => {
        const { what, why } = request.body;
        return { placed: await freezes.place(request.params.kind, what, why, actorOf(request)) };
      },
    );

    app.post(
      '/privacy/freezes/:kind/:id/lift',
      {
        config,
        schema: {
          response: answersDone,
          params: z.object({ kind, id: z.coerce.number().int().min(1) }),
          body: z.object({ why }),
        },
      },
      async (request) => {
        const { kind, id } = request.params;
        await freezes.lift(kind, id, request.body.why, actorOf(request));
        return done;
      },
    );

    app.get(
      '/privacy/objections',
      { config, schema: { response: { 200: z.object({ objections: listOf(storedObjection) }) } } },
      async (request) => ({
        objections: await objections.list(actorOf(request)),
      }),
    );

    app.post(
      '/privacy/objections',
      { config, schema: { response: { 200: z.object({ added: z.boolean() }) }, body: numberBody } },
      async (request) => {
        const { number, kind } = request.body;
        return { added: await objections.add(number, kind, actorOf(request)) };
      },
    );

    app.post(
      '/privacy/objections/remove',
      {
        config,
        schema: { response: { 200: z.object({ removed: z.boolean() }) }, body: numberBody },
      },
      async (request) => {
        const { number, kind } = request.body;
        return { removed: await objections.remove(number, kind, actorOf(request)) };
      },
    );

    /** How the schedule stands, and what falls due by the end of each of the next weeks. */
    app.get(
      '/privacy/retention',
      {
        config,
        schema: {
          response: { 200: retentionAnswer },
          querystring: z.object({ weeks: z.coerce.number().int().min(1).max(53).default(8) }),
        },
      },
      async (request) => {
        const now = clock.now();
        const at = Array.from(
          { length: request.query.weeks + 1 },
          (_, week) => now + week * WEEK_MS,
        );
        return {
          status: await retention.status(),
          at,
          categories: await retention.calendar(at, actorOf(request)),
          months: await retention.counts(),
        };
      },
    );
    await Promise.resolve();
  };
