import t from 'tap';
import { resample, Resampler } from '../../agent/audio/resample.js';

const tone = (hz: number, rate: number, seconds: number, amplitude = 10_000): Int16Array =>
  Int16Array.from({ length: Math.round(rate * seconds) }, (_, i) =>
    Math.round(amplitude * Math.sin((2 * Math.PI * hz * i) / rate)),
  );

/** Signal to error in dB, leaving out the edges. */
function snr(wanted: Int16Array, got: Int16Array, edge = 200): number {
  let signal = 0;
  let error = 0;
  for (let i = edge; i < Math.min(wanted.length, got.length) - edge; i++) {
    signal += wanted[i]! ** 2;
    error += (wanted[i]! - got[i]!) ** 2;
  }
  return 10 * Math.log10(signal / (error + 1e-9));
}

void t.test('a tone in the pass band keeps place, level and shape', (t) => {
  for (const [from, to] of [
    [8000, 16_000],
    [16_000, 8000],
    [22_050, 16_000],
    [44_100, 16_000],
    [48_000, 8000],
    [11_025, 16_000],
  ] as const) {
    for (const hz of [300, 1000, 3200]) {
      const db = snr(tone(hz, to, 0.5), resample(tone(hz, from, 0.5), from, to));
      t.ok(db > 55, `${from} → ${to} Hz at ${hz} Hz: ${db.toFixed(1)} dB`);
    }
  }
  t.end();
});

void t.test('what lies above the new band is gone', (t) => {
  const out = resample(tone(6000, 16_000, 0.5), 16_000, 8000);
  t.ok(Math.max(...out.subarray(200, -200).map(Math.abs)) < 10, 'under -60 dB');
  t.end();
});

void t.test('loud square waves are clipped, not wrapped', (t) => {
  const square = Int16Array.from({ length: 800 }, (_, i) => (i % 40 < 20 ? 32_767 : -32_768));
  const out = resample(square, 8000, 16_000);
  // In the middle of each plateau, away from the ringing of its edges.
  for (let i = 20; i < out.length; i += 40) {
    t.ok(out[i]! * (i % 80 < 40 ? 1 : -1) > 25_000);
  }
  t.end();
});

void t.test('streaming gives the same samples as the whole, without seams', (t) => {
  for (const [from, to] of [
    [8000, 16_000],
    [16_000, 8000],
    [22_050, 16_000],
    [16_000, 16_000],
  ] as const) {
    const input = tone(700, from, 1);
    const whole = resample(input, from, to);
    const stream = new Resampler(from, to);
    const parts: number[] = [];
    for (let i = 0; i < input.length; i += from / 50) {
      const out = stream.push(input.subarray(i, i + from / 50));
      if (to % 50 === 0 && from % 50 === 0) t.equal(out.length, to / 50);
      parts.push(...out);
    }
    parts.push(...stream.flush());
    const delay = (stream.delayMs * to) / 1000;
    if (Number.isInteger(delay)) {
      t.strictSame(parts.slice(delay, delay + whole.length - 2), [...whole].slice(0, -2));
    } else {
      const shifted = Int16Array.from(parts, (_, i) =>
        Math.round(10_000 * Math.sin((2 * Math.PI * 700 * (i - delay)) / to)),
      );
      t.ok(snr(shifted, Int16Array.from(parts), 300) > 55);
    }
  }
  t.end();
});

void t.test('pieces of any size give the same stream', (t) => {
  const input = tone(440, 16_000, 0.2);
  const even = new Resampler(16_000, 8000);
  const odd = new Resampler(16_000, 8000);
  const a = [...even.push(input), ...even.flush()];
  const b: number[] = [];
  for (let i = 0, size = 1; i < input.length; i += size, size = (size % 7) + 1) {
    b.push(...odd.push(input.subarray(i, Math.min(input.length, i + size))));
  }
  b.push(...odd.flush());
  t.strictSame(b, a);
  t.end();
});

void t.test('a rate out of range is refused', (t) => {
  t.throws(() => resample(new Int16Array(8), 0, 16_000), { code: 'AUDIO_BAD_RATE' });
  t.throws(() => new Resampler(8000.5, 16_000), { code: 'AUDIO_BAD_RATE' });
  t.end();
});
