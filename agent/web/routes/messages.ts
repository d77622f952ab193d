import { z } from 'zod';
import { visitorOf } from '../guard.js';
import { done, idParam, limitQuery, type Routes } from './api.js';

/** The inbox. */
export const messageRoutes: Routes =
  ({ parts: { room, events } }) =>
  async (app) => {
    const { messages } = room;
    const changed = (id: string): typeof done => {
      events.emit('message', { id });
      return done;
    };

    app.get(
      '/messages',
      {
        config: { access: 'messages.read' },
        schema: {
          querystring: limitQuery.extend({
            state: z.enum(['waiting', 'done', 'all']).default('waiting'),
          }),
        },
      },
      async (request) => {
        const { limit, state } = request.query;
        const states = {
          waiting: ['open', 'partial'],
          done: ['done'],
          all: [],
        } as const;
        const { who } = visitorOf(request);
        return {
          messages: await messages.list({ limit, states: states[state] }, who),
          counts: await messages.counts(),
        };
      },
    );

    app.get(
      '/messages/:id',
      { config: { access: 'messages.read' }, schema: { params: idParam } },
      (request) => messages.show(request.params.id, visitorOf(request).who),
    );

    app.post(
      '/messages/:id/state',
      {
        config: { access: 'messages.work' },
        schema: { params: idParam, body: z.object({ done: z.boolean() }) },
      },
      async (request) => {
        const { id } = request.params;
        await messages.settle(id, request.body.done, visitorOf(request).who);
        return changed(id);
      },
    );

    app.post(
      '/messages/:id/assign',
      {
        config: { access: 'messages.work' },
        schema: { params: idParam, body: z.object({ to: z.string().min(1).max(60).nullable() }) },
      },
      async (request) => {
        const { id } = request.params;
        await messages.assign(id, request.body.to ?? undefined, visitorOf(request).who);
        return changed(id);
      },
    );

    app.post(
      '/messages/:id/notes',
      {
        config: { access: 'messages.work' },
        schema: { params: idParam, body: z.object({ text: z.string().min(1).max(4000) }) },
      },
      async (request) => {
        const { id } = request.params;
        await messages.note(id, request.body.text, visitorOf(request).who);
        return changed(id);
      },
    );
    await Promise.resolve();
  };
