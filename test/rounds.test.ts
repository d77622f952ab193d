import t from 'tap';
import { Rounds } from '../agent/rounds.js';
import { FakeClock } from './telephony/fake-clock.js';

const turn = (): Promise<void> => new Promise(setImmediate);

void t.test(
  'rounds come one by one, whatever one of them comes to, until they are stopped',
  async (t) => {
    const clock = new FakeClock();
    const ends: ((error?: Error) => void)[] = [];
    const faults: unknown[] = [];
    const rounds = new Rounds({
      ...{ clock, everyMs: 1_000 },
      round: () =>
        new Promise((resolve, reject) => {
          ends.push((error) => {
            if (error === undefined) resolve();
            else reject(error);
          });
        }),
      failed: (error) => faults.push(error),
    });
    rounds.start(0);
    rounds.start(0);
    clock.advance(0);
    t.equal(ends.length, 1, 'begun twice, it runs once');
    clock.advance(5_000);
    t.equal(ends.length, 1, 'the next waits for the end of the one before');
    const broken = new Error('broken');
    ends[0]?.(broken);
    await turn();
    t.strictSame(faults, [broken]);
    clock.advance(1_000);
    t.equal(ends.length, 2, 'after one that failed, too');

    let stopped = false;
    const stop = rounds.stop().then(() => {
      stopped = true;
    });
    t.notOk(rounds.running);
    await turn();
    t.notOk(stopped, 'stopping waits for the one under way');
    ends[1]?.();
    await stop;
    clock.advance(5_000);
    t.equal(ends.length, 2, 'and none comes after');
  },
);
