import { z } from 'zod';
import { visitorOf } from '../guard.js';
import { done, idParam, limitQuery, type Routes } from './api.js';

/** Who calls. */
export const contactRoutes: Routes =
  ({ parts: { room } }) =>
  async (app) => {
    app.get(
      '/contacts',
      {
        config: { access: 'contacts.read' },
        schema: { querystring: limitQuery.extend({ leads: z.stringbool().default(false) }) },
      },
      async (request) => ({
        contacts: await room.contacts.list(request.query, visitorOf(request).who),
      }),
    );

    app.get(
      '/contacts/:id',
      { config: { access: 'contacts.read' }, schema: { params: idParam } },
      (request) => room.contacts.show(request.params.id, visitorOf(request).who),
    );

    app.post(
      '/contacts/:id/merge',
      {
        config: { access: 'contacts.change' },
        schema: { params: idParam, body: z.object({ into: idParam.shape.id }) },
      },
      async (request) => {
        await room.contacts.merge(request.params.id, request.body.into, visitorOf(request).who);
        return done;
      },
    );
    await Promise.resolve();
  };
