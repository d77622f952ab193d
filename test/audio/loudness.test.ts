import t from 'tap';
import { rmsDbfs } from '../../agent/audio/level.js';
import { levelled } from '../../agent/audio/loudness.js';

const RATE = 22_050;
const tone = (amplitude: number, seconds: number): Float32Array =>
  Float32Array.from(
    { length: RATE * seconds },
    (_, at) => amplitude * Math.sin((2 * Math.PI * 220 * at) / RATE),
  );

void t.test('all prompts have one level', (t) => {
  for (const amplitude of [0.03, 0.2, 0.9]) {
    const level = rmsDbfs(levelled(tone(amplitude, 1), RATE));
    t.ok(Math.abs(level + 19) < 0.5, `${amplitude}: ${level.toFixed(1)} dBFS`);
  }
  const pauses = new Float32Array(RATE * 2);
  pauses.set(tone(0.1, 1));
  const half = levelled(pauses, RATE).subarray(0, RATE);
  t.ok(Math.abs(rmsDbfs(half) + 19) < 0.7, 'pauses do not count');
  t.end();
});

void t.test('never clipped, never a click, silence stays silent', (t) => {
  const spiky = tone(0.02, 1);
  spiky[1000] = 0.9;
  const pcm = levelled(spiky, RATE);
  t.ok(Math.max(...pcm) < 32_767 * 0.85, 'the peak has room above it');
  const steps = levelled(new Float32Array(RATE).fill(0.5), RATE);
  t.equal(steps[0], 0);
  t.equal(steps.at(-1), 0);
  const jumps = Array.from(steps, (sample, at) => Math.abs(sample - (steps[at - 1] ?? 0)));
  t.ok(Math.max(...jumps) < 400, 'it fades in and out');
  t.ok(levelled(new Float32Array(RATE), RATE).every((sample) => sample === 0));
  t.equal(levelled(new Float32Array(0), RATE).length, 0);
  t.end();
});
