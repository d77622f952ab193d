import t from 'tap';
import { seeded } from '../../../agent/audio/seeded.js';
import { rmsDbfs } from '../../../agent/audio/level.js';
import { comfortNoise, DtxGate } from '../../../agent/reception/rehearse/dtx.js';
import { Surroundings } from '../../../agent/reception/rehearse/impairments.js';
import { cleanPath, LossyPath } from '../../../agent/reception/rehearse/lossy-path.js';
import { tone } from './tone.js';

const PACKETS = 20_000;

/** What becomes of the packets of a path. */
const fates = (path: Partial<typeof cleanPath>, seed = 3): (number | undefined)[] => {
  const lossy = new LossyPath({ ...cleanPath, ...path }, seed);
  return Array.from({ length: PACKETS }, () => lossy.fate());
};

/** Lengths of the runs of lost packets. */
const runsOf = (all: readonly (number | undefined)[]): number[] =>
  all
    .map((fate) => (fate === undefined ? 'x' : ' '))
    .join('')
    .split(/ +/u)
    .filter((run) => run !== '')
    .map(({ length }) => length);

void t.test('a clean path lets everything pass at once', (t) => {
  t.ok(fates({}).every((fate) => fate === 0));
  t.end();
});

void t.test('a path is the same in every run of a seed, and only of that one', (t) => {
  const path = { lossPercent: 10, lossBurst: 3, jitterMs: 40 };
  const some = (seed: number): readonly (number | undefined)[] => fates(path, seed).slice(0, 200);
  t.strictSame(some(3), some(3));
  t.notSame(some(3), some(4));
  t.end();
});

void t.test('as much is lost as was asked for, one by one or in a row', (t) => {
  for (const lossPercent of [1, 3, 5, 20]) {
    for (const lossBurst of [1, 2.5, 6]) {
      const all = fates({ lossPercent, lossBurst });
      const lost = all.filter((fate) => fate === undefined).length;
      const share = (100 * lost) / PACKETS;
      t.ok(Math.abs(share / lossPercent - 1) < 0.3, `${share} of ${lossPercent} %`);
      const runs = runsOf(all);
      const mean = lost / runs.length;
      const wanted = lossBurst === 1 ? 1 / (1 - lossPercent / 100) : lossBurst;
      t.ok(Math.abs(mean / wanted - 1) < 0.3, `${mean} in a row, ${wanted} wanted`);
    }
  }
  t.ok(fates({ lossPercent: 100 }).every((fate) => fate === undefined));
  t.ok(fates({ lossPercent: 100, lossBurst: 4 }).every((fate) => fate === undefined));
  const counted = new LossyPath({ ...cleanPath, lossPercent: 50 });
  const gone = Array.from({ length: 100 }, () => counted.fate()).filter((one) => one === undefined);
  t.equal(counted.lost, gone.length);
  t.end();
});

void t.test('jitter spreads evenly and lets packets overtake one another', (t) => {
  const late = fates({ jitterMs: 40 }).map((fate) => fate ?? Number.NaN);
  t.ok(late.every((ms) => ms >= 0 && ms < 40));
  const mean = late.reduce((sum, ms) => sum + ms) / PACKETS;
  t.ok(Math.abs(mean - 20) < 1, `${mean} ms`);
  const arrivals = late.map((ms, i) => i * 20 + ms);
  const overtaken = arrivals.filter((at, i) => i > 0 && at < (arrivals[i - 1] ?? 0)).length;
  // Two even delays of 0 to 40 ms are more than 20 ms apart in one direction in 1 of 8 cases.
  t.ok(Math.abs(overtaken / PACKETS - 0.125) < 0.02, `${overtaken} of ${PACKETS}`);
  t.end();
});

void t.test('random numbers are even', (t) => {
  const random = seeded(1);
  const mean = Array.from({ length: 1000 }, random).reduce((a, b) => a + b) / 1000;
  t.ok(Math.abs(mean - 0.5) < 0.05);
  t.end();
});

void t.test('noise and echo', (t) => {
  const noisy = new Surroundings({ noiseDb: -40, echo: undefined });
  const quiet = new Int16Array(1600);
  t.ok(Math.abs(rmsDbfs(noisy.frame(quiet, quiet)) + 40) < 1, 'noise of -40 dBFS');
  const echo = new Surroundings({ noiseDb: undefined, echo: { db: -20, delayMs: 40 } });
  const out = echo.frame(new Int16Array(640), new Int16Array(640).fill(10_000));
  t.strictSame([out[319], out[320]], [0, 1000], 'after 40 ms, at a tenth');
  t.end();
});

/** What is sent for `seconds` of a tone of `level` or of silence. */
const sent = (gate: DtxGate, pcm: Int16Array): string[] =>
  Array.from({ length: pcm.length / 160 }, (_, i) =>
    gate.push(pcm.subarray(i * 160, i * 160 + 160)),
  );

void t.test('nothing is sent while nothing is said', (t) => {
  const gate = new DtxGate('nothing');
  const silence = new Int16Array(160 * 50);
  const first = sent(gate, silence);
  t.strictSame(first, [...Array<string>(10).fill('audio'), ...Array<string>(40).fill('nothing')]);
  const word = sent(gate, tone(500, 400));
  t.strictSame(
    word.slice(1),
    Array<string>(19).fill('audio'),
    'at the latest from the second frame on',
  );
  const after = sent(gate, silence);
  t.strictSame(after, first, 'the end of a word is not cut');
  const noise = new Surroundings({ noiseDb: -60, echo: undefined });
  const hiss = sent(gate, noise.frame(silence, silence));
  t.equal(hiss.at(-1), 'nothing', 'a faint hiss is silence');
  const open = new DtxGate('off');
  t.ok(sent(open, silence).every((one) => one === 'audio'));
  t.end();
});

void t.test('comfort noise is told of at the beginning and again and again', (t) => {
  const gate = new DtxGate('comfort-noise');
  const all = sent(gate, new Int16Array(160 * 60));
  const told = all.flatMap((one, i) => (one === 'comfort-noise' ? [i] : []));
  t.strictSame(told, [10, 30, 50]);
  t.strictSame([...comfortNoise(new Int16Array(160))], [96]);
  t.strictSame([...comfortNoise(new Int16Array(160).fill(3277))], [20]);
  t.end();
});
