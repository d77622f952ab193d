import { z } from 'zod';
import { visitorOf } from '../guard.js';
import { contactReading, storedContact } from '../answers/contacts.js';
import { listOf } from '../answers/shapes.js';
import { answersDone, done, idParam, limitQuery, type Routes } from './api.js';

/** Who calls. */
export const contactRoutes: Routes =
  ({ parts: { room } }) =>
  async (app) => {
    app.get(
      '/contacts',
      {
        config: { access: 'contacts.read' },
        schema: {
          response: { 200: z.object({ contacts: listOf(storedContact) }) },
          querystring: limitQuery.extend({ leads: z.stringbool().default(false) }),
        },
      },
      async (request) => ({
        contacts: await room.contacts.list(request.query, visitorOf(request).who),
      }),
    );

    app.get(
      '/contacts/:id',
      {
        config: { access: 'contacts.read' },
        schema: { response: { 200: contactReading }, params: idParam },
      },
      (request) => room.contacts.show(request.params.id, visitorOf(request).who),
    );

    app.post(
      '/contacts/:id/merge',
      {
        config: { access: 'contacts.change' },
        schema: {
          response: answersDone,
          params: idParam,
          body: z.object({ into: idParam.shape.id }),
        },
      },
      async (request) => {
        await room.contacts.merge(request.params.id, request.body.into, visitorOf(request).who);
        return done;
      },
    );
    await Promise.resolve();
  };
