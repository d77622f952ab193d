import t from 'tap';
import { hiddenTone } from '../../agent/audio/hidden-tone.js';
import { toneShare } from '../../agent/audio/tones.js';

void t.test(
  'a tone of 1000 Hz goes on through all frames, of a line that begins before its call too',
  (t) => {
    const whole = new Int16Array(3 * 330);
    for (const [at, start] of [-330, 0, 330].entries()) {
      hiddenTone(whole.subarray(at * 330, (at + 1) * 330), 0, 330, start);
    }
    t.ok(toneShare(whole, 1_000) > 0.99, 'nothing but the tone');
    const alone = new Int16Array(3 * 330);
    hiddenTone(alone, 0, alone.length, -330);
    t.strictSame(whole, alone);
    t.equal(Math.max(...whole), 1_500);
    t.end();
  },
);

void t.test('only the part and the side that are asked for', (t) => {
  const both = new Int16Array(40).fill(7);
  hiddenTone(both, 5, 15, 0, { stride: 2, channel: 1 });
  const changed = [...both].flatMap((sample, at) => (sample === 7 ? [] : [at]));
  t.strictSame(
    changed,
    Array.from({ length: 10 }, (_, at) => 2 * (5 + at) + 1),
  );
  t.end();
});
