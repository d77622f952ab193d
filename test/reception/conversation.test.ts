import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { FRAME_MS, FRAME_SAMPLES } from '../../agent/audio/frame.js';
import { systemClock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import type { Effects } from '../../agent/reception/conversation-parts.js';
import { Conversation } from '../../agent/reception/conversation.js';
import type { Understood } from '../../agent/understanding/ports.js';
import { dialogueOf } from '../dialogue/office.js';
import { FakeLine } from '../fakes/line.js';
import { FakeRecords } from '../fakes/records.js';
import { FakeRecogniser, FakeVoiceActivity } from '../fakes/speech.js';

const understoodAs = (intent: string, emergency = false): Understood => ({
  ...{ intent, score: 0.9, alternatives: [], slots: {} },
  ...{ emergency, faq: undefined },
});

/** A conversation of the test office over a fake line. */
function begin(silenceMs = 60_000, broken = false) {
  const line = new FakeLine();
  const vad = new FakeVoiceActivity();
  const recogniser = new FakeRecogniser();
  const records = new FakeRecords();
  const done: string[] = [];
  const note =
    (what: string) =>
    (action: object): Promise<void> => {
      done.push('target' in action ? `${what} ${String(action.target)}` : what);
      return Promise.resolve();
    };
  const effects: Effects = {
    'grant-consent': note('grant-consent'),
    'stop-recording': note('stop-recording'),
    'note-guardian': note('note-guardian'),
    transfer: note('transfer'),
    count: note('count'),
    'keep-message': (action) =>
      broken ? Promise.reject(new Error('the disk is full')) : note('keep-message')(action),
    'hang-up': note('hang-up'),
  };
  const clock = systemClock();
  let intent = 'oos';
  const logged: string[] = [];
  const conversation = new Conversation(
    'call',
    clock.monotonic(),
    {
      dialogue: dialogueOf(),
      understanding: {
        danger: (text) =>
          text.includes('chest pain') ? understoodAs('emergency', true) : undefined,
        understand: () => Promise.resolve(understoodAs(intent)),
      },
      vad,
      recogniser,
      render: async function* () {
        await Promise.resolve();
        yield new Int16Array(16_000);
      },
      records,
      language: 'en',
      silenceMs,
      clock,
      log: { ...silentLog, info: (_text, facts) => logged.push(facts?.reason ?? '') },
    },
    effects,
  );
  conversation.attach(line);
  conversation.post({ kind: 'begin', now: Date.parse('2026-11-24T09:00:00Z') });
  const says = async (text: string, meant: string): Promise<void> => {
    recogniser.text = text;
    intent = meant;
    vad.tell(true, 640);
    vad.tell(false, 960);
    await sleep(10);
  };
  return { line, vad, recogniser, records, done, conversation, says, logged };
}

const reasons = (records: FakeRecords): string[] => records.decided.map(({ reason }) => reason);

t.test('the notice is heard to its end before consent is granted', async (t) => {
  const { line, done, records, conversation } = begin();
  await sleep(10);
  t.strictSame(done, [], 'no consent while the notice is being played');
  line.playing!.hear();
  await sleep(10);
  t.strictSame(done, ['grant-consent']);
  t.ok(records.said[0]?.whole);
  await conversation.close();
  t.match(reasons(records).at(-1), /hung-up/u);
});

t.test('the log tells what was decided, not each time that nothing was', async (t) => {
  const { line, records, conversation, logged } = begin();
  await sleep(10);
  line.playing!.hear();
  await sleep(10);
  line.playing!.hear();
  await sleep(10);
  await conversation.close();
  const idle = (all: readonly string[]) => all.filter((reason) => reason.startsWith('ignored.'));
  t.ok(idle(reasons(records)).length > 0, 'the journal has all of it');
  t.strictSame(idle(logged), []);
  t.ok(logged.some((reason) => reason.startsWith('greeting.')));
});

t.test('an objection during the notice: no consent', async (t) => {
  const { line, done, says, conversation } = begin();
  await sleep(10);
  const notice = line.playing!;
  await says('please do not record me', 'privacy.no_recording');
  t.notOk(notice.over, 'the notice goes on');
  notice.hear();
  await sleep(20);
  t.notOk(done.includes('grant-consent'));
  await conversation.close();
});

t.test('words stop what may be interrupted, a cough resumes it', async (t) => {
  const { line, says, conversation, records } = begin();
  await sleep(10);
  line.playing!.hear();
  await sleep(10);
  const question = line.playing!;
  question.heardMs = 600;
  await says('', 'oos');
  t.ok(question.over, 'silent at once');
  const again = line.playing;
  t.ok(again, 'nothing was said: it goes on');
  t.equal(again?.writtenMs, 1_000, 'from the start of the clause');
  await says('goodbye', 'control.goodbye');
  t.ok(again?.over, 'words end it');
  t.ok(records.said.some(({ party, whole }) => party === 'agent' && !whole));
  t.ok(records.said.some(({ party, text }) => party === 'caller' && text === 'goodbye'));
  await conversation.close();
});

t.test('what is told carries its place in the call, as it stands in the transcript', async (t) => {
  const { line, says, conversation, records } = begin();
  await sleep(10);
  line.playing!.hear();
  await sleep(10);
  await says('I want to leave a message', 'message.leave');
  await says('Anna Lee', 'oos');
  const said = records.said.find(({ text }) => text === 'Anna Lee')!;
  const taken = records.decided.flatMap(
    ({ actions }) => JSON.parse(actions) as { message?: { name: unknown } }[],
  );
  const names = taken.flatMap(({ message }) => (message === undefined ? [] : [message.name]));
  t.match(names.at(-1), {
    value: 'Anna Lee',
    snippet: { fromMs: Math.round(said.atMs), toMs: Math.round(said.atMs + said.lengthMs) },
  });
  await conversation.close();
});

t.test('0 cuts even the notice and leads to a person', async (t) => {
  const { line, done, conversation } = begin();
  await sleep(10);
  const notice = line.playing!;
  line.key('0');
  await sleep(10);
  t.ok(notice.over);
  line.playing!.hear();
  await sleep(10);
  t.match(done.at(-1), /^transfer /u);
  t.notOk(done.includes('grant-consent'), 'a cut notice is no notice');
  await conversation.close();
});

t.test('silence is asked about', async (t) => {
  const { line, records, conversation } = begin(40);
  await sleep(10);
  line.playing!.hear();
  await sleep(10);
  line.playing!.hear();
  await sleep(120);
  t.ok(reasons(records).some((reason) => reason.startsWith('silence.')));
  await conversation.close();
});

t.test('what the side of a caller plays while it holds the call is no turn', async (t) => {
  const { line, vad, recogniser, records, conversation } = begin();
  vad.follows = true;
  recogniser.text = 'Anna Lee';
  await sleep(10);
  line.playing!.hear();
  await sleep(10);
  let atMs = 0;
  const sounds = async (on: FakeLine, loud: boolean, ms: number): Promise<void> => {
    for (const end = atMs + ms; atMs < end; atMs += FRAME_MS) {
      const level = loud ? 4_000 : 0;
      on.frame(
        Int16Array.from({ length: FRAME_SAMPLES }, (_, at) => level * Math.sin(at / 8)),
        atMs,
      );
    }
    await sleep(10);
  };
  const isHeard = (): boolean => records.said.some(({ party }) => party === 'caller');
  conversation.callerHolds(true);
  await sounds(line, true, 2_000);
  await sounds(line, false, 1_500);
  t.equal(recogniser.opened, 0, 'music is not listened to');
  conversation.detach();
  const back = new FakeLine();
  conversation.attach(back);
  await sounds(back, true, 2_000);
  await sounds(back, false, 1_500);
  t.equal(recogniser.opened, 0, 'on a new line neither');
  t.notOk(isHeard());
  conversation.callerHolds(false);
  await sounds(back, true, 1_000);
  await sounds(back, false, 1_500);
  t.ok(isHeard(), 'whoever is back is heard');
  await conversation.close();
});

t.test('a message that cannot be stored is not said to be kept: a person is asked', async (t) => {
  const { line, says, conversation, records, done } = begin(60_000, true);
  await sleep(10);
  line.playing!.hear();
  await sleep(10);
  await says('I want to leave a message', 'message.leave');
  await says('My name is Ida Brown', 'oos');
  t.ok(reasons(records).includes('person.not-kept'));
  line.playing!.hear();
  await sleep(10);
  const said = records.said.map(({ text }) => text).join(' ');
  t.match(said, /can't keep your message/u);
  t.notMatch(said, /Thank you, Ida Brown/u, 'what should have followed is not said');
  await conversation.close();
  t.ok(done.includes('transfer desk'));
});

t.test('danger is answered before the caller has finished, even over the notice', async (t) => {
  const { line, vad, recogniser, done, conversation, records } = begin();
  await sleep(10);
  const notice = line.playing!;
  vad.tell(true, 2_000);
  recogniser.partial('my husband');
  await sleep(10);
  t.notOk(notice.over, 'nothing of danger yet');
  recogniser.partial('my husband has chest pain and he cannot');
  await sleep(10);
  t.ok(notice.over, 'the notice is cut');
  const script = line.playing!;
  t.notOk(script.over, 'and the script begins');
  recogniser.text = 'my husband has chest pain and he cannot breathe';
  vad.tell(false, 1_600);
  await sleep(10);
  t.notOk(script.over, 'which the end of the sentence does not stop');
  script.hear();
  await sleep(10);
  t.match(done.at(-1), /^transfer /u);
  t.equal(reasons(records).filter((reason) => reason === 'emergency').length, 1);
  await conversation.close();
});

t.test('a recognition that fails leads to the keys and then to a person', async (t) => {
  const { line, recogniser, says, conversation, records } = begin();
  await sleep(10);
  line.playing!.hear();
  await sleep(10);
  recogniser.fails = true;
  await says('', 'oos');
  await sleep(10);
  t.equal(reasons(records).at(-1), 'unheard.first');
  line.playing!.hear();
  await sleep(10);
  await says('', 'oos');
  await sleep(10);
  t.equal(reasons(records).at(-1), 'unheard.again');
  await conversation.close();
});

t.test(
  'what can be seen of a talk while it runs: words as they come, and never a secret',
  async (t) => {
    const { line, vad, recogniser, says, conversation } = begin();
    const { live } = conversation;
    await sleep(10);
    t.equal(live.asks, 'greeting');
    t.match(
      live.lines,
      [{ party: 'agent', whole: true }],
      'what is being said, from its beginning',
    );
    line.playing!.hear();
    await sleep(10);
    vad.tell(true, 640);
    recogniser.partial('my card number is four one');
    t.equal(live.partial, 'my card number is four one');
    recogniser.partial('my card number is four one one one one one one one one');
    t.equal(live.partial, 'my card number is [card number]', 'announced, it is never shown');
    recogniser.partial('call me at four one five five five five');
    t.equal(live.partial, 'call me at …', 'any other number waits until it is known');
    vad.tell(false, 960);
    await sleep(10);
    await says('I want to leave a message', 'message.leave');
    t.equal(live.partial, '');
    t.equal(live.intent, 'message.leave');
    t.ok(live.lines.some(({ text }) => text === 'I want to leave a message'));
    await conversation.close();
  },
);

t.test('the staff takes a caller over in the middle of a sentence', async (t) => {
  const { line, conversation, done, records } = begin();
  await sleep(10);
  const notice = line.playing!;
  conversation.interrupt({ kind: 'taken-over', extension: '203' });
  await sleep(10);
  t.ok(notice.over, 'even the notice is cut');
  t.equal(conversation.live.lines[0]?.whole, false);
  line.playing!.hear();
  await sleep(10);
  t.strictSame(done, ['transfer desk'], 'without consent nothing was recorded');
  t.match(records.decided.at(-1)?.actions, /"extension":"203"/u);
  await conversation.close();
});
