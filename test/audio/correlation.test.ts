import t from 'tap';
import { correlation } from '../../agent/audio/correlation.js';
import { seeded } from '../../agent/audio/seeded.js';

function noise(length: number, seed: number): Float32Array {
  const random = seeded(seed);
  return Float32Array.from({ length }, () => 2_000 * (random() - 0.5));
}

/** The sums as they are defined. */
function sumsOf(short: Float32Array, long: Float32Array): readonly number[] {
  return Array.from({ length: Math.max(0, long.length - short.length + 1) }, (_, place) =>
    short.reduce((sum, sample, at) => sum + sample * (long[place + at] ?? 0), 0),
  );
}

void t.test('the sums are those of the definition, by either way', (t) => {
  const sizes = [
    ...[
      [1, 1],
      [3, 2],
      [7, 40],
      [256, 496],
    ],
    // By transform: from here on that is quicker.
    ...[
      [1_280, 3_680],
      [1_280, 4_096],
      [3_000, 3_240],
      [700, 2_048],
    ],
  ] as const;
  for (const [short, long] of sizes) {
    const [one, other] = [noise(short, short), noise(long, 7 * long)];
    const [found, wanted] = [correlation(one, other), sumsOf(one, other)];
    t.equal(found.length, wanted.length, `${String(short)} in ${String(long)}`);
    const most = wanted.reduce((least, sum, at) => Math.max(least, Math.abs(sum - found[at]!)), 0);
    t.ok(most < 0.01, `they differ by ${String(most)} at most`);
  }
  t.end();
});

void t.test('a sound is where it was put', (t) => {
  const sound = noise(1_280, 5);
  const long = noise(3_680, 6).map((sample) => sample / 10);
  for (const [at, sample] of sound.entries()) long[1_234 + at]! += sample;
  const sums = correlation(sound, long);
  t.equal(sums.indexOf(Math.max(...sums)), 1_234);
  t.end();
});
