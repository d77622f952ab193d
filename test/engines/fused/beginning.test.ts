import t from 'tap';
import { Beginning } from '../../../agent/engines/fused/beginning.js';
import { STEM_WIDTH } from '../../../agent/engines/fused/shape.js';

const framesOf = (...values: readonly number[]): Float32Array =>
  Float32Array.from({ length: values.length * STEM_WIDTH }, (_, at) => {
    return values[Math.floor(at / STEM_WIDTH)] ?? 0;
  });
const first = (frames: Float32Array, count: number): readonly number[] =>
  Array.from({ length: count }, (_, frame) => frames[frame * STEM_WIDTH] ?? NaN);

void t.test('what a sound made stays where there must be more room for it', (t) => {
  const beginning = new Beginning();
  beginning.reserve(2);
  beginning.set(0, framesOf(1, 2), Float32Array.of(3, 5), Float32Array.of(9, 25));
  beginning.reserve(100);
  beginning.set(2, framesOf(7), Float32Array.of(1), Float32Array.of(1));
  t.strictSame(first(beginning.frames(3), 3), [1, 2, 7]);
  t.strictSame(beginning.level(3, 9), { mean: 1, variance: 35 / 9 - 1 });
  t.strictSame(beginning.level(2, 4), { mean: 2, variance: 34 / 4 - 4 }, 'and of less of it');
  t.end();
});

void t.test('silence takes the place of what may have been guessed there before', (t) => {
  const beginning = new Beginning();
  beginning.reserve(3);
  beginning.set(0, framesOf(1, 2, 3), Float32Array.of(1, 2, 3), Float32Array.of(1, 4, 9));
  beginning.silence(1, 3);
  beginning.silence(0, 0);
  t.strictSame(first(beginning.frames(3), 3), [1, 0, 0]);
  t.strictSame(beginning.level(3, 1), { mean: 1, variance: 0 });
  t.end();
});
