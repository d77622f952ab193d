import { audioErrors } from './errors.js';

/** Zero crossings of the sinc on each side: 16 gives a transition band of about 8 % of the rate. */
const ZERO_CROSSINGS = 16;
/** Kaiser window; 8 means about 80 dB of stop-band attenuation. */
const KAISER_BETA = 8;
/** Where the pass band ends, as a part of the lower Nyquist frequency. */
const ROLL_OFF = 0.94;

/** A polyphase filter for one pair of rates: `phases × taps` coefficients. */
interface Filter {
  /** Output samples per `step` input samples, in lowest terms. */
  readonly phases: number;
  readonly step: number;
  /** Input samples needed on each side of the output's place. */
  readonly half: number;
  readonly taps: number;
  readonly coefficients: Float32Array;
}

const filters = new Map<string, Filter>();

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Modified Bessel function of order 0, by its series. */
function bessel0(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function filterFor(from: number, to: number): Filter {
  const key = `${from}:${to}`;
  const known = filters.get(key);
  if (known) return known;
  for (const rate of [from, to]) {
    if (!Number.isInteger(rate) || rate < 1000 || rate > 384_000) {
      throw audioErrors.make('BAD_RATE', { detail: String(rate) });
    }
  }
  const divisor = gcd(from, to);
  const phases = to / divisor;
  const step = from / divisor;
  const cutoff = Math.min(1, to / from) * ROLL_OFF;
  const half = Math.ceil(ZERO_CROSSINGS / cutoff);
  const taps = 2 * half;
  const coefficients = new Float32Array(phases * taps);
  const norm = bessel0(KAISER_BETA);
  for (let phase = 0; phase < phases; phase++) {
    const row = new Float64Array(taps);
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      // Distance, in input samples, from the output's place to the input sample of this tap.
      const x = tap - half + 1 - phase / phases;
      const edge = x / half;
      const window =
        Math.abs(edge) >= 1 ? 0 : bessel0(KAISER_BETA * Math.sqrt(1 - edge * edge)) / norm;
      const angle = Math.PI * x * cutoff;
      const value = window * (angle === 0 ? 1 : Math.sin(angle) / angle);
      row[tap] = value;
      sum += value;
    }
    // Each phase passes DC with a gain of exactly 1: no tone at the phase rate.
    for (let tap = 0; tap < taps; tap++) {
      coefficients[phase * taps + tap] = (row[tap] ?? 0) / sum;
    }
  }
  const filter: Filter = { phases, step, half, taps, coefficients };
  // A few pairs occur in practice; files of odd rates must not fill the memory.
  if (filters.size >= 16) filters.clear();
  filters.set(key, filter);
  return filter;
}

/**
 * Output samples at the places `position`, `position + step`, … in 1 / phases of an input sample.
 * Place 0 is the input sample with index `origin`; what lies outside of `input` counts as silence.
 */
function convolve(
  filter: Filter,
  input: Int16Array,
  origin: number,
  position: number,
  count: number,
): Int16Array {
  const { phases, step, half, taps, coefficients } = filter;
  const out = new Int16Array(count);
  for (let i = 0, place = position; i < count; i++, place += step) {
    const phase = place % phases;
    const start = origin + (place - phase) / phases - half + 1;
    const row = phase * taps;
    const end = Math.min(taps, input.length - start);
    let sum = 0;
    for (let tap = Math.max(0, -start); tap < end; tap++) {
      sum += (input[start + tap] ?? 0) * (coefficients[row + tap] ?? 0);
    }
    out[i] = Math.max(-32_768, Math.min(32_767, Math.round(sum)));
  }
  return out;
}

/**
 * Converts a whole piece of mono PCM from rate `from` to rate `to` (Hz), without delay:
 * sample n of the result lies at the time n / to. Throws AUDIO_BAD_RATE.
 */
export function resample(pcm: Int16Array, from: number, to: number): Int16Array {
  if (from === to) return pcm.slice();
  const filter = filterFor(from, to);
  const count = Math.ceil((pcm.length * filter.phases) / filter.step);
  return convolve(filter, pcm, 0, 0, count);
}

/**
 * Converts a stream of frames without seams. Every push of `from / 50` samples gives exactly
 * `to / 50` samples back (where both are whole), `delayMs` late; `flush` gives the rest.
 */
export class Resampler {
  readonly #filter: Filter | undefined;
  readonly #half: number;
  /** The input that later outputs still need; starts as the silence before the stream. */
  #held: Int16Array;
  /** Place of the next output after `#held[half]`, in 1 / phases of an input sample. */
  #next = 0;
  /** Delay of the output in milliseconds. */
  readonly delayMs: number;

  /** From and to in Hz. Throws AUDIO_BAD_RATE. */
  constructor(from: number, to: number) {
    this.#filter = from === to ? undefined : filterFor(from, to);
    this.#half = this.#filter?.half ?? 0;
    this.#held = new Int16Array(2 * this.#half);
    this.delayMs = (this.#half * 1000) / from;
  }

  push(pcm: Int16Array): Int16Array {
    const filter = this.#filter;
    if (filter === undefined) return pcm.slice();
    const input = new Int16Array(this.#held.length + pcm.length);
    input.set(this.#held);
    input.set(pcm, this.#held.length);
    // An output needs `half` samples after its place, and its place counts from input[half].
    const fresh = input.length - 2 * this.#half;
    const count = Math.max(0, Math.ceil((fresh * filter.phases - this.#next) / filter.step));
    const out = convolve(filter, input, this.#half, this.#next, count);
    const reached = this.#next + count * filter.step;
    const done = Math.min(Math.floor(reached / filter.phases), fresh);
    this.#held = input.slice(done);
    this.#next = reached - done * filter.phases;
    return out;
  }

  /** The tail that is still held back; the resampler is then as new. */
  flush(): Int16Array {
    const tail = this.push(new Int16Array(this.#half));
    this.#held = new Int16Array(2 * this.#half);
    this.#next = 0;
    return tail;
  }
}
