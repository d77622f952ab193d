import t from 'tap';
import { systemClock, type Clock } from '../../agent/clock.js';
import type { Diary, Slot } from '../../agent/dialogue/diary.js';
import type { DialogueEvent } from '../../agent/dialogue/ports.js';
import { DiaryDesk } from '../../agent/reception/diary-desk.js';

const slot: Slot = { visit: 'check-up', from: 1_000, to: 2_000 };
const wish = { visit: 'check-up', from: 0, most: 3 };
const guest = { name: 'Mary Johnson', phone: null, message: 1 };

/** A diary whose answers are given by the test, and a clock that it turns. */
function house() {
  const answers: { resolve: (value: unknown) => void; reject: (error: Error) => void }[] = [];
  const signals: AbortSignal[] = [];
  const released: string[] = [];
  const due: (() => void)[] = [];
  const ask = <T>(signal: AbortSignal): Promise<T> => {
    signals.push(signal);
    return new Promise<T>((resolve, reject) => {
      answers.push({ resolve: resolve as (value: unknown) => void, reject });
    });
  };
  const diary: Diary = {
    find: (_call, _wish, signal) => ask(signal),
    book: (_call, _slot, _guest, signal) => ask(signal),
    release: (call) => {
      released.push(call);
    },
  };
  const clock: Clock = {
    ...systemClock(),
    now: () => 77,
    after: (delay, run) => {
      if (delay === 6_000) due.push(run);
      return () => {
        due.splice(due.indexOf(run), 1);
      };
    },
  };
  const told: DialogueEvent[] = [];
  const desk = new DiaryDesk('call-1', diary, clock, undefined, (event) => {
    told.push(event);
  });
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return { desk, answers, signals, released, due, told, turn };
}

t.test('what the diary answers is told', async (t) => {
  const { desk, answers, told, due } = house();
  desk.find(wish);
  answers[0]?.resolve([slot]);
  await desk.settled();
  desk.book(slot, guest);
  answers[1]?.resolve(true);
  await desk.settled();
  desk.book(slot, guest);
  answers[2]?.resolve(false);
  await desk.settled();
  desk.find(wish);
  answers[3]?.reject(new Error('no such file'));
  await desk.settled();
  t.strictSame(told, [
    { kind: 'slots-found', slots: [slot], now: 77 },
    { kind: 'slot-booked', slot },
    { kind: 'slot-lost', slot },
    { kind: 'diary-failed' },
  ]);
  t.equal(due.length, 0, 'no timer is left');
});

t.test('after six seconds it is done without, and what comes later is nobody’s', async (t) => {
  const { desk, answers, signals, told, due, turn } = house();
  desk.book(slot, guest);
  due[0]?.();
  await turn();
  t.strictSame(told, [{ kind: 'diary-failed' }]);
  t.ok(signals[0]?.aborted, 'the calendar is told so');
  answers[0]?.resolve(true);
  await desk.settled();
  t.equal(told.length, 1);
});

t.test('the answer to an earlier question does not count', async (t) => {
  const { desk, answers, told } = house();
  desk.find(wish);
  desk.find({ ...wish, from: 5 });
  answers[0]?.resolve([]);
  answers[1]?.resolve([slot]);
  await desk.settled();
  t.strictSame(told, [{ kind: 'slots-found', slots: [slot], now: 77 }]);
});

t.test(
  'at the end of a call what is being written is waited for, and all is released',
  async (t) => {
    const { desk, answers, released, told, turn } = house();
    desk.book(slot, guest);
    let closed = false;
    const closing = desk.close().then(() => {
      closed = true;
    });
    await turn();
    t.notOk(closed);
    answers[0]?.resolve(true);
    await closing;
    t.strictSame([told, released], [[], ['call-1']]);
    const idle = house();
    await idle.desk.close();
    t.strictSame(idle.released, [], 'a call that asked for nothing holds nothing');
  },
);

t.test('an office without calendars', async (t) => {
  const told: string[] = [];
  const desk = new DiaryDesk('call-1', undefined, systemClock(), undefined, ({ kind }) => {
    told.push(kind);
  });
  desk.find(wish);
  t.strictSame(told, [], 'not before the dialogue has taken its step');
  await desk.settled();
  t.strictSame(told, ['diary-failed']);
  desk.release();
  await desk.close();
});
