import t from 'tap';
import { SAMPLE_RATE } from '../../agent/audio/frame.js';
import type { Chunk } from '../../agent/records/recording-file.js';
import { Timeline } from '../../agent/records/timeline.js';

const level = (ms: number, value: number): Int16Array =>
  new Int16Array((SAMPLE_RATE * ms) / 1_000).fill(value);

/** What a side holds between two times of the taken seconds: each value once, in order. */
function valuesOf(
  chunks: readonly Chunk[],
  side: 'caller' | 'agent',
  fromMs: number,
  toMs: number,
): readonly number[] {
  const values: number[] = [];
  for (let at = (fromMs * SAMPLE_RATE) / 1_000; at < (toMs * SAMPLE_RATE) / 1_000; at += 1) {
    const chunk = chunks.find(({ second }) => second === Math.floor(at / SAMPLE_RATE));
    const value = chunk?.samples[(at % SAMPLE_RATE) * 2 + (side === 'caller' ? 0 : 1)] ?? 0;
    if (values.at(-1) !== value) values.push(value);
  }
  return values;
}

const seconds = (chunks: readonly Chunk[]): readonly number[] => chunks.map(({ second }) => second);

void t.test('each side keeps its place, gaps are silent, a second without sound is none', (t) => {
  const timeline = new Timeline();
  timeline.write('caller', level(200, 5), 100);
  timeline.write('caller', level(200, 6), 900);
  timeline.write('agent', level(100, 9), 4_500);
  const all = timeline.takeAll();
  t.strictSame(seconds(all), [0, 1, 4]);
  t.strictSame(valuesOf(all, 'caller', 0, 1_100), [0, 5, 0, 6]);
  t.strictSame(valuesOf(all, 'caller', 100, 300), [5]);
  t.strictSame(valuesOf(all, 'caller', 900, 1_100), [6], 'across the second');
  t.strictSame(valuesOf(all, 'caller', 1_100, 6_000), [0]);
  t.strictSame(valuesOf(all, 'agent', 0, 4_500), [0], 'one side is not the other');
  t.strictSame(valuesOf(all, 'agent', 4_500, 4_600), [9]);
  t.strictSame(timeline.takeAll(), [], 'given once');
  t.end();
});

void t.test('where frames overlap the first stays', (t) => {
  const timeline = new Timeline();
  timeline.write('agent', level(500, 1), 0);
  timeline.write('agent', level(500, 2), 300);
  timeline.write('agent', level(100, 3), 350);
  timeline.write('caller', level(100, 4), 200);
  const all = timeline.takeAll();
  t.strictSame(valuesOf(all, 'agent', 0, 500), [1]);
  t.strictSame(valuesOf(all, 'agent', 500, 800), [2]);
  t.strictSame(valuesOf(all, 'agent', 800, 1_000), [0]);
  t.strictSame(valuesOf(all, 'caller', 200, 300), [4], 'the other side does not count');
  t.end();
});

void t.test('what began before the call is cut to its start', (t) => {
  const timeline = new Timeline();
  const pcm = level(200, 7);
  pcm.fill(3, 0, SAMPLE_RATE / 10);
  timeline.write('caller', pcm, -100);
  const all = timeline.takeAll();
  t.strictSame(valuesOf(all, 'caller', 0, 100), [7]);
  t.strictSame(valuesOf(all, 'caller', 100, 1_000), [0]);
  t.end();
});

void t.test('a side that is up to three seconds late still finds its second', (t) => {
  const timeline = new Timeline();
  const taken: Chunk[] = [];
  for (let second = 0; second < 20; second += 1) {
    timeline.write('agent', level(1_000, 1), second * 1_000);
    taken.push(...timeline.take());
    if (second >= 2) timeline.write('caller', level(1_000, 2), (second - 2) * 1_000);
  }
  taken.push(...timeline.takeAll());
  t.strictSame(
    seconds(taken),
    Array.from({ length: 20 }, (_, at) => at),
    'in order, each once',
  );
  t.strictSame(valuesOf(taken, 'agent', 0, 20_000), [1]);
  t.strictSame(valuesOf(taken, 'caller', 0, 18_000), [2]);
  t.end();
});

void t.test('what is later is left out, and takes nothing away', (t) => {
  const timeline = new Timeline();
  timeline.write('agent', level(1_000, 1), 9_000);
  t.strictSame(timeline.take(), []);
  timeline.write('caller', level(4_000, 2), 4_500);
  const all = timeline.takeAll();
  t.strictSame(seconds(all), [7, 8, 9]);
  t.strictSame(valuesOf(all, 'caller', 7_000, 8_500), [2], 'from where it is in time');
  t.end();
});

void t.test('an hour of sound is held a few seconds at a time', (t) => {
  const timeline = new Timeline();
  const [caller, agent] = [level(1_000, 1), level(1_000, 2)];
  let given = 0;
  for (let second = 0; second < 3_600; second += 1) {
    timeline.write('caller', caller, second * 1_000);
    timeline.write('agent', agent, second * 1_000);
    given += timeline.take().length;
    if (second + 1 - given > 4) t.fail(`${String(second + 1 - given)} seconds are held`);
  }
  t.equal(given + timeline.takeAll().length, 3_600);
  t.end();
});
