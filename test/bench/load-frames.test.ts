import t from 'tap';
import { framesLost, RATE } from '../../scripts/bench/load-frames.js';
import { seeded } from '../../agent/audio/seeded.js';

const FRAME = RATE / 50;

/** Four seconds of something that is loud and never the same twice, with silence around it. */
function speech(): Int16Array {
  const random = seeded(7);
  const pcm = new Int16Array(RATE * 6);
  for (let at = RATE; at < RATE * 5; at += 1) {
    const syllable = 0.6 + 0.4 * Math.sin(at / 300);
    pcm[at] = syllable * (random() - 0.5) * 24_000;
  }
  return pcm;
}

/** `frames` frames of `pcm` from `at` seconds on: taken out, silent, or behind as much silence. */
function hurt(pcm: Int16Array, at: number, frames: number, how: 'cut' | 'silent' | 'behind') {
  const [from, length] = [at * RATE, frames * FRAME];
  const [before, rest] = [pcm.subarray(0, from), pcm.subarray(from)];
  const silence = new Int16Array(length);
  if (how === 'behind') return Int16Array.from([...before, ...silence, ...rest]);
  const after = rest.subarray(length);
  return Int16Array.from([...before, ...(how === 'silent' ? silence : []), ...after]);
}

t.test('what came whole lost nothing, however late it is', (t) => {
  const sent = speech();
  const { compared, ...rest } = framesLost(
    sent,
    Int16Array.from([...new Int16Array(900), ...sent]),
  );
  t.ok(compared > 150);
  t.strictSame(rest, { lost: 0, late: 0, unlike: 0 });
  t.end();
});

t.test('frames that never came are lost, whether silence is in their place or not', (t) => {
  for (const how of ['cut', 'silent'] as const) {
    const { lost, late } = framesLost(speech(), hurt(speech(), 2.5, 2, how));
    t.ok(lost >= 2 && lost <= 4, `${how}: ${String(lost)}`);
    t.equal(late, 0);
  }
  t.end();
});

t.test('silence that was put in between is no loss', (t) => {
  for (const at of [2.1, 2.5, 2.9, 3.3]) {
    t.match(framesLost(speech(), hurt(speech(), at, 1, 'behind')), { lost: 0, late: 1 });
  }
  t.end();
});
