import t from 'tap';
import { within } from '../agent/clock.js';
import { FakeClock } from './telephony/fake-clock.js';

void t.test('what is awaited for a while: its result, or that it is late', async (t) => {
  const clock = new FakeClock();
  t.equal(await within(clock, 1_000, Promise.resolve('done')), 'done');
  await t.rejects(within(clock, 1_000, Promise.reject(new Error('broken'))), /broken/u);
  t.equal(clock.waiting, 0, 'no timer is left of what came in time');

  let fail: (error: Error) => void = () => undefined;
  const work = new Promise<string>((_resolve, reject) => {
    fail = reject;
  });
  const late = within(clock, 1_000, work);
  clock.advance(1_000);
  t.equal(await late, undefined);
  // Nobody awaits it any more: what it comes to then is no fault of the program.
  fail(new Error('too late'));
  await new Promise(setImmediate);
});
