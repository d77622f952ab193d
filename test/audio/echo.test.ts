import t from 'tap';
import { EchoGuard } from '../../agent/audio/echo.js';
import { FRAME_MS, FRAME_SAMPLES, samplesIn, type Pcm } from '../../agent/audio/frame.js';

/** Noise whose level changes like that of syllables, so that a delay can be found in it. */
function babble(seconds: number, seed: number): Pcm {
  let state = seed * 7_919;
  return Int16Array.from({ length: seconds * 16_000 }, (_, i) => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    const syllable = 0.2 + Math.abs(Math.sin((i / 16_000) * 2 * Math.PI * (2 + (seed % 3))));
    return (((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32 - 0.5) * 12_000 * syllable;
  });
}

const gain = (pcm: Pcm, db: number): Pcm => pcm.map((sample) => sample * 10 ** (db / 20));

/** Plays `ours`, hears its echo at −12 dB after `delayMs` and `caller`; true for each echo moment. */
function run(
  ours: Pcm,
  delayMs: number,
  echoDb: number,
  caller: Pcm,
): { guard: EchoGuard; echo: boolean[] } {
  const guard = new EchoGuard();
  const back = gain(ours, echoDb);
  const echo: boolean[] = [];
  for (let at = 0; at + FRAME_SAMPLES <= ours.length; at += FRAME_SAMPLES) {
    const atMs = (at / FRAME_SAMPLES) * FRAME_MS;
    guard.played(ours.subarray(at, at + FRAME_SAMPLES), atMs);
    const heard = new Int16Array(FRAME_SAMPLES).map(
      (_, i) => (back[at + i - samplesIn(delayMs)] ?? 0) + (caller[at + i] ?? 0),
    );
    guard.heard(heard, atMs);
    if (atMs % 100 === 0) guard.learn(atMs + FRAME_MS);
    echo.push(guard.explainsMoment(atMs + FRAME_MS));
  }
  return { guard, echo };
}

const share = (echo: readonly boolean[], fromMs: number, toMs: number): number => {
  const part = echo.slice(fromMs / FRAME_MS, toMs / FRAME_MS);
  return part.filter((one) => one).length / part.length;
};

t.test('finds delay and level of an echo and explains it', (t) => {
  for (const delayMs of [150, 270, 400]) {
    const { guard, echo } = run(babble(3, 1), delayMs, -12, new Int16Array(0));
    t.ok(Math.abs((guard.echo?.delayMs ?? 0) - delayMs) <= 1, `${delayMs} ms`);
    t.ok(Math.abs((guard.echo?.levelDb ?? 0) + 12) < 1.5, `${guard.echo?.levelDb} dB`);
    t.ok(share(echo, 1_000, 3_000) > 0.97, 'nearly every moment');
    t.ok(guard.explains(1_500, 2_900), 'and the whole');
  }
  t.end();
});

t.test('whoever is louder than the echo is heard', (t) => {
  const caller = new Int16Array(3 * 16_000);
  caller.set(gain(babble(1, 5), -3), 2 * 16_000);
  const { guard, echo } = run(babble(3, 1), 200, -12, caller);
  t.ok(share(echo, 1_000, 2_000) > 0.97);
  t.ok(share(echo, 2_100, 2_900) < 0.3, 'no longer only echo');
  t.notOk(guard.explains(2_100, 2_900));
  t.end();
});

t.test('a caller without echo is never taken for one', (t) => {
  const { guard, echo } = run(babble(3, 1), 200, -200, babble(3, 7));
  t.equal(guard.echo, undefined);
  t.equal(share(echo, 0, 3_000), 0);
  t.notOk(guard.explains(500, 2_500));
  t.end();
});

t.test('what is heard after the echo has ended is judged anew', (t) => {
  const ours = babble(3, 1);
  ours.fill(0, 2 * 16_000);
  const caller = new Int16Array(3 * 16_000);
  caller.set(gain(babble(1, 5).subarray(0, 8_000), -6), 2.5 * 16_000);
  const { echo } = run(ours, 200, -12, caller);
  t.ok(share(echo, 2_240, 2_420) > 0.9, 'the tail');
  t.equal(share(echo, 2_600, 2_900), 0, 'the caller');
  t.end();
});
