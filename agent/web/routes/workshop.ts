import { z } from 'zod';
import { SAMPLE_RATE, type Pcm } from '../../audio/frame.js';
import { encodeWav } from '../../audio/wav.js';
import { webErrors } from '../errors.js';
import { visitorOf } from '../guard.js';
import { file, listOf } from '../answers/shapes.js';
import { faqTrial, intentBook, shelfPrompt, understood } from '../answers/workshop.js';
import { answersDone, done, type Routes } from './api.js';

/** Two minutes in stereo at 48 kHz. */
const MOST_BYTES = 24 * 1024 * 1024;
const promptQuery = z.object({ name: z.string().min(1).max(120) });
const said = z.string().trim().min(1).max(500);
const example = z.object({ intent: z.string().min(1).max(80), text: said });
const faqEntry = z.object({
  id: z.string().min(1).max(80),
  questions: z.array(z.string().min(1).max(500)).min(1).max(50),
  answer: z.string().max(2_000),
});

const wavOf = (pcm: Pcm): Buffer => Buffer.from(encodeWav([pcm], SAMPLE_RATE));

/** Prompts, frequent questions and intents: heard, recorded, tried, trained. */
export const workshopRoutes: Routes =
  ({ parts: { workshop } }) =>
  async (app) => {
    const { prompts, intents } = workshop;
    const read = { access: 'configuration.read' } as const;
    const change = { access: 'configuration.change' } as const;

    app.get(
      '/prompts',
      { config: read, schema: { response: { 200: z.object({ prompts: listOf(shelfPrompt) }) } } },
      async () => ({ prompts: await prompts.list() }),
    );

    app.get(
      '/prompts/sound.wav',
      { config: read, schema: { response: { 200: file('audio/wav') }, querystring: promptQuery } },
      async (request, reply) =>
        reply.type('audio/wav').send(wavOf(await prompts.sound(request.query.name))),
    );

    /** Any text by the voice, as prompts are spoken. */
    app.post(
      '/prompts/say',
      {
        config: read,
        schema: { response: { 200: file('audio/wav') }, body: z.object({ text: said }) },
      },
      async (request, reply) =>
        reply.type('audio/wav').send(wavOf(await prompts.say(request.body.text))),
    );

    await app.register(async (scope) => {
      scope.addContentTypeParser(
        'audio/wav',
        { parseAs: 'buffer', bodyLimit: MOST_BYTES },
        (_request, body, parsed) => {
          parsed(null, body);
        },
      );
      scope.post(
        '/prompts/recording',
        {
          config: change,
          schema: { response: answersDone, querystring: promptQuery },
          bodyLimit: MOST_BYTES,
        },
        async (request) => {
          const { name } = request.query as z.infer<typeof promptQuery>;
          if (!Buffer.isBuffer(request.body)) {
            throw webErrors.make('BAD_REQUEST', { detail: 'send a WAV file as audio/wav' });
          }
          await prompts.record(name, request.body, visitorOf(request).who);
          return done;
        },
      );
      await Promise.resolve();
    });

    app.delete(
      '/prompts/recording',
      { config: change, schema: { response: answersDone, querystring: promptQuery } },
      async (request) => {
        await prompts.remove(request.query.name, visitorOf(request).who);
        return done;
      },
    );

    /** Tries a question, at drafts of entries if some are sent. */
    app.post(
      '/faq/try',
      {
        config: read,
        schema: {
          response: { 200: faqTrial },
          body: z.object({ question: said, entries: z.array(faqEntry).max(500).optional() }),
        },
      },
      (request) => workshop.faq(request.body.question, request.body.entries),
    );

    app.get('/intents', { config: read, schema: { response: { 200: intentBook } } }, () =>
      intents.list(),
    );

    app.post(
      '/intents/examples',
      { config: change, schema: { response: answersDone, body: example } },
      async (request) => {
        const { intent, text } = request.body;
        await intents.add(intent, text, visitorOf(request).who);
        return done;
      },
    );

    app.post(
      '/intents/examples/remove',
      { config: change, schema: { response: answersDone, body: example } },
      async (request) => {
        const { intent, text } = request.body;
        await intents.remove(intent, text, visitorOf(request).who);
        return done;
      },
    );

    app.post(
      '/intents/train',
      { config: change, schema: { response: { 200: intentBook } } },
      (request) => intents.train(visitorOf(request).who),
    );

    app.post(
      '/intents/try',
      { config: read, schema: { response: { 200: understood }, body: z.object({ text: said }) } },
      (request) => intents.understand(request.body.text),
    );
    await Promise.resolve();
  };
