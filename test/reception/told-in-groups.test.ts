import t from 'tap';
import { systemClock, type Clock } from '../../agent/clock.js';
import { Events } from '../../agent/events.js';
import { silentLog } from '../../agent/log.js';
import { redactionSettings } from '../../agent/privacy/redaction-settings.js';
import { Redactor } from '../../agent/privacy/redaction.js';
import type { ConversationParts } from '../../agent/reception/conversation-parts.js';
import { keepMessage } from '../../agent/reception/effects/keep-message.js';
import { Recorder } from '../../agent/reception/recorder.js';
import { Transcript } from '../../agent/reception/transcript.js';
import type { Visit } from '../../agent/reception/visit.js';
import type { Consent, RecordingWriter } from '../../agent/records/ports.js';
import { FakeRecords } from '../fakes/records.js';

/** What reached the disk: the caller's and our own sound by milliseconds, and what stood in its place. */
class Disk implements RecordingWriter {
  readonly own = new Map<string, boolean>();
  readonly broken = false;
  readonly stored = 0;
  write(side: 'caller' | 'agent', pcm: Int16Array, atMs: number): void {
    this.own.set(`${side} ${String(atMs)}`, pcm[7] === 7);
  }
  keepLast = (): void => undefined;
  close = (): Promise<void> => Promise.resolve();
  discard = (): Promise<void> => Promise.resolve();
  /** How sound at `atMs` lies there: as it was, as a tone, or not at all. */
  at(atMs: number, side = 'caller'): 'sound' | 'tone' | 'nothing' {
    const own = this.own.get(`${side} ${String(atMs)}`);
    return own === undefined ? 'nothing' : own ? 'sound' : 'tone';
  }
}

/** A clock that the test moves. */
function heldClock() {
  const waiting = new Set<{ readonly run: () => void; readonly ms: number }>();
  const clock: Clock = {
    ...systemClock(),
    after(ms, run) {
      const one = { run, ms };
      waiting.add(one);
      return () => {
        waiting.delete(one);
      };
    },
  };
  const lateBy = (least: number): void => {
    for (const one of [...waiting]) {
      if (one.ms < least) continue;
      waiting.delete(one);
      one.run();
    }
  };
  const passed = (most: number): void => {
    for (const one of [...waiting]) {
      if (one.ms > most) continue;
      waiting.delete(one);
      one.run();
    }
  };
  return { clock, lateBy, passed };
}

/** A call that is recorded, in which turns are said one after the other, each three seconds long. */
async function call() {
  const records = new FakeRecords();
  const disk = new Disk();
  (records.recordings as { open: unknown }).open = () => Promise.resolve(disk);
  const recorder = new Recorder(records, silentLog);
  await recorder.begin({ id: 1, call: 'call' } as Consent);
  const { clock, lateBy, passed } = heldClock();
  const context = { language: 'en', country: 'US', timeZone: 'UTC', now: 0 };
  const parts = {
    ...{ records, log: silentLog, clock, language: 'en', events: new Events(silentLog) },
    redactor: () => new Redactor(redactionSettings.parse({}), () => context),
  };
  const transcript = new Transcript('call', parts as unknown as ConversationParts, recorder);
  const keep = keepMessage({
    ...{ id: 'call', callerNumber: '', recorder: { holds: true } },
    inMessage: (text: string) => transcript.discretion.inMessage(text, 0),
    get undecided() {
      const { discretion } = transcript;
      return discretion.waits
        ? (settled: () => Promise<void>) => {
            discretion.whenSettled(settled);
          }
        : undefined;
    },
    parts: { records, log: silentLog, clock, contactNumber: () => undefined },
  } as unknown as Visit);

  let now = 0;
  const sound = (toMs: number): void => {
    for (; now < toMs; now += 20)
      for (const side of ['caller', 'agent'] as const)
        recorder.write(side, new Int16Array(320).fill(7), now);
  };
  const says = async (words: string): Promise<void> => {
    const fromMs = now + 1_000;
    sound(fromMs);
    transcript.discretion.began(fromMs);
    sound(fromMs + 2_000);
    const recognised = { text: words, confidence: 1, engine: 't', secondsAudio: 2, secondsCpu: 0 };
    const { text } = transcript.callerSaid({
      recognised: { ...recognised, words: [] },
      ...{ fromMs, toMs: fromMs + 2_000 },
    });
    const event = { kind: 'heard', text, understood: { slots: { digits: text } } };
    await transcript.decided(
      { atMs: now, event: event as never, actions: [], reason: 'test' },
      undefined,
    );
    const told = { value: text, heard: text, confidence: 1, by: 'voice' as const };
    const message = {
      number: 1,
      recipient: null,
      intent: 'message.leave',
      name: null,
      phone: null,
    };
    await keep({
      do: 'keep-message',
      message: {
        ...{ ...message, reason: told, urgent: null, callbackTime: null },
        ...{ state: 'partial', confirmed: false },
      },
    });
  };
  const stored = (): string => JSON.stringify([records.said, records.decided, records.kept]);
  return { records, recorder, transcript, disk, says, sound, lateBy, passed, stored };
}

await t.test(
  'beyond: card data: of a card that is told over several turns nothing is ever stored',
  async (t) => {
    const { records, transcript, disk, says, sound, stored } = await call();
    await says('it is about my bill');
    t.match(stored(), /about my bill/u);
    await says('4111 1111');
    const read = transcript.weSay('4111 1111, go on?', 'repeat', 6_500);
    sound(9_000);
    read({ whole: true, heardMs: 2_000, atMs: 8_500 });
    // This is what a crash leaves: the turn is not decided, and neither a word nor a sound of it is there.
    t.notMatch(stored(), /4111/u);
    t.equal(records.decided.length, 1, 'the journal waits, too');
    t.match(records.kept.at(-1), { body: { reason: { value: '…' } } });
    t.equal(transcript.live.lines.at(-2)?.text, '…', 'nor for those who watch');
    t.equal(disk.at(1_500), 'sound');
    t.equal(disk.at(4_500), 'nothing');

    await says('and then 1111 1111');
    await says('is that all?');
    await transcript.close();
    sound(16_000);
    t.notMatch(stored(), /4111|1111/u, 'and none once it is decided');
    t.equal(records.said.filter(({ text }) => text.includes('[card number]')).length, 3);
    t.same(
      records.decided.map(({ event }) => (JSON.parse(event) as { text: string }).text),
      ['it is about my bill', '[card number]', 'and then [card number]', 'is that all?'],
      'the journal is whole and in order',
    );
    t.ok(records.kept.some(({ body }) => body.reason?.value === '[card number]'));
    t.same(
      [1_500, 4_500, 11_000, 13_500].map((atMs) => disk.at(atMs)),
      ['sound', 'tone', 'tone', 'sound'],
    );
    t.equal(disk.at(7_000, 'agent'), 'tone', 'we said it again');
    t.equal(disk.at(1_000, 'agent'), 'sound');
  },
);

await t.test('a card that is fetched in the middle of its number is one card', async (t) => {
  const { transcript, disk, says, sound, passed, stored } = await call();
  await says('4111 1111');
  sound(54_000);
  passed(50_000);
  t.notMatch(stored(), /4111/u);
  await says('1111 1111');
  await transcript.close();
  sound(62_000);
  t.notMatch(stored(), /1111/u);
  t.same(
    [2_000, 30_000, 56_000].map((atMs) => disk.at(atMs)),
    ['tone', 'sound', 'tone'],
  );
});

await t.test('digits that were the beginning of nothing are stored as they are', async (t) => {
  const { records, disk, says, sound, stored, lateBy, transcript } = await call();
  await says('4111');
  t.notMatch(stored(), /4111/u);
  await says('that was my house number');
  await says('yes');
  t.same(
    [...records.said].sort((one, other) => one.atMs - other.atMs).map(({ text }) => text),
    ['4111', 'that was my house number', 'yes'],
  );
  t.match(records.kept.at(-1), { body: { reason: { value: 'yes' } } });
  t.equal(records.decided.length, 3);
  sound(12_000);
  t.equal(disk.at(2_000), 'sound');

  await says('4222');
  t.notMatch(stored(), /4222/u);
  transcript.discretion.began(16_000);
  lateBy(60_000);
  t.notMatch(stored(), /4222/u, 'whoever is speaking may go on with it');
  transcript.heardNothing();
  lateBy(60_000);
  t.match(stored(), /4222/u, 'nobody says more for a while');
  await new Promise((resolve) => setImmediate(resolve));
  t.match(records.kept.at(-1), { body: { reason: { value: '4222' } } }, 'the message again, whole');
  sound(80_000);
  t.equal(disk.at(14_500), 'sound', 'and was not taken for a turn that nobody decided');
  await says('3333 2222');
  await transcript.close();
  t.match(stored(), /3333 2222/u, 'what was given up is no beginning of what comes later');
});

await t.test('a call that ends in the middle keeps what was no number yet', async (t) => {
  const { records, recorder, disk, says, transcript } = await call();
  await says('5500');
  await transcript.close();
  await recorder.close();
  t.match(records.said, [{ text: '5500' }]);
  t.match(records.decided, [{ event: /5500/u }]);
  t.equal(disk.at(2_000), 'sound');
});

await t.test('a telephone number that was asked for waits for nothing', async (t) => {
  const { transcript, says, stored } = await call();
  transcript.weSay('What is your number?', 'phone', 0);
  await says('415 555 0142');
  t.match(stored(), /415 555 0142/u);
});
