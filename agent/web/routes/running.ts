import type { FastifyRequest } from 'fastify';
import { receptionErrors } from '../../reception/errors.js';
import { visitorOf } from '../guard.js';
import { runningCalls } from '../answers/running.js';
import { answersDone, done, idParam, type Routes } from './api.js';

/** Calls that run: that they do, and what the staff does with them. Their words go over the socket. */
export const runningRoutes: Routes =
  ({ parts: { live, lines, room } }) =>
  async (app) => {
    const schema = { params: idParam };
    /** @throws RECEPTION_CALL_OVER */
    const known = (call: string): void => {
      if (live.find(call) === undefined) throw receptionErrors.make('CALL_OVER', { place: call });
    };
    const telephoneOf = (request: FastifyRequest): string | undefined =>
      visitorOf(request).account.extension;

    /** Neither who calls nor what is said. */
    app.get(
      '/live/calls',
      { config: { access: 'calls.list' }, schema: { response: { 200: runningCalls } } },
      () => ({
        calls: live
          .list()
          .map(({ id, begunAt, state, asks, intent, urgency, consented, audible }) => ({
            ...{ id, begunAt, state, asks, intent, urgency, consented, audible },
          })),
        allows: live.allows,
        lines: lines(),
      }),
    );

    app.post(
      '/live/calls/:id/take-over',
      { config: { access: 'calls.steer' }, schema: { ...schema, response: answersDone } },
      async (request) => {
        const { id } = request.params;
        known(id);
        await room.live.enter('take-over', id, visitorOf(request).who);
        await live.takeOver(id, telephoneOf(request));
        return done;
      },
    );

    app.post(
      '/live/calls/:id/whisper',
      { config: { access: 'calls.listen' }, schema: { ...schema, response: answersDone } },
      async (request) => {
        const { id } = request.params;
        known(id);
        await room.live.enter('whisper', id, visitorOf(request).who);
        await live.whisper(id, telephoneOf(request));
        return done;
      },
    );

    app.post(
      '/live/calls/:id/end',
      { config: { access: 'calls.steer' }, schema: { ...schema, response: answersDone } },
      async (request) => {
        const { id } = request.params;
        known(id);
        await room.live.enter('end', id, visitorOf(request).who);
        await live.end(id);
        return done;
      },
    );
    await Promise.resolve();
  };
