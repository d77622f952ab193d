import t from 'tap';
import { rmsDbfs, VoicedDetector, voicedFrames } from '../../agent/audio/level.js';

const FRAME = 160;

/** Noise that is the same in every run. */
function noise(frames: number, amplitude: number): Int16Array {
  let seed = 1;
  return Int16Array.from({ length: frames * FRAME }, () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (seed / 1_073_741_824 - 1) * amplitude;
  });
}
const joined = (...parts: Int16Array[]): Int16Array =>
  Int16Array.from(parts.flatMap((part) => [...part]));
const spans = (voiced: boolean[]): [number, number][] => {
  const out: [number, number][] = [];
  voiced.forEach((on, i) => {
    if (on && !voiced[i - 1]) out.push([i, i]);
    if (on) out[out.length - 1]![1] = i;
  });
  return out;
};

void t.test('levels in dBFS', (t) => {
  t.equal(rmsDbfs(new Int16Array(FRAME)), -96);
  t.equal(rmsDbfs(new Int16Array(0)), -96);
  t.equal(Math.round(rmsDbfs(new Int16Array(FRAME).fill(32_767))), 0);
  t.equal(Math.round(rmsDbfs(new Int16Array(FRAME).fill(3277))), -20);
  t.end();
});

void t.test('speech is found to the frame in silence and in noise; a click is none', (t) => {
  for (const background of [0, 60, 300]) {
    const pcm = joined(
      noise(25, background),
      noise(50, 8000),
      noise(25, background),
      noise(1, 8000),
      noise(25, background),
    );
    t.strictSame(spans(voicedFrames(pcm, FRAME)), [[25, 74]], `background ${background}`);
  }
  t.end();
});

void t.test('frame by frame, with the noise followed', (t) => {
  const detector = new VoicedDetector();
  const feed = (pcm: Int16Array): boolean[] =>
    Array.from({ length: pcm.length / FRAME }, (_, i) =>
      detector.push(pcm.subarray(i * FRAME, (i + 1) * FRAME)),
    );
  t.notOk(feed(noise(50, 50)).includes(true));
  t.strictSame(spans(feed(noise(50, 6000))), [[1, 49]], 'from the second frame on');
  t.notOk(feed(noise(50, 50)).includes(true));
  t.ok(
    feed(noise(300, 1000))
      .slice(-20)
      .every((on) => !on),
    'a steady hum is adapted to',
  );
  t.ok(
    feed(noise(50, 12_000))
      .slice(1)
      .every((on) => on),
  );
  detector.reset();
  feed(noise(20, 150));
  feed(new Int16Array(FRAME));
  t.notOk(feed(noise(20, 150)).includes(true), 'a lost packet does not make noise into speech');
  feed(new Int16Array(50 * FRAME));
  t.strictSame(spans(feed(noise(50, 6000))), [[1, 49]], 'speech out of nothing');
  detector.reset();
  t.strictSame(spans(feed(noise(10, 6000))), [[1, 9]], 'as new');
  t.end();
});
