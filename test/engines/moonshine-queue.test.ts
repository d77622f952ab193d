import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { DecodingQueue } from '../../agent/engines/moonshine-queue.js';

void t.test('what ends a turn goes before looks, but looks keep a share', async (t) => {
  const queue = new DecodingQueue(systemClock());
  const order: string[] = [];
  let release = (): void => undefined;
  const first = queue.take(
    () =>
      new Promise<void>((resolve) => {
        release = resolve;
      }),
  );
  t.notOk(queue.crowded, 'nobody else waits');
  const job = (name: string) => (): Promise<void> => {
    order.push(name);
    return Promise.resolve();
  };
  const waiting = [
    ...['look 1', 'look 2'].map((name) => queue.look(job(name))),
    ...['a', 'b', 'c', 'd', 'e'].map((name) => queue.take(job(name))),
  ];
  t.ok(queue.crowded);
  release();
  await Promise.all([first, ...waiting]);
  t.strictSame(order, ['a', 'b', 'c', 'look 1', 'd', 'e', 'look 2']);
});

void t.test('a look that is under way gives way to what ends a turn', async (t) => {
  const queue = new DecodingQueue(systemClock());
  const order: string[] = [];
  const job = (name: string) => (): Promise<void> => {
    order.push(name);
    return Promise.resolve();
  };
  const look = queue.look(async () => {
    order.push('look begins');
    const ended = queue.take(job('turn'));
    const failing = queue.take(() => Promise.reject(new Error('no'))).catch(job('failed'));
    void queue.look(job('other look'));
    await queue.giveWay();
    await Promise.all([ended, failing]);
    order.push('look ends');
  });
  await look;
  await queue.take(job('later'));
  await queue.look(job('last look'));
  t.strictSame(order.slice(0, 4), ['look begins', 'turn', 'failed', 'look ends']);
  t.strictSame(order.slice(4).toSorted(), ['last look', 'later', 'other look']);
});

void t.test('but not for ever, however many turns end', async (t) => {
  const queue = new DecodingQueue(systemClock());
  let ended = 0;
  const all = Array.from({ length: 10 }, () => (): Promise<number> => Promise.resolve(++ended));
  let turns: Promise<unknown> = Promise.resolve();
  await queue.look(async () => {
    turns = Promise.all(all.map((job) => queue.take(job)));
    for (let run = 0; run < 5; run += 1) await queue.giveWay();
    t.equal(ended, 4, 'emergency watching keeps its share');
  });
  await turns;
  t.equal(ended, 10);
});

void t.test('a job that fails fails alone', async (t) => {
  const queue = new DecodingQueue(systemClock());
  const bad = queue.take(() => Promise.reject(new Error('no')));
  const good = queue.take(() => Promise.resolve(1));
  await t.rejects(bad, { message: 'no' });
  t.equal(await good, 1);
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  t.equal(await queue.look(() => Promise.resolve(2)), 2, 'and it goes on after a rest');
});
