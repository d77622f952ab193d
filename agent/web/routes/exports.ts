import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { contactCards, messagesFeed } from '../../notify/cards-and-feed.js';
import { contactsCsv, messagesCsv } from '../exports.js';
import { visitorOf } from '../guard.js';
import { file } from '../answers/shapes.js';
import { idParam, type Routes } from './api.js';

export const CSV = 'text/csv; charset=utf-8; header=present';
const VCARD = 'text/vcard; charset=utf-8';

export const asFile = (reply: FastifyReply, name: string, type: string): FastifyReply =>
  reply.type(type).header('content-disposition', `attachment; filename="${name}"`);

/** Messages and contacts in the formats of other programs. Each is an entry of the audit log. */
export const exportRoutes: Routes =
  ({ parts: { room, feed } }) =>
  async (app) => {
    const config = { access: 'exports.make' } as const;

    app.get(
      '/export/messages.csv',
      { config, schema: { response: { 200: file('text/csv') } } },
      async (request, reply) => {
        const found = await room.messages.export(visitorOf(request).who);
        return asFile(reply, 'messages.csv', CSV).send(messagesCsv(found));
      },
    );

    app.get(
      '/export/contacts.csv',
      { config, schema: { response: { 200: file('text/csv') } } },
      async (request, reply) => {
        const found = await room.contacts.export(visitorOf(request).who);
        return asFile(reply, 'contacts.csv', CSV).send(contactsCsv(found));
      },
    );

    app.get(
      '/export/contacts.vcf',
      { config, schema: { response: { 200: file('text/vcard') } } },
      async (request, reply) => {
        const found = await room.contacts.export(visitorOf(request).who);
        return asFile(reply, 'contacts.vcf', VCARD).send(contactCards(found));
      },
    );

    /** One card, for the telephone of whoever calls back. */
    app.get(
      '/contacts/:id/card.vcf',
      {
        config: { access: 'contacts.read' },
        schema: { response: { 200: file('text/vcard') }, params: idParam },
      },
      async (request, reply) => {
        const found = await room.contacts.show(request.params.id, visitorOf(request).who);
        return asFile(reply, 'contact.vcf', VCARD).send(contactCards([found]));
      },
    );

    /** Waiting messages for a calendar program; it logs in by name and token (HTTP Basic). */
    app.get(
      '/feed/messages.ics',
      {
        config: { access: 'messages.read', basic: true },
        schema: {
          response: { 200: file('text/calendar') },
          querystring: z.object({ as: z.enum(['tasks', 'events']).default('tasks') }),
        },
      },
      async (request, reply) => {
        const ask = { limit: 500, states: ['open', 'partial'] as const };
        const found = await room.messages.list(ask, visitorOf(request).who);
        return reply
          .type('text/calendar; charset=utf-8')
          .send(messagesFeed(found, request.query.as, feed));
      },
    );
    await Promise.resolve();
  };
