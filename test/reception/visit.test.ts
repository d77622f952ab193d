import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { FRAME_MS, FRAME_SAMPLES } from '../../agent/audio/frame.js';
import { systemClock } from '../../agent/clock.js';
import { Events } from '../../agent/events.js';
import { silentLog } from '../../agent/log.js';
import { Visit, type Exchange } from '../../agent/reception/visit.js';
import { baudot, cng } from '../audio/machine-sounds.js';
import { dialogueOf } from '../dialogue/office.js';
import type { AriEvents } from '../../agent/telephony/ari.js';
import { FakeLine } from '../fakes/line.js';
import { FakeRecords } from '../fakes/records.js';
import { FakeRecogniser, FakeVoiceActivity } from '../fakes/speech.js';

class OpenLine extends FakeLine {
  open(): Promise<void> {
    return Promise.resolve();
  }
}

/** A visit of the test office that has begun to talk. */
async function begun(
  objections: readonly ('no-record' | 'no-assistant')[] = [],
  fails = false,
  clock = systemClock(),
  silenceMs = 60_000,
) {
  const line = new OpenLine();
  const done: string[] = [];
  const note =
    (what: string) =>
    (...more: readonly string[]): Promise<void> => {
      done.push([what, ...more].join(' '));
      return Promise.resolve();
    };
  const events = new Events<AriEvents>(silentLog);
  const ari: Exchange = {
    events,
    answer: note('answer'),
    hangUp: note('hang up'),
    setVariable: note('set'),
    watch: note('watch'),
    stands: () => Promise.resolve(true),
    continueAt: note('continue'),
  };
  let over = 0;
  const channel = {
    ...{ id: 'channel', name: 'SIP', state: 'Up' },
    caller: { name: '', number: '' },
    dialplan: { context: 'in', exten: 'reception', app_name: '', app_data: '' },
  };
  const records = new FakeRecords();
  let recordings = 0;
  records.recordings.open = () => {
    recordings += 1;
    return Promise.reject(new Error('no recordings here'));
  };
  const parts = {
    ari,
    ear: () => line,
    extensionOf: () => undefined,
    recording: false,
    contactNumber: () => '+442079460142',
    rights: {
      objections: () => (fails ? Promise.reject(new Error('locked')) : Promise.resolve(objections)),
      request: () => Promise.resolve(1),
      guardian: () => Promise.resolve(),
    },
    configuration: () => undefined,
    dialogue: dialogueOf(),
    understanding: {
      danger: () => undefined,
      understand: () => Promise.reject(new Error('nothing is said')),
    },
    vad: new FakeVoiceActivity(),
    recogniser: new FakeRecogniser(),
    render: async function* () {
      await Promise.resolve();
      yield new Int16Array(16_000);
    },
    records,
    language: 'en',
    silenceMs,
    clock,
    log: silentLog,
  };
  const visit = new Visit('call', channel, parts, () => {
    over += 1;
  });
  await visit.start();
  const hear = (pcm: Int16Array): void => {
    for (let at = 0; at + FRAME_SAMPLES <= pcm.length; at += FRAME_SAMPLES) {
      line.frame(pcm.subarray(at, at + FRAME_SAMPLES), (at / FRAME_SAMPLES) * FRAME_MS);
    }
  };
  const counts = { overs: () => over, recordings: () => recordings };
  return { visit, done, hear, ...counts, records, line, events };
}

for (const [what, sound] of [
  ['a fax machine', cng(8)],
  ['a text telephone', baudot()],
] as const) {
  void t.test(`${what} is handed to the fallback, once`, async (t) => {
    const { done, hear, overs } = await begun();
    t.same(done, ['answer channel']);
    hear(sound);
    for (let waited = 0; overs() === 0 && waited < 200; waited += 1) await sleep(5);
    t.equal(overs(), 1, 'the visit is over');
    t.same(
      done.slice(1),
      ['continue channel vestibule-fallback s'],
      'and the caller is not hung up',
    );
  });
}

void t.test('a silent caller stays', async (t) => {
  const { visit, done, hear, overs } = await begun();
  hear(new Int16Array(FRAME_SAMPLES * 200));
  await sleep(20);
  t.equal(overs(), 0);
  await visit.end('caller');
  t.same(done, ['answer channel']);
});

void t.test(
  'a caller whose telephone holds the call is not asked whether they are there',
  async (t) => {
    const { visit, line, events, records } = await begun([], false, systemClock(), 40);
    const hearing = setInterval(() => line.playing?.hear(), 5);
    const isAsked = (): boolean =>
      records.decided.some(({ reason }) => reason.startsWith('silence.'));
    const isHeld = (channelId: string, held: boolean): void => {
      events.emit('hold', { channelId, held });
    };
    isHeld('channel', true);
    isHeld('of-another-call', false);
    await sleep(300);
    t.notOk(isAsked());
    isHeld('channel', false);
    for (let waited = 0; !isAsked() && waited < 400; waited += 1) await sleep(5);
    t.ok(isAsked(), 'silence counts again');
    clearInterval(hearing);
    await visit.end('caller');
  },
);

void t.test(
  'what comes from a telephone that holds the call is not kept, and no machine',
  async (t) => {
    const { visit, hear, events, done } = await begun();
    await visit.recorder.begin({ id: 1, call: 'call' } as never);
    const heard: number[] = [];
    visit.attend({ sound: (_side, _pcm, atMs) => heard.push(atMs), over: () => undefined });
    events.emit('hold', { channelId: 'channel', held: true });
    hear(cng(8));
    await sleep(50);
    t.same([heard.length, done], [0, ['answer channel']]);
    events.emit('hold', { channelId: 'channel', held: false });
    hear(new Int16Array(FRAME_SAMPLES));
    t.equal(heard.length, 1, 'the caller is back');
    await visit.end('caller');
  },
);

void t.test('a clock that jumps in a call makes it neither longer nor shorter', async (t) => {
  for (const jump of [86_400_000, -86_400_000]) {
    let [wall, passed] = [1_800_000_000_000, 0];
    const clock = { ...systemClock(), now: () => wall + passed, monotonic: () => passed };
    const { visit, records } = await begun([], false, clock);
    passed += 61_000.4;
    wall += jump;
    await visit.end('caller');
    const [answeredAt = 0, endedAt = 0] = records.times;
    t.equal(answeredAt, 1_800_000_000_000);
    t.equal(endedAt - answeredAt, 61_000, `${String(jump)} ms`);
  }
});

void t.test('7 objection: whoever wants no assistant goes to people, unanswered', async (t) => {
  const { done, overs } = await begun(['no-assistant']);
  t.equal(overs(), 1);
  t.same(done, ['continue channel vestibule-fallback s']);
});

void t.test('7 objection: whoever wants no recording is served, and none is opened', async (t) => {
  for (const [objections, fails, wanted] of [
    [[], false, 1],
    [['no-record'], false, 0],
    // A list that cannot be read counts as an objection.
    [[], true, 0],
  ] as const) {
    const { visit, done, recordings } = await begun(objections, fails);
    await visit.recorder.begin({ id: 1, call: 'call' } as never);
    t.equal(recordings(), wanted, `${objections.join()} ${String(fails)}`);
    t.same(done, ['answer channel']);
    await visit.end('caller');
  }
});

void t.test(
  'whoever listens in hears what is recorded, and nothing once the caller objects',
  async (t) => {
    const { visit, hear } = await begun();
    const heard: number[] = [];
    const ends: string[] = [];
    const attend = () =>
      visit.attend({
        sound: (_side, _pcm, atMs) => heard.push(atMs),
        over: (why) => ends.push(why),
      });
    t.notOk(visit.consented);
    attend();
    hear(new Int16Array(FRAME_SAMPLES));
    t.strictSame([heard.length, ends], [0, ['objected']], 'not before consent is stored');
    await visit.recorder.begin({ id: 1, call: 'call' } as never);
    t.ok(visit.consented);
    const off = attend();
    hear(new Int16Array(FRAME_SAMPLES * 2));
    t.equal(heard.length, 2);
    visit.recorder.pause(true);
    hear(new Int16Array(FRAME_SAMPLES * 2));
    t.equal(heard.length, 2, 'nothing of what may not be recorded');
    visit.recorder.pause(false);
    off();
    hear(new Int16Array(FRAME_SAMPLES));
    t.equal(heard.length, 2, 'who is gone hears nothing');
    attend();
    await visit.recorder.discard();
    hear(new Int16Array(FRAME_SAMPLES));
    t.strictSame([heard.length, ends.length], [2, 2], 'an objection sends everybody away');
    attend();
    await visit.end('caller');
    t.equal(ends.at(-1), 'call-over');
  },
);
