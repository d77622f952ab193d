import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { systemClock, type Clock } from '../../agent/clock.js';
import { transferSettings } from '../../agent/dialogue/transfer-settings.js';
import { Events } from '../../agent/events.js';
import { silentLog } from '../../agent/log.js';
import { CallBack } from '../../agent/reception/call-back.js';
import { Asking } from '../../agent/reception/transfer/asking.js';
import { Attended } from '../../agent/reception/transfer/attended.js';
import type { Colleague, ColleagueParts } from '../../agent/reception/transfer/colleague.js';
import type { People } from '../../agent/reception/transfer/people.js';
import { HandingOver, type HandedCaller } from '../../agent/reception/transfer/handing-over.js';
import { Talk, type TalkParts } from '../../agent/reception/transfer/talk.js';
import { TalkKeys } from '../../agent/reception/transfer/talk-keys.js';
import { WaitingLines } from '../../agent/reception/transfer/waiting-lines.js';
import type { AriEvents } from '../../agent/telephony/ari.js';
import type { VadLine, VadListener } from '../../agent/speech/ports.js';
import { FakeLine } from '../fakes/line.js';
import { FakeRecogniser, FakeVoiceActivity } from '../fakes/speech.js';
import { FakeClock } from '../telephony/fake-clock.js';

class OpenLine extends FakeLine {
  open(): Promise<void> {
    return Promise.resolve();
  }
}

const CALL = '11111111-2222-3333-4444-555555555555';

/** A telephone system in which a test says who answers; what was asked of it stands in `done`. */
function exchange(clock: Clock = systemClock()) {
  const events = new Events<AriEvents>(silentLog);
  const done: string[] = [];
  const lines = new Map<string, OpenLine>();
  const note =
    (what: string) =>
    (...more: readonly unknown[]): Promise<void> => {
      done.push([what, ...more.filter((one) => typeof one === 'string')].join(' '));
      return Promise.resolve();
    };
  const ari: People['ari'] = {
    events,
    addToBridge: (_, channels) => note('join')(channels.join()),
    createBridge: note('bridge'),
    destroyBridge: note('unbridge'),
    entertain: note('hear'),
    hangUp: note('hang up'),
    invite: note('invite'),
    quieten: note('quiet'),
    removeFromBridge: (_, channel) => note('part')(channel),
    setVariable: note('set'),
    tellReferrer: note('refer'),
  };
  const people: People = {
    ari,
    settings: transferSettings.parse({ answerSeconds: 5 }),
    ringSeconds: 20,
    endpointOf: (extension) => `PJSIP/${extension}`,
    outsideOf: () => undefined,
    isCallable: (number) => /^\+?\d+$/u.test(number),
    isHere: (extension) => extension.startsWith('2'),
    nameOf: (target) => target,
    personAt: () => undefined,
    consent: { mode: 'announcement', noticeVersion: '1' },
    lines: new WaitingLines(),
  };
  const parts: ColleagueParts = {
    people,
    ear: (channel) => {
      const line = new OpenLine();
      lines.set(channel, line);
      return line;
    },
    vad: new FakeVoiceActivity(),
    recogniser: new FakeRecogniser(),
    render: async function* () {
      await Promise.resolve();
      yield new Int16Array(1_600);
    },
    language: 'en',
    clock,
    log: silentLog,
  };
  const channelOf = (nth: number): string => `vestibule-colleague-${CALL}-${String(nth)}`;
  const answer = (nth: number): void => {
    const channel = { id: channelOf(nth), name: '', state: 'Up', caller: { name: '', number: '' } };
    const dialplan = { context: '', exten: '', app_name: '', app_data: '' };
    events.emit('stasis-start', { channel: { ...channel, dialplan }, args: [] });
  };
  /** The person at telephone `nth` presses a key, once their ear is open. */
  const press = async (nth: number, key: string): Promise<void> => {
    for (let tries = 0; lines.get(channelOf(nth)) === undefined && tries < 100; tries += 1)
      await sleep(5);
    await sleep(20);
    lines.get(channelOf(nth))?.key(key);
  };
  const gone = (nth: number, cause: number): void => {
    events.emit('channel-gone', { channelId: channelOf(nth), cause });
  };
  const lineOf = (channel: string): OpenLine | undefined => lines.get(channel);
  return { ari, done, parts: { ...parts, lineOf }, people, answer, press, gone, channelOf };
}

/** What `look` finds, as soon as it does. */
async function until<T>(look: () => T | undefined): Promise<T> {
  for (let tries = 0; tries < 400; tries += 1) {
    const found = look();
    if (found !== undefined) return found;
    await sleep(5);
  }
  throw new Error('it never came');
}

const about = {
  reason: 'call',
  name: 'desk',
  callerName: null,
  callerNumber: '',
  said: null,
} as const;
const round = (extensions: readonly string[], inTurn = false) => ({
  ...{ call: CALL, inTurn, about, seconds: 20, recorded: false },
  members: extensions.map((extension) => ({ target: `at-${extension}`, extension })),
});

function asking(parts: ColleagueParts): Asking {
  let nth = 0;
  return new Asking(
    parts,
    () => (nth += 1),
    () => undefined,
  );
}

/** A talk with whoever `takes` the caller at 201; what happens in it stands in `told`. */
async function talking(office: ReturnType<typeof exchange>, more: Partial<TalkParts> = {}) {
  const { parts, people, answer } = office;
  const requests = asking(parts);
  /** Rings `extension`, which is telephone `nth` and takes the call. */
  const takes = async (extension: string, nth: number) => {
    const asked = requests.round({ ...round([extension]), about: { ...about, reason: 'connect' } });
    answer(nth);
    const { accepted } = await asked;
    if (accepted === undefined) throw new Error('nobody accepted');
    return accepted;
  };
  const told: string[] = [];
  const talk = new Talk({
    ...{ call: CALL, caller: 'caller', people, language: 'en', log: silentLog },
    clock: parts.clock,
    bring: () => Promise.resolve(undefined),
    take: () => Promise.resolve(undefined),
    stopRecording: () => Promise.resolve(),
    tell: (what, who) => told.push(`${what} ${who ?? ''}`.trim()),
    attend: () => () => Promise.resolve(),
    ...more,
  });
  await talk.prepare();
  await talk.connect(await takes('201', 1));
  return { talk, told, takes, requests };
}

void t.test('keys of a talk', (t) => {
  const keys = new TalkKeys();
  const type = (text: string, at = 0) => Array.from(text, (key) => keys.key(key, at)).at(-1);
  t.same(type('*0'), { wish: 'give-back' });
  t.same(type('*4'), { wish: 'park' });
  t.same(type('*9'), { wish: 'unrecorded' });
  t.same(type('*3202#'), { wish: 'add', extension: '202' });
  t.equal(type('0'), undefined, 'a key alone is not ours');
  t.equal(type('12345#'), undefined);
  t.equal(type('*3#'), undefined, 'nobody');
  t.equal(type('*31234567#'), undefined, 'no extension is that long');
  keys.key('*', 0);
  t.equal(keys.key('0', 9_000), undefined, 'too late');
  t.end();
});

void t.test('who came first is served first', async (t) => {
  const lines = new WaitingLines();
  const served: string[] = [];
  const enter = (name: string) => {
    const place = lines.enter('nurses');
    void place.turn.then(() => served.push(name));
    return place;
  };
  const [first, second, third] = [enter('a'), enter('b'), enter('c')];
  await sleep(1);
  t.same(served, ['a']);
  second.leave();
  first.leave();
  first.leave();
  await sleep(1);
  t.same(served, ['a', 'c'], 'whoever hangs up while waiting holds nobody up');
  third.leave();
  t.equal(lines.waiting('nurses'), 0);
});

void t.test('all at once: the first who accepts; the others ring no longer', async (t) => {
  const { parts, answer, press, done, people } = exchange();
  const asked = asking(parts).round(round(['201', '202']));
  t.ok(people.lines.isBusy('201'));
  answer(2);
  await press(2, '1');
  const end = await asked;
  t.equal(end.accepted?.extension, '202');
  await sleep(5);
  t.ok(
    done.some((one) => one.startsWith('hang up') && one.endsWith('-1')),
    done.join(),
  );
  t.notOk(people.lines.isBusy('201'), 'free again');
  await end.accepted?.close();
});

void t.test('how asking ends, by cause and key', async (t) => {
  for (const [what, cause, wanted] of [
    ['busy', 17, 'busy'],
    ['refused', 21, 'declined'],
    ['no such number', 1, 'failed'],
    ['rang out', 19, 'no-answer'],
  ] as const) {
    const { parts, gone } = exchange();
    const asked = asking(parts).round(round(['201']));
    await sleep(1);
    gone(1, cause);
    t.same(await asked, { outcome: wanted }, what);
  }
  for (const [key, wanted] of [
    ['2', 'declined'],
    ['3', 'voicemail'],
  ] as const) {
    const { parts, answer, press } = exchange();
    const asked = asking(parts).round(round(['201']));
    answer(1);
    await press(1, key);
    t.same(await asked, { outcome: wanted });
  }
  const { parts, people } = exchange();
  people.lines.take('201');
  t.same(
    await asking(parts).round(round(['201'])),
    { outcome: 'busy' },
    'a telephone of a talk of ours',
  );
});

/** Voice activity that tells whether anybody listens. */
class WatchedVoiceActivity extends FakeVoiceActivity {
  opened = 0;

  override open(listener: VadListener): VadLine {
    this.opened += 1;
    return super.open(listener);
  }
}

void t.test(
  'an answer by voice; what is said into the announcement neither cuts it nor counts',
  async (t) => {
    for (const [words, outcome] of [
      ['yes please', undefined],
      ['no thank you', 'declined'],
      ['take a message please', 'voicemail'],
    ] as const) {
      const { parts, answer, channelOf, done } = exchange();
      const [vad, recogniser] = [new WatchedVoiceActivity(), new FakeRecogniser()];
      recogniser.text = words;
      const says = (): void => {
        vad.tell(true, 640);
        vad.tell(false, 1_600);
      };
      const asked = asking({ ...parts, vad, recogniser }).round(round(['201']));
      answer(1);
      const line = await until(() => parts.lineOf(channelOf(1)));
      const telling = await until(() => line.playing);
      line.frame(new Int16Array(320).fill(9_000), 0);
      says();
      await sleep(5);
      t.same([telling.over, vad.opened], [false, 0], 'it is told to its end');
      const hearing = setInterval(() => line.playing?.hear(), 5);
      await until(() => (vad.opened > 0 ? true : undefined));
      says();
      const end = await asked;
      t.equal('outcome' in end ? end.outcome : undefined, outcome, words);
      t.equal(end.accepted?.extension, outcome === undefined ? '201' : undefined);
      await end.accepted?.close();
      await until(() => done.includes(`hang up ${channelOf(1)}`) || undefined);
      clearInterval(hearing);
    }
  },
);

void t.test('in turn: the next one, until somebody wants a message', async (t) => {
  const { parts, gone, answer, press } = exchange();
  const asked = asking(parts).round(round(['201', '202', '203'], true));
  await sleep(1);
  gone(1, 17);
  await sleep(5);
  answer(2);
  await press(2, '3');
  t.same(await asked, { outcome: 'voicemail' }, 'and 203 is not rung');
});

void t.test('a talk: hold, wait, give back; the last one who leaves ends it', async (t) => {
  const office = exchange();
  const { press, gone, done, ari, channelOf } = office;
  const { talk, told } = await talking(office);
  t.ok(done.includes(`join caller,${channelOf(1)}`));
  ari.events.emit('hold', { channelId: channelOf(1), held: true });
  t.ok(talk.apart, 'on hold nobody hears the caller');
  ari.events.emit('hold', { channelId: 'caller', held: true });
  ari.events.emit('hold', { channelId: channelOf(1), held: false });
  t.ok(talk.apart, 'each may hold the other');
  ari.events.emit('hold', { channelId: 'caller', held: false });
  ari.events.emit('hold', { channelId: 'of-another-call', held: true });
  t.notOk(talk.apart);
  for (const key of '*4') await press(1, key);
  t.ok(talk.apart);
  t.ok(done.includes('part caller') && done.includes('hear caller music'), done.join());
  for (const key of '*4') await press(1, key);
  t.ok(await until(() => !talk.apart || undefined));
  gone(1, 16);
  t.equal(await talk.ended, 'people-left');
  t.same(told, [
    ...['connected at-201', 'held at-201', 'caller-held', 'resumed at-201', 'caller-resumed'],
    ...['parked at-201', 'unparked at-201', 'left at-201'],
  ]);
  await talk.close();
});

void t.test(
  'a talk is taken over: the new one first, then the others are told and go',
  async (t) => {
    const office = exchange();
    const { press, done, answer, channelOf, gone, parts } = office;
    const { talk, told, requests } = await talking(office, {
      take: async (extension) => {
        const members = [{ target: `at-${extension}`, extension }];
        const asked = { ...round([]), members, recorded: true };
        const end = await requests.round({ ...asked, about: { ...about, reason: 'take-over' } });
        return end.accepted;
      },
    });
    for (const key of '*4') await press(1, key);
    t.ok(talk.apart, 'the caller waits');
    const taken = talk.takeOver('203');
    answer(2);
    // Whoever takes it over is told that it is recorded; whoever goes, that somebody else has it.
    const hearing = setInterval(() => {
      for (const nth of [1, 2]) parts.lineOf(channelOf(nth))?.playing?.hear();
    }, 5);
    t.ok(await taken);
    clearInterval(hearing);
    t.notOk(talk.apart);
    const steps = [
      ...[`join ${channelOf(2)}`, 'join caller', `part ${channelOf(1)}`],
      ...[`hear ${channelOf(1)} silence`, `hang up ${channelOf(1)}`],
    ];
    t.same(
      done.filter((one) => steps.includes(one)),
      steps,
      done.join(),
    );
    t.same(told, ['connected at-201', 'parked at-201', 'joined at-203', 'left at-201']);
    const none = talk.takeOver('205');
    gone(3, 17);
    t.notOk(await none);
    gone(2, 16);
    t.equal(await talk.ended, 'people-left', 'the talk went on with whoever took it over');
    await talk.close();
  },
);

void t.test(
  'a REFER to nobody is refused, and a telephone that hangs up then gives the caller back',
  async (t) => {
    const office = exchange();
    const { gone, done, ari, channelOf } = office;
    const { talk } = await talking(office);
    const refer = (to: string, attended = false): void => {
      ari.events.emit('refer', { channelId: channelOf(1), to, attended });
    };
    refer('0044207946000');
    t.ok(await until(() => done.includes(`refer ${channelOf(1)} declined`) || undefined));
    refer('203');
    t.ok(
      await until(() => done.includes(`refer ${channelOf(1)} unavailable`) || undefined),
      'nobody takes it up there',
    );
    gone(1, 16);
    t.equal(await talk.ended, 'given-back', 'and the caller is not cut off');
    await talk.close();
  },
);

void t.test('whoever sends the caller on is let go, whatever the network answers', async (t) => {
  const never = new Promise<void>(() => undefined);
  for (const [what, tellReferrer] of [
    ['at once', () => Promise.resolve()],
    ['never', () => never],
    ['with an error', () => Promise.reject(new Error('no such channel'))],
  ] as const) {
    const clock = new FakeClock();
    const office = exchange(clock);
    const { ari, people, done, gone, channelOf } = office;
    // Nor does what is kept of them end, nor are they taken out of the bridge.
    if (what === 'never') ari.removeFromBridge = () => never;
    const { talk, told, takes } = await talking(office, {
      people: { ...people, ari: { ...ari, tellReferrer } },
      take: (extension) => takes(extension, 2),
      attend: () => () => (what === 'never' ? never : Promise.resolve()),
    });
    const ear = office.parts.lineOf(channelOf(1));
    // Their ear does not end, either.
    if (what === 'never' && ear !== undefined) ear.close = () => never;
    ari.events.emit('refer', { channelId: channelOf(1), to: '203', attended: false });
    await until(() => told.includes('left at-201') || undefined);
    await sleep(1);
    if (what === 'never') {
      t.notOk(done.includes(`hang up ${channelOf(1)}`), 'they are awaited for a while');
      clock.advance(4_000);
    }
    await until(() => done.includes(`hang up ${channelOf(1)}`) || undefined);
    t.same(
      office.parts.lineOf(channelOf(1))?.playbacks,
      [],
      'and nothing is said to them: they know',
    );
    gone(2, 16);
    t.equal(await talk.ended, 'people-left', `${what}: the caller is not kept waiting`);
    if (what !== 'never') await talk.close();
  }
});

void t.test('a caller who is taken back at once hears no music in the talk', async (t) => {
  const office = exchange(new FakeClock());
  const { ari, done, press, gone } = office;
  const { talk } = await talking(office);
  const joins = (): number => done.filter((one) => one === 'join caller').length;
  let parted = (): void => undefined;
  ari.removeFromBridge = () =>
    new Promise((resolve) => {
      parted = resolve;
    });
  for (const key of '*4*4') await press(1, key);
  const before = joins();
  parted();
  await until(() => (talk.apart ? undefined : true));
  t.equal(joins(), before + 1);
  t.ok(done.indexOf('hear caller music') < done.lastIndexOf('quiet caller'), done.join());
  gone(1, 16);
  await talk.close();
});

void t.test(
  'whoever hangs up while the caller comes back to them leaves all as it was',
  async (t) => {
    const office = exchange();
    const { ari, done, gone, channelOf, press } = office;
    const { talk, told, takes } = await talking(office, { take: () => takes('203', 2) });
    for (const key of '*4') await press(1, key);
    const { quieten } = ari;
    ari.quieten = async (channel) => {
      if (channel === 'caller') gone(2, 16);
      await quieten(channel);
    };
    t.notOk(await talk.takeOver('203'));
    t.same(told.slice(-2), ['joined at-203', 'left at-203']);
    t.notOk(done.includes(`hang up ${channelOf(1)}`), 'whoever had the caller has them still');
    gone(1, 16);
    t.equal(await talk.ended, 'people-left');
    await talk.close();
  },
);

void t.test('whoever takes the caller over and is lost at once leaves all as it was', async (t) => {
  const office = exchange();
  const { ari, done, gone, channelOf, press } = office;
  const { talk, told, takes } = await talking(office, { take: () => takes('203', 2) });
  for (const key of '*4') await press(1, key);
  const { addToBridge } = ari;
  ari.addToBridge = () => Promise.reject(new Error('not in Stasis'));
  t.notOk(await talk.takeOver('203'));
  t.ok(done.includes(`hang up ${channelOf(2)}`), 'nobody is left on the line alone');
  t.ok(talk.apart, 'the caller still waits');
  t.same(told, ['connected at-201', 'parked at-201']);
  ari.addToBridge = addToBridge;
  for (const key of '*4') await press(1, key);
  t.ok(await until(() => !talk.apart || undefined), 'and can be taken back');
  gone(1, 16);
  t.equal(await talk.ended, 'people-left');
  await talk.close();
});

void t.test('whoever is not needed is let go, whatever their telephone does', async (t) => {
  const office = exchange();
  const { parts, done, channelOf, ari } = office;
  const { talk, takes } = await talking(office, { take: (extension) => takes(extension, 2) });
  ari.removeFromBridge = () => Promise.reject(new Error('not in this bridge'));
  const taken = talk.takeOver('203');
  const hearing = setInterval(() => parts.lineOf(channelOf(1))?.playing?.hear(), 5);
  t.ok(await taken, 'whoever took it over has it');
  clearInterval(hearing);
  t.ok(done.includes(`hang up ${channelOf(1)}`), 'the one before is not left on the line');
  await talk.close();

  // The third one's telephone plays nothing: their last words are never heard to the end.
  const clock = new FakeClock();
  const { parts: own, answer: lift, done: told, channelOf: third } = exchange(clock);
  const asked = asking(own).round({ ...round(['204']), about: { ...about, reason: 'connect' } });
  lift(1);
  const { accepted } = await asked;
  const dismissed = accepted?.dismiss('taken');
  await sleep(20);
  t.notOk(told.includes(`hang up ${third(1)}`), 'they are being told');
  clock.advance(11_000);
  await dismissed;
  t.ok(told.includes(`hang up ${third(1)}`), 'and are let go without it');
});

void t.test('whoever was asked is told to the end what follows, and then let go', async (t) => {
  for (const [what, extensions, happens] of [
    ['declined', ['201'], (office) => office.press(1, '2')],
    ['wants a message', ['201'], (office) => office.press(1, '3')],
    ['the caller is gone', ['201', '202'], (_, requests) => requests.stop('caller_gone')],
    [
      'somebody else takes the call',
      ['201', '202'],
      async (office) => {
        office.answer(2);
        await office.press(2, '1');
      },
    ],
  ] as readonly (readonly [
    string,
    readonly string[],
    (office: ReturnType<typeof exchange>, requests: Asking) => Promise<void>,
  ])[]) {
    const office = exchange();
    const { parts, done, channelOf, answer } = office;
    const requests = asking(parts);
    const asked = requests.round(round(extensions));
    answer(1);
    const line = await until(() => parts.lineOf(channelOf(1)));
    const announcement = await until(() => line.playing);
    const happened = happens(office, requests);
    const words = await until(() => (line.playing === announcement ? undefined : line.playing));
    await sleep(20);
    t.notOk(done.includes(`hang up ${channelOf(1)}`), `${what}: they are being told`);
    words.hear();
    await until(() => done.includes(`hang up ${channelOf(1)}`) || undefined);
    t.equal(line.playbacks.length, 2, 'nothing else is said');
    await Promise.all([happened, asked]);
    const { accepted } = await asked;
    await accepted?.close();
  }
});

/** A caller for whom 201 is asked, and who is told meanwhile that the call is recorded. */
function attending(office: ReturnType<typeof exchange>, recorded = false) {
  const line = new OpenLine();
  const told: string[] = [];
  const attended = new Attended(office.parts, {
    ...{ call: CALL, channelId: 'caller', number: '', line, recorded },
    tell: (what, who) => told.push(`${what} ${who ?? ''}`.trim()),
    attend: () => () => Promise.resolve(),
    stopRecording: () => Promise.resolve(),
    extensionOf: () => '201',
  });
  const ended = attended.run({
    do: 'transfer',
    target: 'desk',
    why: 'caller-asked',
    how: 'announced',
  });
  return { attended, ended, told, line };
}

void t.test('whoever takes a call and is not there any more: the next one is asked', async (t) => {
  for (const hangsUp of [true, false]) {
    const office = exchange();
    const { ari, answer, press, gone, done, channelOf } = office;
    ari.addToBridge = () => Promise.reject(new Error('no such channel'));
    const { ended, line } = attending(office, true);
    await until(() => done.includes(`invite ${channelOf(1)}`) || undefined);
    answer(1);
    await press(1, '1');
    await sleep(5);
    // The caller is still being told of the recording.
    if (hangsUp) gone(1, 16);
    (await until(() => line.playing)).hear();
    t.same(await ended, { outcome: 'no-answer' }, 'the caller is back, and not in the fallback');
    t.ok(done.includes(`hang up ${channelOf(1)}`), 'and nobody is left on the line alone');
    t.notOk(office.people.lines.isBusy('201'));
  }
});

void t.test('a caller who hangs up while they are connected leaves nobody alone', async (t) => {
  const office = exchange();
  const { ari, answer, press, done, channelOf, parts } = office;
  let enter = (): void => undefined;
  ari.addToBridge = () =>
    new Promise((resolve) => {
      enter = resolve;
    });
  const { attended, ended, told } = attending(office);
  await until(() => done.includes(`invite ${channelOf(1)}`) || undefined);
  answer(1);
  await press(1, '1');
  await until(() => done.includes(`quiet ${channelOf(1)}`) || undefined);
  await sleep(5);
  const closing = attended.close();
  enter();
  const line = await until(() => parts.lineOf(channelOf(1)));
  (await until(() => line.playing)).hear();
  await closing;
  await ended;
  t.ok(done.includes(`hang up ${channelOf(1)}`));
  t.notOk(told.includes('connected desk'));
});

void t.test('nobody is rung on for a call that is over', async (t) => {
  for (const how of ['close', 'abandon'] as const) {
    const office = exchange();
    const { answer, press, done, channelOf, people } = office;
    const parts = { ...office.parts, people: { ...people, personAt: () => 'carter' } };
    const { attended, told } = attending({ ...office, parts });
    await until(() => done.includes(`invite ${channelOf(1)}`) || undefined);
    answer(1);
    await press(1, '1');
    await until(() => told.includes('connected desk') || undefined);
    for (const key of '*3202#') await press(1, key);
    await until(() => done.includes(`invite ${channelOf(2)}`) || undefined);
    t.notOk(done.includes(`hang up ${channelOf(2)}`), 'they are rung');
    await attended[how]();
    t.ok(done.includes(`hang up ${channelOf(2)}`), `${how}: and rung no longer`);
    t.equal(done.includes(`hang up ${channelOf(1)}`), how === 'close', 'who talk go on talking');
  }
});

void t.test('whoever brings a colleague in may hang up at once', async (t) => {
  for (const comes of [true, false]) {
    const office = exchange();
    const { press, gone, done } = office;
    let bring: (colleague: Colleague | undefined) => void = () => undefined;
    const { talk, told, takes } = await talking(office, {
      bring: () =>
        new Promise((resolve) => {
          bring = resolve;
        }),
    });
    for (const key of '*3202#') await press(1, key);
    gone(1, 16);
    await until(() => done.includes('hear caller music') || undefined);
    t.ok(talk.apart, 'the caller waits');
    bring(comes ? await takes('202', 2) : undefined);
    if (comes) {
      t.ok(await until(() => !talk.apart || undefined), 'and is with the colleague');
      gone(2, 16);
    }
    t.equal(await talk.ended, comes ? 'people-left' : 'given-back');
    t.equal(told.includes('joined at-202'), comes);
    await talk.close();
  }
});

void t.test('whoever listens in hears people who were told, until somebody objects', async (t) => {
  // Announced; blind, but told that it is recorded; blind.
  for (const [how, announced] of [
    ['announced', true],
    [undefined, true],
    [undefined, false],
  ] as const) {
    const { parts, people, answer, press, done, channelOf } = exchange();
    const caller = new OpenLine();
    const heard: number[] = [];
    let stopped = 0;
    let unheard = 0;
    const records = { consents: { note: () => Promise.resolve() } };
    const handing = new HandingOver(
      people,
      {
        ...{ call: CALL, channelId: 'caller', number: '', line: caller },
        recorder: {
          consented: true,
          write: () => undefined,
          stop: () => Promise.resolve((stopped += 1)),
        },
        conversation: { overhear: () => () => Promise.resolve(), post: () => undefined },
        parts: { ...parts, records, extensionOf: () => '201' },
        ...{ nowMs: () => 60_000, heard: (_: unknown, atMs: number) => heard.push(atMs) },
        unheard: () => (unheard += 1),
      } as unknown as HandedCaller,
      announced,
    );
    t.equal(handing.kept, announced);
    t.notOk(handing.takeOver('203'), 'nobody talks with the caller yet');
    void handing.run({ do: 'transfer', target: 'desk', why: 'caller-asked', how } as never);
    let told = 0;
    const hearing = setInterval(() => {
      caller.playing?.hear();
      const playing = parts.lineOf(channelOf(1))?.playing;
      if (playing !== undefined && !done.includes('set caller VESTIBULE_PHASE human')) told += 1;
      playing?.hear();
    }, 5);
    t.teardown(() => {
      clearInterval(hearing);
    });
    await until(() => done.find((one) => one === `invite ${channelOf(1)}`));
    answer(1);
    if (how === 'announced') await press(1, '1');
    const line = await until(() => parts.lineOf(channelOf(1)));
    await until(() => (done.includes('set caller VESTIBULE_PHASE human') ? true : undefined));
    clearInterval(hearing);
    if (how === undefined)
      t.equal(told > 0, announced, 'whoever answers is told before the caller is there');
    line.frame(new Int16Array(320), 5_000);
    line.frame(new Int16Array(320), 5_020);
    t.strictSame(heard, announced ? [60_000, 60_020] : [], 'by the time of the call');
    caller.key('9');
    line.frame(new Int16Array(320), 5_040);
    t.strictSame([unheard, handing.kept], announced ? [1, false] : [0, false]);
    t.equal(stopped, announced ? 1 : 0);
    t.equal(heard.length, announced ? 2 : 0, 'nothing after an objection');
    await handing.end(false);
  }
});

void t.test(
  'of whoever took the consent back nothing is kept, and nobody is told otherwise',
  async (t) => {
    const { parts, people, answer, press, done, channelOf } = exchange();
    const caller = new OpenLine();
    const posted: unknown[] = [];
    const handing = new HandingOver(
      people,
      {
        ...{ call: CALL, channelId: 'caller', number: '', line: caller },
        recorder: { consented: false, write: () => posted.push('written') },
        conversation: {
          overhear: () => {
            posted.push('overheard');
            return () => Promise.resolve();
          },
          post: (event: unknown) => posted.push(event),
        },
        parts: { ...parts, extensionOf: () => '201' },
        ...{ nowMs: () => 0, heard: () => posted.push('heard'), unheard: () => undefined },
      } as unknown as HandedCaller,
      true,
    );
    void handing.run({ do: 'transfer', target: 'desk', why: 'caller-asked', how: 'announced' });
    await until(() => done.find((one) => one === `invite ${channelOf(1)}`));
    answer(1);
    await press(1, '1');
    const line = await until(() => parts.lineOf(channelOf(1)));
    await until(() => done.includes('set caller VESTIBULE_PHASE human') || undefined);
    line.frame(new Int16Array(320), 0);
    t.notOk(handing.mayRecord);
    t.same(caller.playbacks, [], 'the caller is told of no recording');
    t.same(
      posted.map((one) => (typeof one === 'object' ? (one as { what: string }).what : one)),
      ['asked', 'connected'],
    );
    await handing.end(false);
  },
);

/** What `overhear` of a conversation was given of each party: how loud it was, frame by frame. */
function overheard() {
  const parties = new Map<string, { levels: number[]; over: boolean }[]>();
  const overhear = (line: Pick<OpenLine, 'listen'>, person = 'caller') => {
    const party = { levels: [] as number[], over: false };
    parties.set(person, [...(parties.get(person) ?? []), party]);
    line.listen({
      frame: (pcm) => {
        if (!party.over) party.levels.push(pcm[0] ?? 0);
      },
      ...{ played: () => undefined, key: () => undefined, closed: () => undefined },
    });
    return () => {
      party.over = true;
      return Promise.resolve();
    };
  };
  return { parties, overhear };
}

void t.test('a talk is written down while all hear each other and nobody objects', async (t) => {
  const { parts, people, answer, press, done, channelOf, ari, gone } = exchange();
  const caller = new OpenLine();
  const { parties, overhear } = overheard();
  const handing = new HandingOver(
    people,
    {
      ...{ call: CALL, channelId: 'caller', number: '', line: caller },
      recorder: { consented: true, write: () => undefined, stop: () => Promise.resolve() },
      conversation: { overhear, post: () => undefined },
      parts: {
        ...{ ...parts, records: { consents: { note: () => Promise.resolve() } } },
        extensionOf: () => '201',
      },
      ...{ nowMs: () => 0, heard: () => undefined, unheard: () => undefined },
    } as unknown as HandedCaller,
    true,
  );
  void handing.run({ do: 'transfer', target: 'desk', why: 'caller-asked', how: 'announced' });
  const hearing = setInterval(() => {
    caller.playing?.hear();
    for (const nth of [1, 2, 3]) parts.lineOf(channelOf(nth))?.playing?.hear();
  }, 5);
  t.teardown(() => {
    clearInterval(hearing);
  });
  await until(() => done.find((one) => one === `invite ${channelOf(1)}`));
  answer(1);
  await press(1, '1');
  await until(() => handing.mayRecord || undefined);
  const speak = (): void => {
    for (const line of [caller, ...[1, 2, 3].map((nth) => parts.lineOf(channelOf(nth)))])
      line?.frame(new Int16Array(320).fill(7), 0);
  };
  const levels = (person: string) => parties.get(person)?.map((one) => one.levels);
  speak();
  ari.events.emit('hold', { channelId: channelOf(1), held: true });
  speak();
  ari.events.emit('hold', { channelId: channelOf(1), held: false });
  t.same(levels('caller'), [[7, 0]], 'nothing of whoever waits');
  t.same(levels('desk'), [[7, 0]], 'nor of what is said without them');

  t.ok(handing.takeOver('203'));
  await until(() => done.find((one) => one === `invite ${channelOf(2)}`));
  answer(2);
  await until(() => (parties.get('desk')?.[0]?.over === true ? true : undefined));
  await until(() => done.includes(`hang up ${channelOf(1)}`) || undefined);
  speak();
  t.same(levels('caller'), [[7, 0, 7]], 'the caller is heard on, whoever leaves');
  t.notOk(parties.get('caller')?.[0]?.over);

  ari.events.emit('refer', { channelId: channelOf(2), to: '204', attended: false });
  await until(() => done.find((one) => one === `invite ${channelOf(3)}`));
  gone(2, 16);
  await until(() => (parties.get('caller')?.[0]?.over === true ? true : undefined));
  answer(3);
  await until(() => (handing.mayRecord ? true : undefined));
  speak();
  t.same(levels('caller'), [[7, 0, 7], [7]], 'and anew, once somebody is there again');
  caller.key('9');
  speak();
  t.same(
    levels('caller'),
    [
      [7, 0, 7],
      [7, 0],
    ],
    'nothing after an objection',
  );
  t.same(levels('203'), [[7]]);
  t.same(levels('204'), [[7, 0]]);
  gone(3, 16);
  await until(() => (parties.get('caller')?.[1]?.over === true ? true : undefined));
  await handing.end(false);
});

void t.test('nobody is called back without a trunk, or at a telephone that is not ours', (t) => {
  const { parts, people, done } = exchange();
  const wanted = { extension: '201', number: '+493012345', callId: CALL };
  const guest = () => () => undefined;
  t.throws(() => new CallBack(() => ({ ...parts, guest })).start(wanted), {
    code: 'RECEPTION_NO_CALLS_OUT',
  });
  const out = { ...people, outsideOf: (number: string) => `PJSIP/${number}@trunk-out` };
  const strange = { ...wanted, extension: '999' };
  t.throws(() => new CallBack(() => ({ ...parts, people: out, guest })).start(strange), {
    code: 'RECEPTION_UNKNOWN_EXTENSION',
  });
  // Who calls with this as their number would have the office's calls forwarded.
  const order = { ...wanted, number: '*72 0900 555' };
  t.throws(() => new CallBack(() => ({ ...parts, people: out, guest })).start(order), {
    code: 'RECEPTION_NOT_CALLABLE',
  });
  t.same(done, [], 'nothing rang');
  t.end();
});

/** An office that can call out; `takes` says whose telephones are picked up. */
function callingOut(takes: (endpoint: string) => boolean, rings = true) {
  const { parts, people, done } = exchange();
  const dialled: string[] = [];
  const channels: string[] = [];
  const lines: OpenLine[] = [];
  const ari: People['ari'] = {
    ...people.ari,
    invite: (channel, { endpoint }) => {
      dialled.push(endpoint);
      channels.push(channel);
      if (!rings) return Promise.reject(new Error('Allocation failed'));
      const dialplan = { context: '', exten: '', app_name: '', app_data: '' };
      const caller = { name: '', number: '' };
      const entered = { id: channel, name: '', state: 'Up', caller, dialplan };
      setTimeout(() => {
        if (takes(endpoint)) people.ari.events.emit('stasis-start', { channel: entered, args: [] });
        else people.ari.events.emit('channel-gone', { channelId: channel, cause: 19 });
      }, 1);
      return Promise.resolve();
    },
  };
  const ear = () => {
    const line = new OpenLine();
    lines.push(line);
    return line;
  };
  const out = { ...people, ari, outsideOf: (number: string) => `PJSIP/${number}@trunk-out` };
  let held: People = out;
  const back = new CallBack(() => ({ ...parts, ear, people: held, guest: () => () => undefined }));
  const start = () => back.start({ extension: '201', number: '+49 30 12345', callId: CALL });
  const until = async (met: () => boolean): Promise<void> => {
    for (let tries = 0; !met() && tries < 400; tries += 1) {
      for (const line of lines) line.playing?.hear();
      await sleep(5);
    }
  };
  const reload = (more: Partial<People>) => {
    held = { ...out, ...more };
  };
  const hangsUp = (nth: number): void => {
    people.ari.events.emit('channel-gone', { channelId: channels[nth] ?? '', cause: 16 });
  };
  return { back, start, until, done, dialled, reload, hangsUp };
}

void t.test('staff first, then the caller; whoever hangs up ends both', async (t) => {
  for (const nth of [0, 1]) {
    const { back, start, until, done, dialled, hangsUp } = callingOut(() => true);
    await start();
    await until(() => done.some((one) => one.startsWith('join')));
    t.same(dialled, ['PJSIP/201', 'PJSIP/+493012345@trunk-out']);
    await sleep(5);
    t.notOk(done.some((one) => one.startsWith('hang up')));
    hangsUp(nth);
    await until(() => back.running === 0);
    t.equal(done.filter((one) => one.startsWith('hang up')).length, 2);
    t.ok(done.some((one) => one.startsWith('unbridge')));
  }
});

void t.test('who talk go on talking when we end; whoever is only rung is let go', async (t) => {
  const talking = callingOut(() => true);
  await talking.start();
  await talking.until(() => talking.done.some((one) => one.startsWith('join')));
  await sleep(5);
  await talking.back.stop();
  t.equal(talking.back.running, 0);
  t.notOk(
    talking.done.some((one) => /^(?:hang up|unbridge)/u.test(one)),
    talking.done.join(),
  );
  const rung = callingOut((endpoint) => endpoint === 'PJSIP/201');
  await rung.start();
  await rung.until(() => rung.dialled.length === 1);
  await rung.back.stop();
  t.ok(rung.done.some((one) => one.startsWith('hang up')));
});

void t.test('whoever asks for it is told that their telephone does not ring', async (t) => {
  const { back, start, dialled } = callingOut(() => true, false);
  await t.rejects(start(), { code: 'RECEPTION_TELEPHONE_AWAY', place: '201' });
  t.same(dialled, ['PJSIP/201'], 'and the caller is not called');
  t.equal(back.running, 0);
});

void t.test('staff who do not pick up: the caller is never rung', async (t) => {
  const { back, start, until, done, dialled } = callingOut(() => false);
  await start();
  await until(() => back.running === 0);
  t.same(dialled, ['PJSIP/201']);
  t.notOk(done.some((one) => one.startsWith('join')));
});

void t.test('a caller who does not pick up is connected with nobody', async (t) => {
  const { back, start, until, done, dialled } = callingOut((endpoint) => endpoint === 'PJSIP/201');
  await start();
  await until(() => back.running === 0);
  t.equal(dialled.length, 2);
  t.notOk(done.some((one) => one.startsWith('join')));
});

void t.test(
  'a call back is made with what a reload brought, not with what was at the start',
  async (t) => {
    const { back, start, until, dialled, reload } = callingOut(() => true);
    reload({ endpointOf: () => 'PJSIP/209', personAt: () => 'somebody-new' });
    await start();
    await until(() => dialled.length === 2);
    t.same(dialled, ['PJSIP/209', 'PJSIP/+493012345@trunk-out']);
    await back.stop();
  },
);
