import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import type { CallHandling } from '../../agent/dialogue/ports.js';
import { Events } from '../../agent/events.js';
import { silentLog } from '../../agent/log.js';
import { Visit, type Exchange } from '../../agent/reception/visit.js';
import type { Ari, AriEvents } from '../../agent/telephony/ari.js';
import type { CallQuality } from '../../agent/telephony/quality/figures.js';
import { dialogueOf } from '../dialogue/office.js';
import { FakeLine, FakePlayback } from '../fakes/line.js';
import { FakeRecords } from '../fakes/records.js';
import { FakeRecogniser, FakeVoiceActivity } from '../fakes/speech.js';

/** A line on which everything is heard to its end. */
class OpenLine extends FakeLine {
  open(): Promise<void> {
    return Promise.resolve();
  }

  override play(): FakePlayback {
    const playback = new FakePlayback();
    setTimeout(() => {
      playback.hear();
    }, 20);
    return playback;
  }
}

/** A visit that is held by `handling`; `longest` in milliseconds. */
async function visited(
  handling: CallHandling,
  longest = { mostMs: 60_000, warnMs: 30_000 },
  objections: readonly 'no-record'[] = [],
) {
  const done: string[] = [];
  const counts: string[] = [];
  const asked: object[] = [];
  const note =
    (what: string) =>
    (...more: readonly string[]): Promise<void> => {
      done.push([what, ...more.slice(1)].join(' ').trim());
      return Promise.resolve();
    };
  const records = new FakeRecords();
  const events = new Events<AriEvents>(silentLog);
  const sounded: CallQuality[] = [];
  const ari: Exchange & Pick<Ari, 'rtpStatistics'> = {
    events,
    rtpStatistics: () => Promise.resolve({ rxcount: 400, rxploss: 40, txcount: 400 }),
    answer: note('answer'),
    hangUp: note('hang up'),
    setVariable: note('set'),
    watch: note('watch'),
    stands: () => Promise.resolve(true),
    continueAt: note('continue'),
  };
  let over = false;
  const channel = {
    ...{ id: 'channel', name: 'SIP', state: 'Ring' },
    caller: { name: '', number: '02079460142' },
    dialplan: { context: 'in', exten: '5550100', app_name: '', app_data: '' },
  };
  const visit = new Visit(
    'call',
    channel,
    {
      ari,
      ear: () => new OpenLine(),
      extensionOf: (target) => ({ carter: '203' })[target],
      recording: false,
      handling: {
        of: (call) => {
          asked.push(call);
          return Promise.resolve(handling);
        },
        count: (what) => {
          counts.push(what);
          return Promise.resolve();
        },
        longest,
      },
      rights: {
        objections: () => Promise.resolve(objections),
        request: () => Promise.reject(new Error('nobody asks')),
        guardian: () => Promise.reject(new Error('no child calls')),
      },
      quality: (one) => sounded.push(one),
      contactNumber: (number) => number,
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
        yield new Int16Array(320);
      },
      ...{ records, language: 'en', silenceMs: 60_000, clock: systemClock(), log: silentLog },
    },
    () => {
      over = true;
    },
  );
  await visit.start();
  const until = async (what: () => boolean): Promise<void> => {
    for (let waited = 0; !what() && waited < 400; waited += 1) await sleep(5);
  };
  const reasons = (): readonly string[] => records.decided.map(({ reason }) => reason);
  const begun = (): CallHandling | undefined =>
    (JSON.parse(records.decided[0]?.event ?? '{}') as { handling?: CallHandling }).handling;
  return { visit, begun, done, counts, asked, until, reasons, isOver: () => over, events, sounded };
}

void t.test('staff ring first, unanswered, for their seconds; then we answer', async (t) => {
  const { visit, done, asked, until, reasons } = await visited({
    way: 'staff',
    staff: { target: 'carter', seconds: 9 },
  });
  t.strictSame(asked, [{ caller: '02079460142', called: '5550100' }]);
  await until(() => done.length === 3);
  t.strictSame(done.splice(0), [
    'watch',
    'set VESTIBULE_RING_SECONDS 9',
    'continue vestibule-transfer 203',
  ]);
  await visit.returned('no-answer');
  await until(() => reasons().includes('person.staff-missed'));
  t.strictSame(done.splice(0), ['answer'], 'only now, and once');
  t.strictSame(reasons(), ['gate.staff-first', 'person.staff-missed']);
  await visit.end('caller');
});

void t.test(
  'how a call sounded is known, too, of one that staff answered themselves',
  async (t) => {
    const { done, events, sounded, until, isOver } = await visited({
      way: 'staff',
      staff: { target: 'carter', seconds: 9 },
    });
    await until(() => done.length === 3);
    events.emit('dial', { channelId: 'channel', status: 'ANSWER' });
    events.emit('channel-gone', { channelId: 'channel', cause: 16 });
    await until(isOver);
    t.match(sounded, [{ lossIn: 0.0909, oneWay: 'none' }]);
  },
);

void t.test('a blocked caller is answered, counted and hung up on', async (t) => {
  const { visit, done, counts, reasons } = await visited({ way: 'block' });
  t.strictSame(done, ['answer']);
  t.strictSame(counts, ['blocked']);
  t.equal(reasons()[0], 'gate.blocked');
  await visit.end('caller');
});

void t.test('a talk that lasts too long is warned, and then ended', async (t) => {
  const { until, reasons, visit, isOver } = await visited(
    { way: 'assistant' },
    { mostMs: 900, warnMs: 300 },
  );
  await until(() => reasons().some((reason) => reason.startsWith('limit.over')));
  t.ok(reasons().includes('limit.warning-message'), 'after the notice was heard');
  await until(isOver);
  t.ok(isOver(), 'and the receptionist hangs up');
  await visit.end('caller');
});

void t.test('who objected to recordings once is told of none', async (t) => {
  const { visit, begun, until } = await visited({ way: 'voicemail' }, undefined, ['no-record']);
  await until(() => begun() !== undefined);
  t.match(begun(), { way: 'voicemail', recorded: false });
  await visit.end('caller');
});
