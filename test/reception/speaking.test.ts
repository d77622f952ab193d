import { setImmediate as breathe } from 'node:timers/promises';
import t from 'tap';
import { samplesIn, type Pcm } from '../../agent/audio/frame.js';
import { silentLog } from '../../agent/log.js';
import { Speaking } from '../../agent/reception/speaking.js';
import { FakeLine } from '../fakes/line.js';
import { FakeClock } from '../telephony/fake-clock.js';

/** A second of sound, a pause of 200 ms, and another second. */
const TWO_CLAUSES: Pcm = new Int16Array(samplesIn(2_200)).fill(3_000);
TWO_CLAUSES.fill(0, samplesIn(1_000), samplesIn(1_200));

function begin() {
  const line = new FakeLine();
  const speaking = new Speaking(
    line,
    async function* () {
      await Promise.resolve();
      yield TWO_CLAUSES;
    },
    silentLog,
    new FakeClock(),
  );
  return { line, speaking };
}

t.test('goes on where it fell silent, or from the clause it was in', async (t) => {
  const { line, speaking } = begin();
  const said = speaking.say(['One thing, and another.']);
  await breathe();
  const first = line.playing!;
  t.equal(first.writtenMs, 2_200);
  first.heardMs = 1_700;
  speaking.pause();
  t.ok(first.over, 'silent at once');
  speaking.resume('here');
  await breathe();
  const second = line.playing!;
  t.equal(second.writtenMs, 500, 'the rest');
  second.heardMs = 100;
  speaking.pause();
  speaking.resume('clause');
  await breathe();
  const third = line.playing!;
  t.equal(third.writtenMs, 2_200 - 1_180, 'the second clause again');
  third.hear();
  t.strictSame(await said, { whole: true, heardMs: 2_200 });
  t.notOk(speaking.busy);
});

t.test('a clause is not said again for ever', async (t) => {
  const { line, speaking } = begin();
  void speaking.say(['One thing, and another.']);
  await breathe();
  const written: number[] = [];
  for (let cough = 0; cough < 4; cough += 1) {
    line.playing!.heardMs = 400;
    speaking.pause();
    speaking.resume('clause');
    await breathe();
    written.push(line.playing!.writtenMs);
  }
  t.strictSame(written.slice(0, 2), [2_200, 2_200]);
  t.ok((written[2] ?? 0) <= 1_800, 'then it goes on');
  speaking.stop();
});

t.test('a new pause takes back a going on that has not begun', async (t) => {
  const { line, speaking } = begin();
  const said = speaking.say(['One thing, and another.']);
  await breathe();
  line.playing!.heardMs = 500;
  speaking.pause();
  speaking.resume('here');
  speaking.pause();
  await breathe();
  t.equal(line.playing, undefined, 'silent');
  speaking.resume('here');
  await breathe();
  t.equal(line.playing?.writtenMs, 1_700);
  line.playing!.heardMs = 300;
  speaking.stop();
  t.strictSame(await said, { whole: false, heardMs: 800 });
});

t.test('knows whether a question is being asked', async (t) => {
  const { line, speaking } = begin();
  void speaking.say(['We are open.', 'Is that all?']);
  await breathe();
  t.notOk(speaking.asking);
  line.playing!.heardMs = 3_000;
  speaking.pause();
  await breathe();
  t.ok(speaking.asking);
  speaking.stop();
});

t.test(
  'the voice knows how much is still to be heard, and when nobody wants the rest',
  async (t) => {
    const line = new FakeLine();
    const ahead: number[] = [];
    const signals: AbortSignal[] = [];
    const lines: string[] = [];
    const log = { ...silentLog, error: (text: string) => lines.push(text) };
    const speaking = new Speaking(
      line,
      async function* (text, heard) {
        ahead.push(heard.aheadMs);
        signals.push(heard.signal);
        yield TWO_CLAUSES;
        if (text === 'One.') return;
        await new Promise((_, reject) => {
          heard.signal.addEventListener('abort', () => {
            reject(new Error('cancelled'));
          });
        });
      },
      log,
      new FakeClock(),
    );
    const said = speaking.say(['One.', 'Two.', 'Three.']);
    await breathe();
    t.strictSame(ahead, [0, 2_200]);
    t.notOk(signals.some(({ aborted }) => aborted));
    speaking.stop();
    t.notOk((await said).whole);
    await breathe();
    t.ok(signals.every(({ aborted }) => aborted));
    t.strictSame(ahead, [0, 2_200], 'the third is not asked for');
    t.strictSame(lines, [], 'which is no fault');
  },
);
