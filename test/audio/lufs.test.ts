import t from 'tap';
import { highPass, lufs } from '../../agent/audio/lufs.js';

const sine = (rate: number, hertz: number, dbfs: number, seconds: number): Float32Array =>
  Float32Array.from(
    { length: Math.round(rate * seconds) },
    (_, at) => 10 ** (dbfs / 20) * Math.sin((2 * Math.PI * hertz * at) / rate),
  );

const joined = (...parts: readonly Float32Array[]): Float32Array => {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

void t.test('known signals of BS.1770 and EBU Tech 3341, in one channel', (t) => {
  for (const rate of [16_000, 22_050, 48_000]) {
    const close = (signal: Float32Array, wanted: number, what: string): void => {
      const measured = lufs(signal, rate);
      t.ok(Math.abs(measured - wanted) <= 0.1, `${what} at ${rate}: ${measured.toFixed(2)}`);
    };
    close(sine(rate, 997, 0, 5), -3.01, 'full scale');
    close(sine(rate, 1000, -20, 5), -23.01, '−20 dBFS');
    // Tech 3341, case 3: the gate leaves out the quiet ends.
    const gated = [sine(rate, 1000, -36, 10), sine(rate, 1000, -23, 60), sine(rate, 1000, -36, 10)];
    close(joined(...gated), -26.01, 'relative gate');
    // Case 4: −72 dBFS lies below the absolute gate and moves nothing.
    const far = sine(rate, 1000, -72, 10);
    close(joined(far, ...gated, far), -26.01, 'absolute gate');
    close(sine(rate, 1000, -20, 0.2), -23.01, 'shorter than a block');
  }
  t.end();
});

void t.test('low tones count for less, silence for nothing', (t) => {
  t.ok(lufs(sine(48_000, 40, -20, 3), 48_000) < -26);
  t.equal(lufs(new Float32Array(48_000), 48_000), -Infinity);
  t.equal(lufs(new Float32Array(0), 48_000), -Infinity);
  const hum = highPass(sine(16_000, 50, 0, 1), 16_000, 100).subarray(8_000);
  t.ok(Math.max(...hum) < 0.3, 'hum is far below');
  const voice = highPass(sine(16_000, 400, 0, 1), 16_000, 100).subarray(8_000);
  t.ok(Math.max(...voice) > 0.98, 'and a voice is not touched');
  t.end();
});
