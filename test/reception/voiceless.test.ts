import { setImmediate as breathe } from 'node:timers/promises';
import t from 'tap';
import type { Dialogue } from '../../agent/dialogue/ports.js';
import { silentLog } from '../../agent/log.js';
import { Conversation } from '../../agent/reception/conversation.js';
import type { Render } from '../../agent/reception/speaking.js';
import { dialogueOf } from '../dialogue/office.js';
import { FakeLine } from '../fakes/line.js';
import { FakeRecords } from '../fakes/records.js';
import { FakeRecogniser, FakeVoiceActivity } from '../fakes/speech.js';
import { FakeClock } from '../telephony/fake-clock.js';

const MOMENT = 'One moment, please.';
const LOST = /trouble speaking right now\. I'll connect you with the front desk/u;
const NAME = 'Anna Lee';

/** What voices do with the caller's name, which nobody could render before. */
type Fault = 'hangs' | 'dies' | 'comes back';

/**
 * A call in which a message is left; everything that is fixed is rendered, whatever has the caller's name in it
 * comes from a voice worker that has a fault.
 */
async function begin(fault: Fault, dialogue: Dialogue = dialogueOf()) {
  const [line, clock, records] = [new FakeLine(), new FakeClock(), new FakeRecords()];
  const [vad, recogniser] = [new FakeVoiceActivity(), new FakeRecogniser()];
  const meant = { intent: 'message.leave' };
  const transfers: string[] = [];
  let hungUp = 0;
  const done = (): Promise<void> => Promise.resolve();
  let repair: () => void = () => undefined;
  const back = new Promise<void>((resolve) => {
    repair = resolve;
  });
  const rendered = new Set(dialogue.fixedTexts());
  const render: Render = async function* (text) {
    if (!rendered.has(text)) {
      if (fault === 'hangs') await new Promise(() => undefined);
      if (fault === 'comes back') await back;
      if (fault === 'dies') throw new Error('the worker is gone');
    }
    yield new Int16Array(16_000);
  };
  const faults: string[] = [];
  const conversation = new Conversation(
    'call',
    clock.monotonic(),
    {
      ...{ dialogue, vad, recogniser, records, clock, render },
      log: { ...silentLog, error: (text) => faults.push(text) },
      understanding: {
        danger: () => undefined,
        understand: () =>
          Promise.resolve({
            ...{ intent: meant.intent, score: 0.9, alternatives: [], slots: {} },
            ...{ emergency: false, faq: undefined },
          }),
      },
      ...{ language: 'en', silenceMs: 60_000 },
    },
    {
      ...{ 'grant-consent': done, 'stop-recording': done, 'note-guardian': done },
      ...{ count: done, 'keep-message': done },
      'hang-up': () => {
        hungUp += 1;
        return done();
      },
      transfer: ({ target, why }) => {
        transfers.push(`${target} ${why}`);
        return done();
      },
    },
  );
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await breathe();
  };
  const call = {
    ...{ line, clock, conversation, records, transfers, faults, meant, settle },
    hungUp: () => hungUp,
    repair: async () => {
      repair();
      await settle();
    },
    pass: async (ms: number) => {
      for (let left = ms; left > 0; left -= 100) {
        clock.advance(Math.min(100, left));
        await settle();
      }
    },
    /** All that can be heard just now is heard. */
    hears: async () => {
      line.playing?.hear();
      await settle();
    },
    says: async (text: string) => {
      recogniser.text = text;
      vad.tell(true, 640);
      await settle();
      vad.tell(false, 2_000);
      await call.pass(200);
    },
    /** What we said, or begin to say. */
    texts: () =>
      conversation.live.lines.filter(({ party }) => party === 'agent').map(({ text }) => text),
    reasons: () => records.decided.map(({ reason }) => reason),
  };
  conversation.attach(line);
  conversation.post({ kind: 'begin', now: Date.parse('2026-11-24T09:00:00Z') });
  await settle();
  await call.hears();
  await call.hears();
  await call.says('I want to leave a message');
  await call.hears();
  meant.intent = 'oos';
  await call.says(NAME);
  return call;
}

t.test('a voice that hangs: a moment is asked for, then a person takes the call', async (t) => {
  const call = await begin('hangs');
  t.match(call.texts().at(-1), /Thank you, Anna Lee\./u, 'the name should be said back');
  t.equal(call.line.playing?.writtenMs, 0);
  await call.pass(2_100);
  t.equal(call.texts().at(-1), MOMENT);
  t.equal(call.line.playing?.writtenMs, 1_000, 'and is heard');
  await call.pass(6_000);
  await call.hears();
  t.match(call.texts().at(-1), LOST, 'by words that were rendered before');
  t.equal(call.line.playing?.writtenMs, 1_000);
  await call.hears();
  t.strictSame(call.transfers, ['desk voiceless']);
  t.match(call.records.said, [{}, {}, {}, {}, {}, { text: MOMENT, whole: true, lengthMs: 1_000 }]);
  await call.conversation.close();
});

t.test(
  'nobody takes it: what the caller says is taken down, without a word of theirs',
  async (t) => {
    const call = await begin('dies');
    await call.hears();
    await call.hears();
    t.strictSame(call.transfers, ['desk voiceless']);
    call.conversation.post({ kind: 'transfer-ended', outcome: 'no-answer' });
    await call.settle();
    await call.hears();
    call.meant.intent = 'control.yes';
    await call.says('Yes');
    for (let said = 0; said < 2; said += 1) await call.hears();
    call.meant.intent = 'oos';
    await call.says('It is about the roof.');
    t.ok(
      call.line.playing === undefined || call.line.playing.writtenMs > 0,
      'never is it silent for a text that nobody can say',
    );
    t.ok(call.faults.length > 0);
    await call.conversation.close();
  },
);

t.test(
  'a voice that comes back in time: a moment was heard, and the call goes its way',
  async (t) => {
    const call = await begin('comes back');
    await call.pass(2_100);
    t.equal(call.texts().at(-1), MOMENT);
    await call.pass(2_000);
    await call.repair();
    t.equal(call.line.playing?.writtenMs, 3_000, 'two sentences follow the moment');
    await call.hears();
    await call.says('555 0142 77');
    t.notMatch(call.texts().join(' '), LOST);
    for (let said = 0; said < 3; said += 1) await call.hears();
    call.meant.intent = 'control.goodbye';
    await call.says('Goodbye');
    for (let said = 0; said < 3; said += 1) await call.hears();
    t.equal(call.hungUp(), 1, 'to its own end');
    await call.conversation.close();
    t.equal(call.records.said.filter(({ text }) => text === MOMENT).length, 1, 'once');
    t.ok(call.reasons().includes('goodbye.hang-up'));
    t.strictSame(call.transfers, []);
    t.strictSame(call.faults, []);
  },
);

t.test('a caller who speaks meanwhile is answered instead', async (t) => {
  const call = await begin('dies');
  call.meant.intent = 'control.goodbye';
  await call.says('Goodbye');
  t.match(call.texts().at(-1), /Goodbye/u);
  for (let said = 0; said < 3; said += 1) await call.hears();
  t.equal(call.hungUp(), 1);
  t.strictSame(call.transfers, []);
  await call.conversation.close();
});

t.test(
  'a moment that cannot be decided is one line in the log, and the call goes on',
  async (t) => {
    const dialogue = dialogueOf();
    const call = await begin('hangs', {
      ...dialogue,
      step: (state, event) => {
        if (event.kind === 'kept-waiting') throw new Error('this is not in the table');
        return dialogue.step(state, event);
      },
    });
    await call.pass(2_100);
    t.strictSame(call.faults, ['a caller could not be told to wait']);
    await call.pass(6_000);
    await call.hears();
    t.match(call.texts().at(-1), LOST);
    await call.conversation.close();
  },
);
