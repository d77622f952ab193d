/** A second-order filter: the numerator, and the denominator without its leading one. */
interface Biquad {
  readonly b: readonly [number, number, number];
  readonly a: readonly [number, number];
}

/** Blocks of 400 ms that overlap by three quarters (ITU-R BS.1770-5, annex 1). */
const BLOCK_SECONDS = 0.4;
const STEPS_A_BLOCK = 4;
/** What makes a sine of 997 Hz at full scale in one channel −3.01. */
const OFFSET = -0.691;
const ABSOLUTE_GATE = -70;
const RELATIVE_GATE = -10;

/**
 * The shelf of the K-weighting, which stands for a head. BS.1770 gives it at 48 kHz; this is the
 * analogue filter behind those figures, so that any rate can be measured.
 */
function shelf(rate: number): Biquad {
  const k = Math.tan((Math.PI * 1681.974450955533) / rate);
  const q = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const band = high ** 0.4996667741545416;
  const norm = 1 + k / q + k * k;
  return {
    b: [
      (high + (band * k) / q + k * k) / norm,
      (2 * (k * k - high)) / norm,
      (high - (band * k) / q + k * k) / norm,
    ],
    a: [(2 * (k * k - 1)) / norm, (1 - k / q + k * k) / norm],
  };
}

/** The high pass of the K-weighting. */
function lowCut(rate: number): Biquad {
  const k = Math.tan((Math.PI * 38.13547087602444) / rate);
  const q = 0.5003270373238773;
  const norm = 1 + k / q + k * k;
  return { b: [1, -2, 1], a: [(2 * (k * k - 1)) / norm, (1 - k / q + k * k) / norm] };
}

/** A Butterworth high pass of second order at `hertz`. */
export function highPass(samples: Float32Array, rate: number, hertz: number): Float32Array {
  const k = Math.tan((Math.PI * hertz) / rate);
  const norm = 1 + Math.SQRT2 * k + k * k;
  return filtered(samples, {
    b: [1 / norm, -2 / norm, 1 / norm],
    a: [(2 * (k * k - 1)) / norm, (1 - Math.SQRT2 * k + k * k) / norm],
  });
}

function filtered(samples: Float32Array, { b, a }: Biquad): Float32Array {
  const output = new Float32Array(samples.length);
  let first = 0;
  let second = 0;
  // A caller waits for this: an index is much faster here than an iterator.
  for (let at = 0; at < samples.length; at += 1) {
    const sample = samples[at] ?? 0;
    const value = b[0] * sample + first;
    first = b[1] * sample - a[0] * value + second;
    second = b[2] * sample - a[1] * value;
    output[at] = value;
  }
  return output;
}

const loudness = (meanSquare: number): number => OFFSET + 10 * Math.log10(meanSquare);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * The gated loudness of one channel (−1..1 at `rate`) in LUFS after ITU-R BS.1770-5; −Infinity for
 * silence. What is shorter than a block of 400 ms is measured as one.
 */
export function lufs(samples: Float32Array, rate: number): number {
  const weighted = filtered(filtered(samples, shelf(rate)), lowCut(rate));
  const step = Math.max(1, Math.round((rate * BLOCK_SECONDS) / STEPS_A_BLOCK));
  const steps = stepsOf(weighted, step);
  if (steps.length === 0) return -Infinity;
  const wide = Math.min(STEPS_A_BLOCK, steps.length);
  const blocks = Array.from({ length: steps.length - wide + 1 }, (_, at) =>
    mean(steps.slice(at, at + wide)),
  );
  const heard = blocks.filter((square) => loudness(square) > ABSOLUTE_GATE);
  if (heard.length === 0) return -Infinity;
  const gate = loudness(mean(heard)) + RELATIVE_GATE;
  return loudness(mean(heard.filter((square) => loudness(square) > gate)));
}

/** The mean square of each step; what is shorter than one step is one. */
function stepsOf(samples: Float32Array, step: number): readonly number[] {
  const steps: number[] = [];
  for (let from = 0; from < samples.length; from += step) {
    const to = Math.min(samples.length, from + step);
    if (to - from < step && steps.length > 0) break;
    let sum = 0;
    for (let at = from; at < to; at += 1) sum += (samples[at] ?? 0) ** 2;
    steps.push(sum / (to - from));
  }
  return steps;
}
