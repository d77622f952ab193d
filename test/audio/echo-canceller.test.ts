import t from 'tap';
import { EchoCanceller } from '../../agent/audio/echo-canceller.js';
import { FRAME_MS, FRAME_SAMPLES, samplesIn, type Pcm } from '../../agent/audio/frame.js';
import { rmsDbfs } from '../../agent/audio/level.js';

const SECONDS = 3;
const DELAY_MS = 210;
const TAKES = [
  { later: 0, gain: 0.25 },
  { later: 11, gain: -0.1 },
  { later: 37, gain: 0.06 },
];

/** Noise of one voice's band. */
function voice(seconds: number, seed: number): Pcm {
  let state = seed;
  let low = 0;
  return Int16Array.from({ length: seconds * 16_000 }, (_, at) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    low += 0.4 * ((state / 2 ** 31 - 1) * 8_000 - low);
    return low * (0.3 + Math.abs(Math.sin(at / 2_500)));
  });
}

/** What a telephone in a room sends back of `ours`. */
function echoOf(ours: Pcm): Pcm {
  return ours.map((_, at) =>
    TAKES.reduce(
      (sum, { later, gain }) => sum + gain * (ours[at - samplesIn(DELAY_MS + later)] ?? 0),
      0,
    ),
  );
}

/** What is left of `heard` while `ours` is played, and is learnt from until `learnMs`. */
function cleaned(ours: Pcm, heard: Pcm, learnMs: number, delayMs = DELAY_MS): Pcm {
  const canceller = new EchoCanceller();
  const out = new Int16Array(heard.length);
  for (let at = 0; at + FRAME_SAMPLES <= heard.length; at += FRAME_SAMPLES) {
    const atMs = (at / FRAME_SAMPLES) * FRAME_MS;
    canceller.played(ours.subarray(at, at + FRAME_SAMPLES), atMs);
    out.set(canceller.clean(heard.slice(at, at + FRAME_SAMPLES), atMs), at);
    if (atMs >= 400 && atMs < learnMs) canceller.learn(atMs, atMs + FRAME_MS, delayMs);
  }
  return out;
}

const late = (pcm: Pcm): Pcm => pcm.subarray(2 * 16_000, SECONDS * 16_000);

t.test('our own voice goes, whoever speaks with it stays', (t) => {
  const ours = voice(SECONDS, 3);
  const echo = echoOf(ours);
  const left = rmsDbfs(late(cleaned(ours, echo, 2_000))) - rmsDbfs(late(echo));
  t.ok(left < -12, `${left.toFixed(1)} dB are left`);

  const caller = voice(SECONDS, 99);
  caller.fill(0, 0, 2 * 16_000);
  const both = echo.map((sample, at) => sample + (caller[at] ?? 0));
  const heard = late(cleaned(ours, both, 2_000));
  const wrong = rmsDbfs(heard.map((sample, at) => sample - (late(caller)[at] ?? 0)));
  const before = rmsDbfs(late(echo));
  t.ok(wrong < before - 10, `${(wrong - before).toFixed(1)} dB beside the caller`);
  t.end();
});

t.test('what is not known is left alone', (t) => {
  const ours = voice(SECONDS, 3);
  const echo = echoOf(ours);
  t.strictSame(cleaned(ours, echo, 0), echo, 'nothing was learnt');
  const caller = voice(SECONDS, 99);
  t.strictSame(cleaned(new Int16Array(ours.length), caller, 2_000), caller, 'nothing is played');
  const other = voice(SECONDS, 5);
  const unlike = rmsDbfs(late(cleaned(ours, other, 2_000))) - rmsDbfs(late(other));
  t.ok(Math.abs(unlike) < 1, `${unlike.toFixed(1)} dB where there is no echo`);
  t.end();
});

t.test('a delay that wanders is followed', (t) => {
  const ours = voice(SECONDS, 3);
  const echo = echoOf(ours);
  const left = rmsDbfs(late(cleaned(ours, echo, 2_000, DELAY_MS + 4))) - rmsDbfs(late(echo));
  t.ok(left < -8, `${left.toFixed(1)} dB are left`);
  t.end();
});
