import { setImmediate as breathe } from 'node:timers/promises';
import t from 'tap';
import { samplesIn, type Pcm } from '../../agent/audio/frame.js';
import { paced } from '../../agent/engines/voice-pacing.js';
import { VoiceQueue } from '../../agent/engines/voice-queue.js';
import { FakeClock } from '../telephony/fake-clock.js';

/** Lets everything that waits for no time come to rest. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await breathe();
}

/** Five clauses of 1.5 s that note when they are made, on a clock that a test moves. */
function begin(live: boolean, aheadMs = 0) {
  const clock = new FakeClock();
  const queue = new VoiceQueue();
  const ending = new AbortController();
  const madeAt: number[] = [];
  async function* clauses(): AsyncGenerator<Pcm> {
    for (let at = 0; at < 5; at += 1) {
      madeAt.push(clock.monotonic());
      yield await Promise.resolve(new Int16Array(samplesIn(1_500)));
    }
  }
  let over = false;
  const read = async (): Promise<void> => {
    const pacing = { clock, queue, live, aheadMs, cancelled: ending.signal };
    for await (const pcm of paced(clauses(), pacing)) t.equal(pcm.length, samplesIn(1_500));
    over = true;
  };
  void read();
  return { clock, queue, ending, madeAt, isOver: () => over };
}

void t.test('what somebody hears is made two seconds before it is heard', async (t) => {
  const { clock, madeAt, isOver } = begin(true);
  await settle();
  t.strictSame(madeAt, [0, 0], 'two clauses at once, then there is enough');
  for (let step = 0; step < 40; step += 1) {
    clock.advance(250);
    await settle();
  }
  t.strictSame(madeAt, [0, 0, 1_000, 2_500, 4_000]);
  t.ok(isOver());
});

void t.test('nothing is made for nobody', async (t) => {
  const { clock, ending, madeAt, isOver } = begin(true);
  await settle();
  ending.abort();
  await settle();
  t.ok(isOver(), 'the end comes at once');
  clock.advance(10_000);
  await settle();
  t.equal(madeAt.length, 2);
  t.equal(clock.waiting, 0, 'no timer stays');
});

void t.test(
  'what is kept is made at once, and what follows something is not due yet',
  async (t) => {
    const kept = begin(false);
    await settle();
    t.equal(kept.madeAt.length, 5);
    const later = begin(true, 60_000);
    await settle();
    t.strictSame(later.madeAt, [0], 'one clause, as two seconds are still to be heard');
  },
);

void t.test('who waits for a first word goes before who has enough to hear', async (t) => {
  const queue = new VoiceQueue();
  const order: string[] = [];
  let release: () => void = () => undefined;
  const job = (name: string) => (): Promise<string> => {
    order.push(name);
    return Promise.resolve(name);
  };
  const all = [
    queue.take(0, () => new Promise<void>((resolve) => (release = resolve))),
    queue.take(30_000, job('kept')),
    queue.take(2_000, job('later')),
    queue.take(10, job('first')),
    queue.take(10, job('second')),
    queue.take(5, () => Promise.reject(new Error('broken'))).catch(() => 'broken'),
  ];
  release();
  t.equal((await Promise.all(all)).at(-1), 'broken', 'one that fails holds up nobody');
  t.strictSame(order, ['first', 'second', 'later', 'kept']);
});
