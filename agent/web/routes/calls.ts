import { Readable } from 'node:stream';
import { z } from 'zod';
import { visitorOf } from '../guard.js';
import { idParam, limitQuery, type Routes } from './api.js';

const partOf = ({ from, to }: { from?: number | undefined; to?: number | undefined }) =>
  from === undefined || to === undefined ? undefined : { fromMs: from, toMs: to };

/** The calls: list, transcript and decisions, recording. */
export const callRoutes: Routes =
  ({ parts: { room } }) =>
  async (app) => {
    app.get(
      '/calls',
      { config: { access: 'calls.list' }, schema: { querystring: limitQuery } },
      async (request) => ({
        calls: await room.listCalls({ limit: request.query.limit, who: visitorOf(request).who }),
      }),
    );

    app.get(
      '/calls/:id',
      { config: { access: 'calls.content' }, schema: { params: idParam } },
      (request) => room.showCall(request.params.id, visitorOf(request).who),
    );

    app.get(
      '/calls/:id/recording.wav',
      {
        config: { access: 'calls.listen' },
        schema: {
          params: idParam,
          querystring: z.object({
            /** A part, in milliseconds from the call's start; the whole without it. */
            from: z.coerce.number().int().min(0).optional(),
            to: z.coerce.number().int().min(0).optional(),
          }),
        },
      },
      async (request, reply) => {
        const { bytes, parts } = await room.listen(
          request.params.id,
          visitorOf(request).who,
          partOf(request.query),
        );
        return reply.type('audio/wav').header('content-length', bytes).send(Readable.from(parts));
      },
    );
    await Promise.resolve();
  };
