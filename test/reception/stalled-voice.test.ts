import { setImmediate as breathe } from 'node:timers/promises';
import t from 'tap';
import { samplesIn, type Pcm } from '../../agent/audio/frame.js';
import { silentLog } from '../../agent/log.js';
import { Speaking } from '../../agent/reception/speaking.js';
import { FakeLine } from '../fakes/line.js';
import { FakeClock } from '../telephony/fake-clock.js';

const SECOND: Pcm = new Int16Array(samplesIn(1_000)).fill(3_000);
const MOMENT = 'One moment, please.';

/** Speaks with a voice that says a second whenever the test has it say one, and a moment at once. */
function begin() {
  const [line, clock] = [new FakeLine(), new FakeClock()];
  const waiting: { resolve: (pcm: Pcm | undefined) => void; reject: (error: Error) => void }[] = [];
  const faults: string[] = [];
  let late = 0;
  const speaking = new Speaking(
    line,
    async function* (text) {
      if (text === MOMENT) {
        yield SECOND;
        return;
      }
      for (;;) {
        const pcm = await new Promise<Pcm | undefined>((resolve, reject) => {
          waiting.push({ resolve, reject });
        });
        if (pcm === undefined) return;
        yield pcm;
      }
    },
    { ...silentLog, error: (text) => faults.push(text) },
    clock,
    () => (late += 1),
  );
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn += 1) await breathe();
  };
  return {
    ...{ line, clock, speaking, faults, settle },
    late: () => late,
    says: async (pcm: Pcm | undefined) => {
      waiting.shift()?.resolve(pcm);
      await settle();
    },
    dies: async () => {
      waiting.shift()?.reject(new Error('the worker is gone'));
      await settle();
    },
    pass: async (ms: number) => {
      clock.advance(ms);
      await settle();
    },
  };
}

t.test('a voice that hangs: told after two seconds, given up after eight', async (t) => {
  const call = begin();
  const said = call.speaking.say(['Anna, is that right?']);
  await call.settle();
  await call.pass(1_990);
  t.equal(call.late(), 0, 'so long a first clause may take');
  await call.pass(20);
  t.equal(call.late(), 1);
  t.ok(call.speaking.stalls);
  const filled = call.speaking.fill(MOMENT);
  await call.settle();
  t.equal(call.line.playing?.writtenMs, 1_000, 'it is heard at once');
  await call.pass(1_000);
  t.strictSame(await filled, { whole: true, heardMs: 1_000 });
  await call.pass(4_900);
  t.equal(call.late(), 1, 'once');
  t.notOk(call.line.playing?.ended);
  await call.pass(200);
  t.ok(call.line.playing?.ended, 'nothing is waited for any more');
  t.strictSame(call.faults, ['a text could not be spoken']);
  call.line.playing?.hear();
  t.strictSame(await said, { whole: false, heardMs: 1_000, failed: true });
  await call.says(SECOND);
  t.equal(call.line.playing, undefined, 'what comes later is not said');
  t.equal(call.clock.waiting, 0);
});

t.test('a voice that comes back goes on behind the moment, and all was said', async (t) => {
  const call = begin();
  const said = call.speaking.say(['Anna, is that right?']);
  await call.settle();
  await call.says(SECOND);
  await call.pass(2_900);
  t.equal(call.late(), 0, 'the clause was heard for a second of that');
  await call.pass(200);
  t.equal(call.late(), 1);
  const filled = call.speaking.fill(MOMENT);
  await call.settle();
  await call.pass(400);
  await call.says(SECOND);
  t.notOk(call.speaking.stalls);
  await call.pass(600);
  t.ok((await filled).whole);
  // The moment and the clause behind it have been heard for 600 of their 1,600 ms.
  await call.pass(2_900);
  t.equal(call.late(), 1);
  await call.pass(200);
  t.equal(call.late(), 2, 'and each silence is told of');
  await call.says(SECOND);
  t.strictSame(await call.speaking.fill(MOMENT), { whole: false, heardMs: 0 }, 'not without need');
  await call.says(undefined);
  t.equal(call.line.playing?.writtenMs, 4_000);
  t.ok(call.line.playing?.ended);
  call.line.playing?.hear();
  t.strictSame(await said, { whole: true, heardMs: 4_000 });
  t.strictSame(call.faults, []);
  t.equal(call.clock.waiting, 0);
});

t.test('a voice that dies between clauses: what there was is heard, and it is told', async (t) => {
  const call = begin();
  const said = call.speaking.say(['Anna, is that right?']);
  await call.settle();
  await call.says(SECOND);
  await call.dies();
  t.ok(call.line.playing?.ended);
  call.line.playing?.hear();
  t.strictSame(await said, { whole: false, heardMs: 1_000, failed: true });
});

t.test('whoever was interrupted misses nothing', async (t) => {
  const call = begin();
  const said = call.speaking.say(['Anna, is that right?']);
  await call.settle();
  await call.says(SECOND);
  call.line.playing!.heardMs = 500;
  call.speaking.pause();
  await call.pass(9_000);
  t.equal(call.late(), 0, 'not while the caller speaks');
  call.speaking.resume('here');
  await call.settle();
  await call.pass(2_000);
  t.equal(call.late(), 0, 'half a second was left to be heard');
  await call.pass(1_000);
  t.equal(call.late(), 1);
  call.speaking.stop();
  t.strictSame(await said, { whole: false, heardMs: 500 });
  t.equal(call.clock.waiting, 0);
});

t.test('nor is a voice lost for ever that should say something aside', async (t) => {
  const call = begin();
  const said = call.speaking.aside('Something that was not rendered.');
  await call.pass(2_000);
  await call.pass(6_000);
  call.line.playing?.hear();
  t.strictSame(await said, { whole: false, heardMs: 0, failed: true });
  t.notOk(call.speaking.saysAside);
});
