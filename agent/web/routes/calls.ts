import { Readable } from 'node:stream';
import { visitorOf } from '../guard.js';
import { idParam, limitQuery, type Routes } from './api.js';

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
      { config: { access: 'calls.listen' }, schema: { params: idParam } },
      async (request, reply) => {
        const { bytes, parts } = await room.listen(request.params.id, visitorOf(request).who);
        return reply.type('audio/wav').header('content-length', bytes).send(Readable.from(parts));
      },
    );
    await Promise.resolve();
  };
