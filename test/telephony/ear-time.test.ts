import t from 'tap';
import { EarTime } from '../../agent/telephony/ear-time.js';

/** Lets frames arrive at these times; where silent frames were put in, and how many. */
function filled(arrivals: readonly number[]): readonly (readonly [at: number, count: number])[] {
  const time = new EarTime();
  return arrivals.flatMap((now, i) => {
    const count = time.arrived(now);
    return count > 0 ? [[i, count] as const] : [];
  });
}

/** `count` frames, 20 ms apart, each as late as told. */
const steady = (count: number, late: (i: number) => number = () => 0): number[] =>
  Array.from({ length: count }, (_, i) => 5000 + i * 20 + late(i));

void t.test('a steady ear is left alone, punctual or not', (t) => {
  t.strictSame(filled(steady(1000)), []);
  t.strictSame(filled(steady(1000, (i) => (i % 7) * 15)), [], 'jitter');
  t.end();
});

void t.test('a stall whose frames come afterwards is none of its business', (t) => {
  // Nothing for a second from frame 150 on, then all of it at once.
  const stalled = steady(1000, (i) => (i >= 150 && i < 200 ? (200 - i) * 20 : 0));
  t.strictSame(filled(stalled), []);
  t.end();
});

void t.test('frames that never came are made up for, once', (t) => {
  const lost = steady(1000, (i) => (i >= 130 ? 100 : 0));
  // The two seconds in which it happened still have punctual frames; those after them have none.
  t.strictSame(filled(lost), [[299, 5]]);
  t.strictSame(filled(steady(1000, (i) => (i >= 130 ? 100 + (i % 3) : 0))), [[299, 5]]);
  t.strictSame(filled(steady(1000, (i) => (i >= 130 ? 45 : 0))), [], 'two of them are no matter');
  t.end();
});

void t.test('slow losses are made up for again and again', (t) => {
  const slow = filled(steady(3000, (i) => Math.floor(i / 100) * 10));
  const count = slow.reduce((sum, [, one]) => sum + one, 0);
  t.ok(count >= 11 && count <= 15, `${count} frames for 290 ms`);
  t.end();
});
