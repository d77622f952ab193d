import { Readable } from 'node:stream';
import { z } from 'zod';
import { transcriptText } from '../../privacy/transcript-text.js';
import { DAMAGED_HEADER, writeSpans } from '../damaged-sound.js';
import { webErrors } from '../errors.js';
import { actorOf, visitorOf } from '../guard.js';
import { callReading } from '../answers/call-reading.js';
import {
  callKinds,
  callList,
  hiddenText,
  searchHit,
  teachingAnswer,
  type Teaching,
} from '../answers/calls.js';
import { file, listOf } from '../answers/shapes.js';
import { answersDone, done, idParam, limitQuery, type Routes } from './api.js';

const partOf = ({ from, to }: { from?: number | undefined; to?: number | undefined }) =>
  from === undefined || to === undefined ? undefined : { fromMs: from, toMs: to };

const moment = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional();
const code = z.string().min(1).max(60).optional();
const filter = limitQuery.extend({
  /** When the call began: half-open, milliseconds since 1970. */
  from: moment,
  to: moment,
  outcome: code,
  /** An intent, or the part before its dot. */
  intent: code,
  urgency: code,
  recorded: z.stringbool().optional(),
});
const page = filter.extend({
  /** So many of the latest are left out: the list is fetched as far as it is looked at. */
  skip: z.coerce.number().int().min(0).max(100_000_000).default(0),
});
const search = filter.extend({
  limit: z.coerce.number().int().min(1).max(500).default(200),
  /** What the caller said or a message holds, all of them; "…" for words in that order. */
  words: z.string().max(200).optional(),
  /** A telephone number or its end, at least four digits. */
  number: z.string().max(40).optional(),
  name: z.string().max(120).optional(),
});
/** A call has fewer turns. */
const MOST_TURNS = 100_000;

/** Examples are kept in the open: no number goes into them, and nothing that was hidden. */
const NUMBER = /\d[\d\s-]{2,}\d|\[/u;

/** @throws WEB_FORBIDDEN where it is not wanted, WEB_BAD_REQUEST naming what does not fit */
function refuseUnfit(
  { intent, text }: { readonly intent: string; readonly text: string },
  { on, intents }: Teaching,
): void {
  if (!on) throw webErrors.make('FORBIDDEN', { place: 'web.teachFromCalls' });
  if (!intents.includes(intent)) throw webErrors.make('BAD_REQUEST', { place: 'teach.intent' });
  if (NUMBER.test(text)) {
    throw webErrors.make('BAD_REQUEST', { place: 'teach.text', detail: 'it holds a number' });
  }
}

/** Without what was not asked for. */
const given = <T extends object>(asked: T) =>
  Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>;
  };

/** The calls: list, search, transcript and decisions, recording. */
export const callRoutes: Routes =
  ({ parts: { room, privacy, office, settings, workshop } }) =>
  async (app) => {
    const teaching = (): Teaching => ({
      on: settings.teachFromCalls,
      intents: settings.teachFromCalls
        ? workshop.intents.list().intents.map(({ intent }) => intent)
        : [],
    });

    app.get(
      '/calls',
      {
        config: { access: 'calls.list' },
        schema: { response: { 200: callList }, querystring: page },
      },
      async (request) => {
        const { limit, skip, ...wanted } = request.query;
        const { who } = visitorOf(request);
        const calls = await room.listCalls({ limit, skip, who, filter: wanted });
        return { calls, total: await room.countCalls(wanted) };
      },
    );

    app.get(
      '/calls/kinds',
      { config: { access: 'calls.list' }, schema: { response: { 200: callKinds } } },
      () => room.callKinds(),
    );

    /** Calls by what was said in them. */
    app.get(
      '/calls/search',
      {
        config: { access: 'calls.content' },
        schema: { response: { 200: z.object({ calls: listOf(searchHit) }) }, querystring: search },
      },
      async (request) => {
        const { urgency, recorded, ...wanted } = request.query;
        const found = await room.search.find(given(wanted), visitorOf(request).who);
        return {
          calls: found.filter(
            (call) =>
              (urgency === undefined || call.urgency === urgency) &&
              (recorded === undefined || call.recorded === recorded),
          ),
        };
      },
    );

    /** Who called, for rows of the list that are looked at: numbers by the ids of calls. */
    app.post(
      '/calls/callers',
      {
        config: { access: 'calls.content' },
        schema: {
          response: { 200: z.object({ callers: z.record(z.string(), z.string()) }) },
          body: z.object({ ids: z.array(idParam.shape.id).min(1).max(100) }),
        },
      },
      async (request) => ({
        callers: await room.callersOf(request.body.ids, visitorOf(request).who),
      }),
    );

    app.get(
      '/calls/:id',
      {
        config: { access: 'calls.content' },
        schema: { response: { 200: callReading }, params: idParam },
      },
      (request) => room.showCall(request.params.id, visitorOf(request).who),
    );

    app.get(
      '/calls/:id/transcript.txt',
      {
        config: { access: 'calls.content' },
        schema: { response: { 200: file('text/plain') }, params: idParam },
      },
      async (request, reply) => {
        const { id } = request.params;
        const call = await room.takeAway(id, visitorOf(request).who);
        return reply
          .type('text/plain; charset=utf-8')
          .header('content-disposition', `attachment; filename="call-${id}.txt"`)
          .send(transcriptText(call, office.name, office.timeZone));
      },
    );

    /** What was hidden in the texts; whoever asks says why. */
    app.post(
      '/calls/:id/reveal',
      {
        config: { access: 'calls.listen' },
        schema: {
          response: { 200: z.object({ hidden: listOf(hiddenText) }) },
          params: idParam,
          body: z.object({ why: z.string().trim().min(3).max(500) }),
        },
      },
      async (request) => ({
        hidden: await room.reveal(request.params.id, request.body.why, actorOf(request)),
      }),
    );

    /** Whether corrected sentences may teach what callers mean, and what that can be. */
    app.get(
      '/calls/teaching',
      { config: { access: 'calls.correct' }, schema: { response: { 200: teachingAnswer } } },
      teaching,
    );

    /** How the turn with that number, from 1, should read; the original stays as it is. */
    app.post(
      '/calls/:id/corrections',
      {
        config: { access: 'calls.correct' },
        schema: {
          response: answersDone,
          params: idParam,
          body: z.object({
            turn: z.int().min(1).max(MOST_TURNS),
            text: z.string().trim().min(1).max(4000),
            /** An example of what callers mean, for the next training. */
            teach: z
              .object({
                intent: z.string().min(1).max(60),
                text: z.string().trim().min(3).max(300),
              })
              .optional(),
          }),
        },
      },
      async (request) => {
        const { turn, text, teach } = request.body;
        if (teach !== undefined) refuseUnfit(teach, teaching());
        const thing = `utterance:${String(turn)}`;
        const actor = actorOf(request);
        await privacy.corrections.correct(request.params.id, thing, text, actor);
        if (teach !== undefined) {
          await workshop.intents.add(teach.intent, teach.text, actor.who);
        }
        return done;
      },
    );

    app.get(
      '/calls/:id/recording.wav',
      {
        config: { access: 'calls.listen' },
        schema: {
          response: {
            200: {
              ...file('audio/wav'),
              description: `A file; ${DAMAGED_HEADER} names its seconds that are silent because they are damaged`,
            },
          },
          params: idParam,
          querystring: z.object({
            /** A part, in milliseconds from the call's start; the whole without it. */
            from: z.coerce.number().int().min(0).optional(),
            to: z.coerce.number().int().min(0).optional(),
            /** To be kept as a file, which is written down as such. */
            download: z.stringbool().default(false),
          }),
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        const { download } = request.query;
        const { who } = visitorOf(request);
        const as = download ? 'calls.export' : 'calls.listen';
        const { bytes, parts, damaged } = await room.listen(id, who, partOf(request.query), as);
        if (download) {
          void reply.header('content-disposition', `attachment; filename="call-${id}.wav"`);
        }
        if (damaged.length > 0) void reply.header(DAMAGED_HEADER, writeSpans(damaged));
        return reply.type('audio/wav').header('content-length', bytes).send(Readable.from(parts));
      },
    );
    await Promise.resolve();
  };
