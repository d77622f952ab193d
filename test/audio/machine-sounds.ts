import { SAMPLE_RATE } from '../../agent/audio/frame.js';

const LEVEL = 32_768 * 10 ** (-16 / 20);

/** Samples whose frequency is given for each moment in seconds; 0 is silence. */
function swung(seconds: number, hertz: (second: number) => number, level = LEVEL): Int16Array {
  let phase = 0;
  return Int16Array.from({ length: Math.round(seconds * SAMPLE_RATE) }, (_, at) => {
    const now = hertz(at / SAMPLE_RATE);
    phase += (2 * Math.PI * now) / SAMPLE_RATE;
    return now === 0 ? 0 : Math.round(level * Math.sin(phase));
  });
}

/** A calling fax: half a second in three and a half. */
export const cng = (seconds: number, hertz = 1100, level = LEVEL): Int16Array =>
  swung(seconds, (at) => (at % 3.5 < 0.5 ? hertz : 0), level);

/** An answering fax; `turns` as a modem that asks echo cancellers to be quiet. */
export function ced(seconds: number, hertz = 2100, turns = false): Int16Array {
  const tone = swung(seconds, () => hertz);
  if (!turns) return tone;
  return tone.map((sample, at) =>
    Math.floor(at / SAMPLE_RATE / 0.45) % 2 === 0 ? sample : -sample,
  );
}

/** Five bits of each letter of "HELLO GA", as a text telephone sends them (ITA2, first bit first). */
const LETTERS = [0x14, 0x01, 0x12, 0x12, 0x18, 0x04, 0x1a, 0x03];

/** A text telephone that types at `baud`. */
export function baudot(baud = 45.45, level = LEVEL): Int16Array {
  const bits = LETTERS.flatMap((letter) => [
    0,
    ...[0, 1, 2, 3, 4].map((at) => (letter >> at) & 1),
    ...[1, 1],
  ]);
  const seconds = bits.length / baud;
  return swung(seconds, (at) => (bits[Math.floor(at * baud)] === 1 ? 1400 : 1800), level);
}

/** Noise of a line at `dbfs`, the same each time. */
export function withNoise(pcm: Int16Array, dbfs: number): Int16Array {
  let seed = 7;
  const level = 32_768 * 10 ** (dbfs / 20) * Math.sqrt(3);
  return pcm.map((sample) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return sample + Math.round(level * (seed / 1_073_741_824 - 1));
  });
}
