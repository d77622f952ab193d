import { z } from 'zod';
import { encodeWav } from '../../audio/wav.js';
import { SAMPLE_RATE } from '../../audio/frame.js';
import { selfTestCalls } from '../self-test-calls.js';
import { revealHidden } from '../redaction-reveal.js';
import { byId, id, limit, maybe, nothing, time, word } from './shapes.js';
import { download, method, pieces, present } from './method.js';

const ms = z.number().int().min(0);

/** Calls, and what is found in them. */
export const callMethods = {
  'calls.list': method({
    right: 'calls.list',
    input: z.strictObject({ limit }),
    run: ({ room }, asked, { who }) => room.listCalls({ ...asked, who }),
  }),
  'calls.show': method({
    right: 'calls.content',
    input: byId,
    run: ({ room }, asked, { who }) => room.showCall(asked.id, who),
  }),
  'calls.journal': method({
    right: 'calls.content',
    input: byId,
    run: ({ room }, asked, { who }) => room.journal(asked.id, who),
  }),
  // The right is asked for inside: who is refused is audited with the call and the reason.
  'calls.reveal': method({
    right: 'anybody',
    login: true,
    input: z.strictObject({ id, why: word }),
    run: ({ records }, asked, actor) => revealHidden(records, actor, asked.id, asked.why),
  }),
  'calls.recording': download({
    right: 'calls.listen',
    input: z.strictObject({
      id,
      part: z
        .strictObject({ fromMs: ms, toMs: ms })
        .refine(({ fromMs, toMs }) => fromMs < toMs)
        .optional(),
    }),
    async open({ room }, asked, { who }) {
      const { sides, damaged } = await room.sidesOf(asked.id, who, asked.part);
      return { bytes: pieces(encodeWav(sides, SAMPLE_RATE)), answer: Promise.resolve({ damaged }) };
    },
  }),
  'search.find': method({
    right: 'calls.content',
    input: z.strictObject({
      ...{ words: maybe, number: maybe, name: maybe, intent: maybe, outcome: maybe },
      ...{ from: time.optional(), to: time.optional(), limit },
    }),
    run: ({ room }, { limit: most, ...asked }, { who }) =>
      room.search.find({ ...present(asked), limit: most }, who),
  }),
  'search.rebuild': method({
    right: 'calls.content',
    input: nothing,
    run: ({ room }, _, { who }) => room.search.rebuild(who),
  }),
  // No word of the call, and only the call of the test itself: whoever keeps the machine may see that.
  'self-test.calls': method({
    right: 'accounts.manage',
    login: false,
    input: z.strictObject({ since: time, caller: id }),
    async run({ room }, { since, caller }) {
      return (await selfTestCalls(room, since, caller)).map(
        ({ callerNumber, endedAt, outcome, record, utterances }) => ({
          ...{ callerNumber, endedAt, outcome },
          record: record === undefined ? undefined : {},
          utterances: utterances.map(({ party }) => ({ party })),
        }),
      );
    },
  }),
};
