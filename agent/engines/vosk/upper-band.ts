import { FRAME_SAMPLES, SAMPLE_RATE } from '../../audio/frame.js';
import type { Pcm } from '../../audio/frame.js';
import { rmsDbfs } from '../../audio/level.js';

// Telephone audio has nothing from 4 to 8 kHz, which a model of 16 kHz speech has never met: the
// Korean one makes 0.87 errors a character on it, and 0.44 once faint noise is there. Much more noise
// or much less, noise that follows each sound, and a mirror image of the lower band are all worse;
// where there is a band already, noise does harm.

/** Below this the band of speech is empty for certain; a telephone's filter leaks -29 dB at most. */
const EMPTY_DB = -15;
/** A frame below this says nothing of the band. */
const LEAST_DBFS = -50;
const CORNER_HZ = 5500;
/** Power of the noise against the mean power of the speech so far. */
const NOISE_POWER = 10 ** -3.7;
/** Before there is speech. */
const FIRST_POWER = 10 ** -1.7;
/** The two sections of a Butterworth filter of fourth order. */
const QUALITIES = [0.541, 1.307];

/** A high-pass section (Audio EQ Cookbook of R. Bristow-Johnson). */
class HighPass {
  readonly #b0: number;
  readonly #a1: number;
  readonly #a2: number;
  #z1 = 0;
  #z2 = 0;

  constructor(quality: number) {
    const w = (2 * Math.PI * CORNER_HZ) / SAMPLE_RATE;
    const alpha = Math.sin(w) / (2 * quality);
    const a0 = 1 + alpha;
    this.#b0 = (1 + Math.cos(w)) / 2 / a0;
    this.#a1 = (-2 * Math.cos(w)) / a0;
    this.#a2 = (1 - alpha) / a0;
  }

  next(x: number): number {
    const y = this.#b0 * x + this.#z1;
    this.#z1 = -2 * this.#b0 * x - this.#a1 * y + this.#z2;
    this.#z2 = this.#b0 * x - this.#a2 * y;
    return y;
  }
}

/**
 * Fills the upper band of one utterance with faint noise until something is heard in it; wideband
 * audio gets the noise of one step that Kaldi would add. The same audio always gets the same noise.
 */
export class UpperBand {
  readonly #sections = QUALITIES.map((quality) => new HighPass(quality));
  #wide = false;
  #power = 0;
  #loud = 0;
  #seed = 1;
  #low = 0;
  #amplitude = 0;
  #odd = false;

  /** Whether speech was heard above CORNER_HZ: then the audio is wideband and left alone. */
  get wide(): boolean {
    return this.#wide;
  }

  /** `pcm` as the recogniser should have it. */
  fill(pcm: Pcm): Pcm {
    for (let at = 0; at < pcm.length && !this.#wide; at += FRAME_SAMPLES) {
      this.#measure(pcm.subarray(at, at + FRAME_SAMPLES));
    }
    if (this.#wide) return pcm.map((sample) => clamp(sample + this.#dither()));
    // White noise in ±a has the power a² / 3, and the filter leaves a third of that.
    const speech = this.#loud === 0 ? FIRST_POWER : this.#power / this.#loud;
    this.#amplitude = 32_768 * Math.sqrt(speech * NOISE_POWER * 9);
    return pcm.map((sample) => clamp(sample + this.#noise()));
  }

  #measure(frame: Pcm): void {
    const upper = Int16Array.from(frame, (sample) =>
      this.#sections.reduce((value, section) => section.next(value), sample),
    );
    const level = rmsDbfs(frame);
    if (level <= LEAST_DBFS) return;
    this.#power += 10 ** (level / 10);
    this.#loud += 1;
    if (rmsDbfs(upper) - level > EMPTY_DB) this.#wide = true;
  }

  /** Noise of one step, which the models were trained with: without it silence is no silence to them. */
  #dither(): number {
    return Math.round(1.22 * (this.#random() + this.#random()));
  }

  /** -1 to 1, the same in every utterance. */
  #random(): number {
    this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) >>> 0;
    return this.#seed / 2 ** 31 - 1;
  }

  /** Noise of a low-pass filter, turned over in frequency by the sign of every other sample. */
  #noise(): number {
    const white = this.#random() * this.#amplitude;
    this.#low += 0.5 * (white - this.#low);
    this.#odd = !this.#odd;
    return Math.round(this.#odd ? -this.#low : this.#low);
  }
}

const clamp = (sample: number): number => Math.max(-32_768, Math.min(32_767, sample));
