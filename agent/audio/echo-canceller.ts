import { SAMPLE_RATE, samplesIn, type Pcm } from './frame.js';

/** What is kept of both sides, in samples: the longest echo and the time until it is judged. */
const KEPT = samplesIn(2_000);
/** The echo is looked for from so long before the known delay … */
const BEFORE = samplesIn(12);
/** … and for so long: the reflections of a room. */
const TAPS = samplesIn(76);
/** What was learnt so long ago counts half. */
const HALF_LIFE = samplesIn(2_000);
/** The filter is worked out anew after so much was learnt. */
const EVERY = samplesIn(160);
/** Before this much was learnt nothing is taken away. */
const LEAST = samplesIn(320);
/** Once so much was learnt, one moment of this many is enough to keep up: learning is most of the work. */
const ENOUGH = samplesIn(2_000);
const ONE_OF = 4;
/** A known delay wanders: only one that is another for so long is another. */
const STRAYS = 8;
/**
 * Share of the played power that is added to it, as a telephone's upper band is empty; the next one where
 * the sums of pieces are no correlation of one sound.
 */
const FLOORS = [1e-3, 1e-2, 1e-1];

/**
 * Takes our own voice, which a speakerphone sends back, out of what is heard. The way that it took is
 * worked out from moments that are known to be echo alone (a Wiener filter, by Levinson's recursion), so
 * that a caller who speaks meanwhile is not unlearnt, and is left. Times are the line's, in milliseconds.
 */
export class EchoCanceller {
  readonly #played = new Ring();
  readonly #heard = new Ring();
  /** Sums of products of the played with itself, and of the heard with it, by lag. */
  readonly #own = new Float64Array(TAPS);
  readonly #cross = new Float64Array(TAPS);
  #filter: Float32Array | undefined;
  /** Samples between what is played and the first tap. */
  #shift = 0;
  #learnt = 0;
  #since = 0;
  #strays = 0;
  #moments = 0;

  /** PCM of any length that was played from `atMs` on. */
  played(pcm: Pcm, atMs: number): void {
    this.#played.write(pcm, atMs);
  }

  /** `pcm`, heard from `atMs` on, without the echo as far as it is known. */
  clean(pcm: Pcm, atMs: number): Pcm {
    this.#heard.write(pcm, atMs);
    const filter = this.#filter;
    if (filter === undefined) return pcm;
    const from = Math.round((atMs * SAMPLE_RATE) / 1000) - this.#shift;
    const played = this.#played.read(from - TAPS + 1, from + pcm.length);
    if (!played.some((sample) => sample !== 0)) return pcm;
    const cleaned = new Int16Array(pcm.length);
    let [before, after] = [0, 0];
    for (let at = 0; at < pcm.length; at += 1) {
      let echo = 0;
      for (let tap = 0; tap < TAPS; tap += 1) {
        echo += (filter[tap] ?? 0) * (played[at + TAPS - 1 - tap] ?? 0);
      }
      const sample = pcm[at] ?? 0;
      const left = Math.max(-32_768, Math.min(32_767, Math.round(sample - echo)));
      before += sample ** 2;
      after += left ** 2;
      cleaned[at] = left;
    }
    // Never louder: the way has changed.
    return after < before ? cleaned : pcm;
  }

  /** What was heard from `fromMs` to `toMs` is echo and nothing else, that comes after `delayMs`. */
  learn(fromMs: number, toMs: number, delayMs: number): void {
    const shift = Math.max(0, samplesIn(delayMs) - BEFORE);
    this.#strays = Math.abs(shift - this.#shift) > BEFORE / 2 ? this.#strays + 1 : 0;
    if (this.#learnt === 0 || this.#strays >= STRAYS) this.#forget(shift);
    this.#moments += 1;
    if (this.#learnt >= ENOUGH && this.#moments % ONE_OF !== 0) return;
    const from = Math.round((fromMs * SAMPLE_RATE) / 1000);
    const to = Math.round((toMs * SAMPLE_RATE) / 1000);
    const heard = this.#heard.read(from, to);
    const played = this.#played.read(from - this.#shift - TAPS + 1, to - this.#shift);
    // Nothing is learnt from silence, and it is the most of a call.
    if (!played.some((sample) => sample !== 0)) return;
    const keep = 0.5 ** (heard.length / HALF_LIFE);
    for (let lag = 0; lag < TAPS; lag += 1) {
      let [own, cross] = [0, 0];
      for (let at = 0; at < heard.length; at += 1) {
        const then = played[at + TAPS - 1 - lag] ?? 0;
        own += (played[at + TAPS - 1] ?? 0) * then;
        cross += (heard[at] ?? 0) * then;
      }
      this.#own[lag] = (this.#own[lag] ?? 0) * keep + own;
      this.#cross[lag] = (this.#cross[lag] ?? 0) * keep + cross;
    }
    this.#learnt += heard.length;
    this.#since += heard.length;
    if (this.#learnt < LEAST || this.#since < EVERY) return;
    this.#since = 0;
    this.#filter = solved(this.#own, this.#cross) ?? this.#filter;
  }

  #forget(shift: number): void {
    this.#shift = shift;
    this.#own.fill(0);
    this.#cross.fill(0);
    this.#filter = undefined;
    this.#learnt = 0;
    this.#since = 0;
    this.#strays = 0;
  }
}

/** The filter of which `own` and `cross` are the correlations; undefined without one. */
function solved(own: Float64Array, cross: Float64Array): Float32Array | undefined {
  for (const floor of FLOORS) {
    const filter = levinson(own, cross, (own[0] ?? 0) * (1 + floor));
    if (filter !== undefined) return filter;
  }
  return undefined;
}

/** Levinson's recursion (1947), with `power` in the place of the first correlation. */
function levinson(own: Float64Array, cross: Float64Array, power: number): Float32Array | undefined {
  if (power <= 0) return undefined;
  const r = (lag: number): number => (lag === 0 ? power : (own[lag] ?? 0));
  const length = own.length;
  const filter = new Float64Array(length);
  const predictor = new Float64Array(length);
  const last = new Float64Array(length);
  predictor[0] = 1;
  let error = power;
  filter[0] = (cross[0] ?? 0) / power;
  for (let order = 1; order < length; order += 1) {
    let reflection = 0;
    for (let at = 0; at < order; at += 1) reflection += (predictor[at] ?? 0) * r(order - at);
    reflection = -reflection / error;
    last.set(predictor);
    for (let at = 1; at <= order; at += 1) {
      predictor[at] = (last[at] ?? 0) + reflection * (last[order - at] ?? 0);
    }
    error *= 1 - reflection ** 2;
    if (!(error > 0)) return undefined;
    let gap = cross[order] ?? 0;
    for (let at = 0; at < order; at += 1) gap -= (filter[at] ?? 0) * r(order - at);
    const step = gap / error;
    for (let at = 0; at <= order; at += 1) {
      filter[at] = (filter[at] ?? 0) + step * (predictor[order - at] ?? 0);
    }
  }
  return Float32Array.from(filter);
}

/** The last seconds of one side. */
class Ring {
  readonly #samples = new Float32Array(KEPT);
  /** Sample of the line's timeline behind the last one written. */
  #end = 0;

  write(pcm: Pcm, atMs: number): void {
    const start = Math.round((atMs * SAMPLE_RATE) / 1000);
    // A gap was silence. Overlaps are of rounding: what comes later counts.
    for (let at = Math.max(this.#end, start - KEPT); at < start; at += 1) {
      this.#samples[at % KEPT] = 0;
    }
    for (let i = 0; i < pcm.length; i += 1) this.#samples[(start + i) % KEPT] = pcm[i] ?? 0;
    this.#end = Math.max(this.#end, start + pcm.length);
  }

  /** What stands in these samples; silence where nothing was written. */
  read(from: number, to: number): Float32Array {
    const out = new Float32Array(Math.max(0, to - from));
    const first = Math.max(0, this.#end - KEPT);
    for (let i = 0; i < out.length; i += 1) {
      const at = from + i;
      if (at >= first && at < this.#end) out[i] = this.#samples[at % KEPT] ?? 0;
    }
    return out;
  }
}
