import { setImmediate as breathe } from 'node:timers/promises';
import t from 'tap';
import { FRAME_MS, FRAME_SAMPLES } from '../../agent/audio/frame.js';
import { silentLog } from '../../agent/log.js';
import { Conversation } from '../../agent/reception/conversation.js';
import { dialogueOf } from '../dialogue/office.js';
import { FakeLine } from '../fakes/line.js';
import { FakeRecords } from '../fakes/records.js';
import { FakeRecogniser, FakeVoiceActivity } from '../fakes/speech.js';
import { FakeClock } from '../telephony/fake-clock.js';

const MOMENT = 'One moment, please.';
const done = (): Promise<void> => Promise.resolve();

/** Lets everything happen that waits for nothing but its turn. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await breathe();
}

/** A conversation of which the notice and the question after it were heard, or the first of the two, or none. */
async function begin(heard = 2) {
  const [line, vad, recogniser] = [new FakeLine(), new FakeVoiceActivity(), new FakeRecogniser()];
  const [records, clock] = [new FakeRecords(), new FakeClock()];
  const asked: (string | undefined)[] = [];
  const meant = { intent: 'control.goodbye' };
  const conversation = new Conversation(
    'call',
    clock.monotonic(),
    {
      ...{ dialogue: dialogueOf(), vad, recogniser, records, clock, log: silentLog },
      understanding: {
        danger: () => undefined,
        understand: (_text, question) => {
          asked.push(question);
          const understood = { intent: meant.intent, score: 0.9, alternatives: [], slots: {} };
          return Promise.resolve({ ...understood, emergency: false, faq: undefined });
        },
      },
      render: async function* () {
        await Promise.resolve();
        yield new Int16Array(16_000);
      },
      ...{ language: 'en', silenceMs: 60_000 },
    },
    {
      ...{ 'grant-consent': done, 'stop-recording': done, 'note-guardian': done },
      ...{ transfer: done, count: done, 'keep-message': done, 'hang-up': done },
    },
  );
  conversation.attach(line);
  conversation.post({ kind: 'begin', now: Date.parse('2026-11-24T09:00:00Z') });
  await settle();
  for (let left = heard; left > 0; left -= 1) {
    line.playing!.hear();
    await settle();
  }
  let arrive: (text: string) => void = () => undefined;
  recogniser.late = new Promise<void>((resolve) => {
    arrive = (text) => {
      recogniser.text = text;
      resolve();
    };
  });
  let [lineMs, judgedMs] = [0, 0];
  const call = {
    ...{ line, vad, recogniser, records, conversation, asked, meant },
    /** Time goes on, in which the caller is silent or speaks; told by voice activity unless that is away. */
    pass: async (ms: number, speech = false, away = false) => {
      for (const end = lineMs + ms; lineMs < end;) {
        line.frame(new Int16Array(FRAME_SAMPLES).fill(speech ? 9_000 : 10), lineMs);
        lineMs += FRAME_MS;
        for (; !away && judgedMs + 32 <= lineMs; judgedMs += 32) vad.tell(speech, 32);
        clock.advance(FRAME_MS);
        await breathe();
      }
      await settle();
    },
    /** The caller says something that is not recognised before a text arrives, and has been silent for a second. */
    says: async () => {
      await call.pass(640);
      await call.pass(640, true);
      await call.pass(1_000);
    },
    /** The text that was waited for is there. */
    arrive: async (text: string) => {
      arrive(text);
      await settle();
    },
    /** The line goes. What is not known yet is awaited for a while only. */
    close: async () => {
      const closing = conversation.close();
      await settle();
      clock.advance(2_000);
      await closing;
    },
    reasons: () => records.decided.map(({ reason }) => reason),
    moments: () => conversation.live.lines.filter(({ text }) => text === MOMENT),
  };
  return call;
}

t.test('what is not known 2.5 s after the last word: a moment is asked for, once', async (t) => {
  const call = await begin();
  await call.says();
  await call.pass(1_460);
  t.equal(call.line.playing, undefined, 'so long an answer may take');
  await call.pass(60);
  t.equal(call.moments().length, 1);
  const moment = call.line.playing!;
  t.equal(moment.writtenMs, 1_000, 'it is heard');
  t.match(call.records.decided.at(-1), {
    reason: 'wait.moment',
    event: '{"kind":"kept-waiting"}',
    actions: /wait.moment/u,
  });
  await call.arrive('goodbye');
  t.equal(call.line.playbacks.at(-1), moment, 'nothing is said before its end');
  t.notOk(moment.over);
  moment.hear();
  await settle();
  t.equal(call.reasons().at(-1), 'goodbye');
  t.ok(call.line.playing, 'and the answer follows');
  t.equal(call.conversation.live.lines.at(-1)?.party, 'agent');
  t.match(
    call.records.said.find(({ text }) => text === MOMENT),
    { party: 'agent', whole: true, lengthMs: 1_000 },
    'it is in the transcript',
  );
  call.line.playing!.hear();
  await call.pass(6_000);
  t.equal(call.moments().length, 1);
  await call.close();
});

t.test('it is said once, however long it takes then', async (t) => {
  const call = await begin();
  await call.says();
  await call.pass(1_600);
  call.line.playing!.hear();
  await call.pass(9_000);
  t.equal(call.moments().length, 1);
  t.equal(call.line.playing, undefined);
  await call.close();
});

t.test('what is known in time is answered at once', async (t) => {
  const call = await begin();
  await call.says();
  await call.pass(1_400);
  await call.arrive('goodbye');
  t.ok(call.line.playing, 'the answer');
  await call.pass(6_000);
  t.equal(call.moments().length, 0);
  await call.close();
});

t.test('whoever speaks again is not talked over', async (t) => {
  const call = await begin();
  await call.says();
  await call.pass(1_200);
  await call.pass(4_000, true);
  t.equal(call.moments().length, 0, 'not begun while the caller speaks');
  await call.pass(2_600);
  t.equal(call.moments().length, 1, 'the second turn is waited for as well');
  const moment = call.line.playing!;
  await call.pass(320, true);
  t.ok(moment.over, 'and it falls silent for a third');
  t.equal(call.line.playing, undefined);
  t.equal(call.moments()[0]?.whole, false);
  await call.close();
});

t.test('what was interrupted waits meanwhile, and goes on or is answered', async (t) => {
  for (const [text, over] of [
    ['goodbye then', true],
    ['', false],
  ] as const) {
    const call = await begin(1);
    const question = call.line.playing!;
    question.heardMs = 400;
    await call.says();
    t.ok(question.over, 'the caller interrupts a question');
    await call.pass(1_600);
    const moment = call.line.playing!;
    t.equal(call.moments().length, 1);
    await call.arrive(text);
    if (over) moment.hear();
    else t.ok(moment.over, 'what goes on ends it');
    await settle();
    t.equal(call.reasons().includes('goodbye'), over);
    t.ok(call.line.playing, over ? 'the answer' : 'the question again');
    t.equal(call.line.playing?.writtenMs, 1_000);
    await call.close();
  }
});

t.test('not while we can be heard ourselves, but after that', async (t) => {
  const call = await begin(0);
  await call.says();
  await call.pass(4_000);
  t.equal(call.moments().length, 0, 'the notice goes on over what the caller says');
  call.line.playing!.hear();
  await call.pass(2_000);
  t.equal(call.moments().length, 0, 'and so does the question after it');
  call.line.playing!.hear();
  await call.pass(160);
  t.equal(call.moments().length, 1);
  await call.close();
});

t.test('a key cuts it', async (t) => {
  const call = await begin();
  await call.says();
  await call.pass(1_600);
  const moment = call.line.playing!;
  call.line.key('0');
  await settle();
  t.ok(moment.over);
  t.ok(call.line.playing, 'a person is announced');
  t.match(call.conversation.live.lines.at(-1)?.text, /connect you/u);
  await call.close();
});

t.test('the question that is open stays the one that is answered', async (t) => {
  const call = await begin();
  const late = call.recogniser.late;
  call.recogniser.late = Promise.resolve();
  call.recogniser.text = 'I want to leave a message';
  call.meant.intent = 'message.leave';
  await call.says();
  call.line.playing!.hear();
  await settle();
  const question = call.conversation.live.asks;
  call.recogniser.late = late;
  await call.says();
  const expected = call.recogniser.settings;
  await call.pass(1_600);
  t.equal(call.moments().length, 1);
  call.line.playing!.hear();
  t.equal(call.conversation.live.asks, question);
  await call.arrive('Anna Lee');
  t.equal(call.asked.at(-1), question);
  t.match(call.reasons().at(-1), /^message\./u);
  t.ok(expected);
  await call.close();
});

t.test('a caller is silent while voice activity is away: nothing else notices', async (t) => {
  const call = await begin();
  await call.pass(640);
  await call.pass(640, true);
  await call.pass(4_000, true, true);
  t.equal(call.moments().length, 0, 'not while the caller can be heard');
  await call.pass(2_400, false, true);
  t.equal(call.moments().length, 0);
  await call.pass(160, false, true);
  t.equal(call.moments().length, 1);
  await call.pass(4_000);
  t.equal(call.moments().length, 1, 'once, though the end of the turn is noticed later');
  await call.close();
});

t.test('a call that ends leaves nothing behind', async (t) => {
  const call = await begin();
  await call.says();
  await call.pass(1_600);
  const moment = call.line.playing!;
  await call.arrive('goodbye');
  await call.close();
  t.ok(moment.over);
  t.match(
    call.records.said.find(({ text }) => text === MOMENT),
    { whole: false },
  );
});
