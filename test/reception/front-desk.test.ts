import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setImmediate as soon } from 'node:timers/promises';
import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { Events } from '../../agent/events.js';
import { silentLog } from '../../agent/log.js';
import { FrontDesk, type FrontDeskParts } from '../../agent/reception/front-desk.js';
import { liveCallsIn, LiveCallsFile } from '../../agent/reception/live-calls.js';
import { receptionSettings } from '../../agent/reception/settings.js';
import type { Ari, AriEvents, ChannelData } from '../../agent/telephony/ari.js';
import type { LineListener } from '../../agent/telephony/line.js';
import { dialogueOf } from '../dialogue/office.js';
import { FakeLine } from '../fakes/line.js';
import { FakeRecords } from '../fakes/records.js';
import { FakeRecogniser, FakeVoiceActivity } from '../fakes/speech.js';

/** A front desk with `lines` lines, which notes its calls in `live`; `sent` is where callers were sent on to. */
function openDesk(lines: number, live?: LiveCallsFile) {
  const clock = systemClock();
  const events = new Events<AriEvents>(silentLog);
  const sent: string[] = [];
  const answered: string[] = [];
  const nothing = (): Promise<void> => Promise.resolve();
  const ari = {
    events,
    up: false,
    address: { url: '', user: '', password: '', app: 'vestibule' },
    answer: (id: string) => {
      answered.push(id);
      return Promise.resolve();
    },
    continueAt: (id: string, context: string) => {
      sent.push(`${id} ${context}`);
      return Promise.resolve();
    },
    hangUp: nothing,
    refuse: (id: string) => {
      sent.push(`${id} busy`);
      return Promise.resolve();
    },
    setVariable: nothing,
    watch: nothing,
    stands: () => Promise.resolve(true),
  };
  const leave: { readonly ear: FakeLine; readonly go: () => void }[] = [];
  const ears: FakeLine[] = [];
  class Ear extends FakeLine {
    open(): Promise<void> {
      return Promise.resolve();
    }

    override listen(listener: LineListener): void {
      super.listen(listener);
      if (!ears.includes(this)) ears.push(this);
      leave.push({
        ear: this,
        go: () => {
          listener.closed('hung-up');
        },
      });
    }
  }
  const parts: FrontDeskParts = {
    ari: ari as unknown as Ari,
    ear: () => new Ear(),
    extensionOf: () => '201',
    recording: false,
    contactNumber: () => undefined,
    configuration: () => undefined,
    dialogue: dialogueOf(),
    understanding: {
      danger: () => undefined,
      understand: () => Promise.reject(new Error('nobody speaks')),
    },
    vad: new FakeVoiceActivity(),
    recogniser: new FakeRecogniser(),
    render: async function* () {
      await Promise.resolve();
      yield new Int16Array(160);
    },
    records: new FakeRecords(),
    language: 'en',
    silenceMs: 60_000,
    clock,
    log: silentLog,
  };
  const desk = new FrontDesk(parts, lines, live);
  const call = (id: string, args: readonly string[] = ['incoming'], state = 'Ring'): void => {
    const channel = {
      ...{ id, name: id, state, caller: { number: '', name: '' } },
      dialplan: { context: '', exten: '', app_name: 'Stasis', app_data: 'vestibule' },
    } as unknown as ChannelData;
    events.emit('stasis-start', { channel, args });
  };
  const hangUp = (): void => {
    for (const { go } of leave.splice(0)) go();
  };
  /** Whom this ear hears hangs up. */
  const leaves = (gone: FakeLine | undefined): void => {
    for (const { ear, go } of leave) if (ear === gone) go();
  };
  return { desk, parts, call, hangUp, leaves, ears, sent, answered };
}

void t.test('callers beyond the lines go to the fallback', async (t) => {
  const { desk, call, sent, answered } = openDesk(2);
  await desk.start();
  for (const id of ['one', 'two', 'three', 'four']) call(id);
  await soon();
  t.equal(desk.visits, 2);
  t.same(answered, ['one', 'two'], 'the others are not answered by us');
  t.same(sent, ['three vestibule-fallback', 'four vestibule-fallback']);
  t.equal(desk.turnedAway, 2, 'and are counted');
  await desk.stop();
  t.equal(desk.visits, 0);
  t.same(sent.slice(2).sort(), ['one vestibule-fallback', 'two vestibule-fallback']);
});

void t.test('callers beyond the lines hear the busy tone where the office wants it', async (t) => {
  const { desk, parts, call, sent, answered } = openDesk(1);
  desk.take({ ...parts, whenFull: 'busy' }, 1);
  t.equal(desk.most, 1, 'what is told is what is in force');
  await desk.start();
  for (const id of ['one', 'two']) call(id);
  call('back', ['returned', 'NOANSWER'], 'Up');
  await soon();
  t.same(answered, ['one']);
  t.same(sent, ['two busy', 'back vestibule-fallback'], 'who was answered before is not cut off');
  await desk.stop();
});

void t.test(
  'what is held stands in the journal of live calls, and no more once it is over',
  async (t) => {
    const path = join(t.testdir(), 'live-calls.json');
    const { desk, call, hangUp } = openDesk(2, new LiveCallsFile(path, silentLog));
    await desk.start();
    t.match(liveCallsIn(path), { state: 'answering', calls: [] });
    for (const id of ['one', 'two']) call(id);
    await soon();
    t.match(liveCallsIn(path), { calls: [{ channel: 'one' }, { channel: 'two' }] });
    const drained = desk.drain(60_000);
    t.match(liveCallsIn(path), { state: 'draining' });
    hangUp();
    t.equal(await drained, 0);
    t.match(liveCallsIn(path)?.calls, []);
    await desk.stop();
  },
);

void t.test('a line is free again when its caller has gone', async (t) => {
  const { desk, call, hangUp, sent, answered } = openDesk(1);
  await desk.start();
  call('one');
  call('two');
  await soon();
  t.same(sent, ['two vestibule-fallback']);
  hangUp();
  while (desk.visits > 0) await soon();
  call('three');
  await soon();
  t.same(answered, ['one', 'three']);
  t.equal(desk.visits, 1);
  await desk.stop();
});

void t.test('new calls are held under what was taken, running ones as they began', async (t) => {
  const { desk, parts, call, hangUp, answered } = openDesk(1);
  const asked: string[] = [];
  const under = (name: string): FrontDeskParts => ({
    ...parts,
    configuration: () => {
      asked.push(name);
      return undefined;
    },
  });
  desk.take(under('old'), 1);
  await desk.start();
  call('one');
  while (asked.length === 0) await soon();
  desk.take(under('new'), 2);
  t.equal(desk.visits, 1, 'the running call goes on');
  call('two');
  while (!asked.includes('new')) await soon();
  t.same(asked, ['old', 'new']);
  t.same(answered, ['one', 'two'], 'and there are more lines now');
  hangUp();
  while (desk.visits > 0) await soon();
  await desk.stop();
});

void t.test('a call is held under what the number dialled has of its own', async (t) => {
  const { desk, parts, call, hangUp, answered } = openDesk(4);
  const asked: string[] = [];
  const under = (name: string): FrontDeskParts => ({
    ...parts,
    configuration: () => {
      asked.push(name);
      return undefined;
    },
  });
  const forNumber = (called: string): FrontDeskParts | undefined =>
    called === '205' ? under('law') : undefined;
  desk.take({ ...under('clinic'), forNumber }, 4);
  await desk.start();
  call('one', ['incoming', '205']);
  while (asked.length < 1) await soon();
  call('two', ['incoming', '206']);
  while (asked.length < 2) await soon();
  call('three', ['returned', 'BUSY', '205']);
  while (asked.length < 3) await soon();
  t.same(asked, ['law', 'clinic', 'law'], 'also after a restart, whose caller nobody remembers');
  t.same(answered, ['one', 'two', 'three']);
  hangUp();
  while (desk.visits > 0) await soon();
  await desk.stop();
});

void t.test(
  'how a telephone answered that was rung blind, by Asterisk’s word and the cause',
  async (t) => {
    const { desk, call } = openDesk(1);
    await desk.start();
    call('one');
    await soon();
    const [visit] = desk.running;
    if (visit === undefined) throw new Error('no visit');
    const outcomes: string[] = [];
    visit.returned = (outcome) => {
      outcomes.push(outcome);
      return Promise.resolve();
    };
    for (const [status, cause, wanted] of [
      ['ANSWER', '16', 'answered'],
      ['BUSY', '17', 'busy'],
      ['BUSY', '21', 'declined'],
      ['CHANUNAVAIL', '21', 'declined'],
      ['CHANUNAVAIL', '20', 'no-answer'],
      ['NOANSWER', '21', 'no-answer'],
      ['CONGESTION', '34', 'failed'],
    ] as const) {
      call('one', ['returned', status, '201', cause], 'Up');
      t.equal(outcomes.pop(), wanted, `${status} ${cause}`);
    }
    await desk.stop();
  },
);

void t.test('without a setting there are as many lines as the cores carry', (t) => {
  const { mostCalls } = receptionSettings.parse({ recording: 'off' });
  t.equal(mostCalls, Math.min(500, 8 * availableParallelism()));
  t.equal(receptionSettings.parse({ recording: 'off', mostCalls: 7 }).mostCalls, 7);
  t.end();
});

void t.test(
  'draining: new calls go to the fallback, those that are held come to their ends',
  async (t) => {
    const { desk, call, hangUp, sent, answered } = openDesk(4);
    await desk.start();
    t.ok(desk.admits);
    call('one');
    call('two');
    await soon();
    let left: number | undefined;
    const drained = desk.drain(60_000).then((count) => (left = count));
    t.notOk(desk.admits, 'not ready any more');
    call('three');
    await soon();
    t.same(sent, ['three vestibule-fallback']);
    t.same(answered, ['one', 'two']);
    t.equal(left, undefined, 'they are waited for');
    hangUp();
    await drained;
    t.equal(left, 0);
    await desk.stop();
    t.same(sent, ['three vestibule-fallback'], 'nobody was dropped');
  },
);

void t.test(
  'ten calls are drained: each comes to its own end, also by way of a person',
  async (t) => {
    const { desk, call, leaves, ears, sent, answered } = openDesk(20);
    await desk.start();
    const ids = Array.from({ length: 10 }, (_, at) => `held-${String(at)}`);
    for (const id of ids) call(id);
    const asked = (): number => ears.filter(({ playing }) => playing !== undefined).length;
    while (asked() < 10) await soon();
    let left: number | undefined;
    const drained = desk.drain(600_000).then((count) => (left = count));
    ids.forEach((_, at) => {
      call(`late-${String(at)}`);
    });
    // The first is sent to a person while the desk is drained, and nobody is there.
    ears[0]?.key('0');
    while (!sent.includes('held-0 vestibule-transfer')) {
      ears[0]?.playing?.hear();
      await soon();
    }
    call('held-0', ['returned', 'NOANSWER'], 'Up');
    while (ears.length < 11) await soon();
    t.same(answered, ids, 'no late caller is answered, and nobody twice');
    const turnedAway = ids.map((_, at) => `late-${String(at)} vestibule-fallback`);
    t.same(sent, [...turnedAway, 'held-0 vestibule-transfer']);
    const ends = [9, 4, 1, 7, 3, 8, 2, 6, 5, 10];
    for (const [gone, at] of ends.entries()) {
      t.equal(desk.visits, 10 - gone);
      t.equal(left, undefined, 'whoever is held is waited for');
      leaves(ears[at]);
      while (desk.visits > 9 - gone) await soon();
    }
    await drained;
    t.equal(left, 0);
    await desk.stop();
    t.same(sent, [...turnedAway, 'held-0 vestibule-transfer'], 'nobody was dropped');
  },
);

void t.test('draining ends when patience does', async (t) => {
  const { desk, call, sent } = openDesk(4);
  await desk.start();
  call('one');
  await soon();
  t.equal(await desk.drain(20), 1);
  await desk.stop();
  t.same(sent, ['one vestibule-fallback'], 'who is left is handed over');
});
