import { z } from 'zod';
import { privacyErrors } from '../../privacy/errors.js';
import { webErrors } from '../errors.js';
import { actorOf, visitorOf } from '../guard.js';
import { UndoBook, untouched } from '../undo-book.js';
import { messageCounts, messageList, messageReading } from '../answers/messages.js';
import { answersDone, done, idParam, limitQuery, type Routes } from './api.js';

/** The inbox. */
export const messageRoutes: Routes =
  ({ parts: { room, privacy, events, clock } }) =>
  async (app) => {
    const { messages } = room;
    const undone = new UndoBook(clock);
    const changed = (id: string): typeof done => {
      events.emit('message', { id });
      return done;
    };

    app.get(
      '/messages',
      {
        config: { access: 'messages.read' },
        schema: {
          response: { 200: messageList },
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

    /** How many there are, for a badge: no content, so not audited. */
    app.get(
      '/messages/counts',
      { config: { access: 'messages.read' }, schema: { response: { 200: messageCounts } } },
      () => messages.counts(),
    );

    app.get(
      '/messages/:id',
      {
        config: { access: 'messages.read' },
        schema: { response: { 200: messageReading }, params: idParam },
      },
      async (request) => {
        const shown = await messages.show(request.params.id, visitorOf(request).who);
        // From now on it is opened, in every page.
        if (!shown.read) changed(shown.id);
        return shown;
      },
    );

    /** Several messages at once; what the answer names as `undo` takes it back for ten minutes. */
    app.post(
      '/messages/changes',
      {
        config: { access: 'messages.work' },
        schema: {
          response: { 200: z.object({ count: z.number(), undo: z.string() }) },
          body: z.object({
            ids: z.array(idParam.shape.id).min(1).max(500),
            done: z.boolean().optional(),
            to: z.string().min(1).max(60).nullable().optional(),
          }),
        },
      },
      async (request) => {
        const { who, account } = visitorOf(request);
        const { done: settled, to } = request.body;
        const ids = [...new Set(request.body.ids)];
        const before = await messages.stands(ids);
        const missing = ids.find((id) => !before.some((one) => one.id === id));
        if (missing !== undefined) throw privacyErrors.make('NO_MESSAGE', { place: missing });
        for (const id of ids) {
          if (settled !== undefined) await messages.settle(id, settled, who);
          if (to !== undefined) await messages.assign(id, to ?? undefined, who);
          changed(id);
        }
        const after = await messages.stands(ids);
        return { count: ids.length, undo: undone.note({ account: account.id, before, after }) };
      },
    );

    /** Takes a change back, but for messages that were changed again since. */
    app.post(
      '/messages/undo',
      {
        config: { access: 'messages.work' },
        schema: {
          response: { 200: z.object({ count: z.number() }) },
          body: z.object({ undo: z.uuid() }),
        },
      },
      async (request) => {
        const { who, account } = visitorOf(request);
        const change = undone.take(request.body.undo, account.id);
        if (change === undefined) throw webErrors.make('NOTHING_TO_UNDO');
        const now = await messages.stands(change.after.map(({ id }) => id));
        const back = untouched(change, now);
        const count = await messages.putBack(back, who);
        for (const { id } of back) changed(id);
        return { count };
      },
    );

    app.post(
      '/messages/:id/state',
      {
        config: { access: 'messages.work' },
        schema: { response: answersDone, params: idParam, body: z.object({ done: z.boolean() }) },
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
        schema: {
          response: answersDone,
          params: idParam,
          body: z.object({ to: z.string().min(1).max(60).nullable() }),
        },
      },
      async (request) => {
        const { id } = request.params;
        await messages.assign(id, request.body.to ?? undefined, visitorOf(request).who);
        return changed(id);
      },
    );

    /** How a detail of it should read: a fact, so it is for whoever answers requests; the original stays. */
    app.post(
      '/messages/:id/corrections',
      {
        config: { access: 'privacy.requests' },
        schema: {
          response: answersDone,
          params: idParam,
          body: z.object({
            detail: z.string().regex(/^[\w-]{1,60}$/u),
            text: z.string().trim().min(1).max(4000),
          }),
        },
      },
      async (request) => {
        const { id } = request.params;
        const { detail, text } = request.body;
        const [, call = id, number = '0'] = /^(.+)-(\d+)$/u.exec(id) ?? [];
        await privacy.corrections.correct(
          call,
          `message:${number}:${detail}`,
          text,
          actorOf(request),
        );
        return changed(id);
      },
    );

    app.post(
      '/messages/:id/notes',
      {
        config: { access: 'messages.work' },
        schema: {
          response: answersDone,
          params: idParam,
          body: z.object({ text: z.string().min(1).max(4000) }),
        },
      },
      async (request) => {
        const { id } = request.params;
        await messages.note(id, request.body.text, visitorOf(request).who);
        return changed(id);
      },
    );
    await Promise.resolve();
  };
