import t from 'tap';
import { levelled, TARGET_LUFS, withoutLead, withoutTail } from '../../agent/audio/loudness.js';
import { lufs } from '../../agent/audio/lufs.js';

const RATE = 22_050;
const tone = (amplitude: number, seconds: number): Float32Array =>
  Float32Array.from(
    { length: RATE * seconds },
    (_, at) => amplitude * Math.sin((2 * Math.PI * 420 * at) / RATE),
  );
const loudnessOf = (pcm: Int16Array): number =>
  lufs(
    Float32Array.from(pcm, (sample) => sample / 32_768),
    RATE,
  );
const greatestJump = (pcm: Int16Array): number =>
  pcm.reduce((most, sample, at) => Math.max(most, Math.abs(sample - (pcm[at - 1] ?? 0))), 0);

void t.test('all prompts have one loudness', (t) => {
  for (const amplitude of [0.03, 0.2, 0.9]) {
    const loud = loudnessOf(levelled(tone(amplitude, 1), RATE));
    t.ok(Math.abs(loud - TARGET_LUFS) < 0.2, `${amplitude}: ${loud.toFixed(1)} LUFS`);
  }
  const pauses = new Float32Array(RATE * 3);
  pauses.set(tone(0.1, 1));
  const half = levelled(pauses, RATE).subarray(0, RATE);
  t.ok(Math.abs(loudnessOf(half) - TARGET_LUFS) < 1, 'pauses do not count');
  t.end();
});

void t.test('peaks are lowered, and the rest keeps its loudness', (t) => {
  // As a voice: bursts far above their mean.
  const peaky = tone(0.05, 2).map((sample, at) => sample * (at % 2_205 < 120 ? 12 : 1));
  const pcm = levelled(peaky, RATE);
  t.ok(Math.max(...pcm) < 32_767 * 0.85, 'the peak has room above it');
  t.ok(Math.abs(loudnessOf(pcm) - TARGET_LUFS) < 1, `${loudnessOf(pcm).toFixed(1)} LUFS`);
  t.end();
});

void t.test('never a click, silence stays silent', (t) => {
  const steps = levelled(tone(0.5, 1), RATE);
  t.equal(steps[0], 0);
  t.equal(steps.at(-1), 0);
  const inside = greatestJump(steps.subarray(1_000, -1_000));
  t.ok(greatestJump(steps) <= inside, 'it fades in and out');
  t.ok(levelled(new Float32Array(RATE), RATE).every((sample) => sample === 0));
  t.equal(levelled(new Float32Array(0), RATE).length, 0);
  t.end();
});

void t.test('the lead is cut without a click', (t) => {
  const quiet = Int16Array.from({ length: 4_000 }, (_, at) => (at % 2 === 0 ? 390 : -390));
  const pcm = new Int16Array(8_000);
  pcm.set(quiet);
  pcm.set(
    quiet.map((sample) => sample * 20),
    4_000,
  );
  const cut = withoutLead(pcm, 16_000);
  t.equal(cut.length, 4_000 + 192);
  t.equal(cut[0], 0);
  t.ok(Math.abs(cut[1] ?? 0) < 20);
  t.equal(pcm[4_000 - 192], 390, 'what it was cut from is as it was');
  const turned = pcm.toReversed();
  const tail = withoutTail(turned, 16_000);
  t.equal(tail.length, 4_000 + 640);
  t.equal(tail.at(-1), 0);
  t.ok(Math.abs(tail.at(-2) ?? 0) < 20);
  t.equal(withoutTail(tail, 16_000), tail, 'nothing is left to cut');
  t.equal(withoutTail(new Int16Array(50), 16_000).length, 50);
  t.equal(withoutLead(new Int16Array(50), 16_000).length, 50, 'mere silence stays');
  t.end();
});
