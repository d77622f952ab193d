import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { VestibuleError } from '../../errors.js';
import { webErrors } from '../errors.js';
import { visitorOf } from '../guard.js';
import type { OtherOffices, Person } from '../ports.js';
import { callReading } from '../answers/call-reading.js';
import { officeMessage } from '../answers/messages.js';
import { officeCalls, officeHealthTold, officeMessages, officeState } from '../answers/offices.js';
import { listOf } from '../answers/shapes.js';
import { answersDone, done, idParam, limitQuery, type Routes } from './api.js';

const office = z.object({ office: z.string().regex(/^[a-z0-9-]{1,40}$/u) });
const thing = office.extend(idParam.shape);
const STATES = { waiting: ['open', 'partial'], done: ['done'], all: [] } as const;

const personOf = (request: FastifyRequest): Person => {
  const { name, role } = visitorOf(request).account;
  return { name, role };
};

/**
 * Other offices. What is asked for is asked at the office each time, for the person and with their role;
 * who asked for what is a row of the audit log here, before it is asked, and another one there. A list
 * of an office that does not answer says so and is no error: the page has others to show.
 */
export const officeRoutes: Routes =
  ({ parts: { room, offices } }) =>
  async (app) => {
    const others = (): OtherOffices => {
      if (offices === undefined) throw webErrors.make('NO_OFFICES');
      return offices;
    };
    const noted = (what: string, subject: string, request: FastifyRequest): Promise<void> =>
      room.elsewhere(what, subject, visitorOf(request).who);

    app.get(
      '/offices',
      {
        config: { access: 'login' },
        schema: { response: { 200: z.object({ offices: listOf(officeState) }) } },
      },
      () => ({
        offices: offices?.list() ?? [],
      }),
    );

    app.get(
      '/offices/:office/messages',
      {
        config: { access: 'messages.read' },
        schema: {
          response: { 200: officeMessages },
          params: office,
          querystring: limitQuery.extend({
            state: z.enum(['waiting', 'done', 'all']).default('waiting'),
          }),
        },
      },
      async (request) => {
        const { limit, state } = request.query;
        const at = request.params.office;
        await noted('messages.heads', at, request);
        const asked = { limit, states: [...STATES[state]] };
        const heads = others().ask(at, 'messages.heads', asked, personOf(request));
        return listed(heads.then((messages) => ({ messages })));
      },
    );

    app.get(
      '/offices/:office/messages/:id',
      {
        config: { access: 'messages.read' },
        schema: { response: { 200: officeMessage }, params: thing },
      },
      async (request) => {
        const { office: at, id } = request.params;
        await noted('messages.show', `${at}/${id}`, request);
        return others().ask(at, 'messages.show', { id }, personOf(request));
      },
    );

    app.post(
      '/offices/:office/messages/:id/state',
      {
        config: { access: 'messages.work' },
        schema: { response: answersDone, params: thing, body: z.object({ done: z.boolean() }) },
      },
      async (request) => {
        const { office: at, id } = request.params;
        const settled = request.body.done;
        await noted(settled ? 'messages.done' : 'messages.reopen', `${at}/${id}`, request);
        await others().ask(at, 'messages.settle', { id, done: settled }, personOf(request));
        return done;
      },
    );

    app.post(
      '/offices/:office/messages/:id/notes',
      {
        config: { access: 'messages.work' },
        schema: {
          response: answersDone,
          params: thing,
          body: z.object({ text: z.string().min(1).max(4000) }),
        },
      },
      async (request) => {
        const { office: at, id } = request.params;
        await noted('messages.note', `${at}/${id}`, request);
        const { text } = request.body;
        await others().ask(at, 'messages.note', { id, text }, personOf(request));
        return done;
      },
    );

    app.get(
      '/offices/:office/calls',
      {
        config: { access: 'calls.list' },
        schema: { response: { 200: officeCalls }, params: office, querystring: limitQuery },
      },
      async (request) => {
        const at = request.params.office;
        await noted('calls.list', at, request);
        const { limit } = request.query;
        const heads = others().ask(at, 'calls.list', { limit }, personOf(request));
        return listed(heads.then((calls) => ({ calls })));
      },
    );

    app.get(
      '/offices/:office/calls/:id',
      {
        config: { access: 'calls.content' },
        schema: { response: { 200: callReading }, params: thing },
      },
      async (request) => {
        const { office: at, id } = request.params;
        await noted('calls.show', `${at}/${id}`, request);
        return others().ask(at, 'calls.show', { id }, personOf(request));
      },
    );

    app.get(
      '/offices/:office/health',
      {
        config: { access: 'health.read' },
        schema: { response: { 200: officeHealthTold }, params: office },
      },
      async (request) => {
        const at = request.params.office;
        await noted('health', at, request);
        return listed(others().health(at, personOf(request)));
      },
    );
    await Promise.resolve();
  };

/** A list, or that the office is away, or what it refuses. @throws FEDERATION_NO_OFFICE */
async function listed<T extends object>(
  asked: Promise<T>,
): Promise<
  (NoInfer<T> & { state: 'here' }) | { state: 'away' | 'refused'; code: string; mend: string }
> {
  try {
    return { ...(await asked), state: 'here' };
  } catch (error) {
    if (!(error instanceof VestibuleError) || error.code === 'FEDERATION_NO_OFFICE') throw error;
    const state = error.code === 'FEDERATION_AWAY' ? 'away' : 'refused';
    return { state, code: error.code, mend: error.mend };
  }
}
