import { LINE_RATE, PACKET_MS } from './pacer.js';

/** What is wrong with the simulated caller's own stream. */
export interface Impairments {
  /** Part of its packets that are lost, in percent. */
  readonly lossPercent: number;
  /** Each packet is late by up to this, in milliseconds; packets may overtake one another. */
  readonly jitterMs: number;
  /** Level of the background noise in dBFS; undefined for none. */
  readonly noiseDb: number | undefined;
  /** What it hears comes back, as on a speakerphone. `db` is the gain, such as -20. */
  readonly echo: { readonly db: number; readonly delayMs: number } | undefined;
}

export const noImpairments: Impairments = {
  lossPercent: 0,
  jitterMs: 0,
  noiseDb: undefined,
  echo: undefined,
};

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Adds noise and echo to frames, and decides which packets are lost or late. */
export class Impairer {
  readonly #settings: Impairments;
  readonly #random: () => number;
  readonly #heard: Int16Array;
  #heardAt = 0;
  lost = 0;

  /** `rate` is that of the frames. */
  constructor(settings: Impairments, seed = 1, rate = LINE_RATE) {
    this.#settings = settings;
    this.#random = seededRandom(seed);
    const delay = Math.round(((settings.echo?.delayMs ?? 0) * rate) / 1000);
    this.#heard = new Int16Array(Math.max((rate * PACKET_MS) / 1000, delay));
  }

  /** The frame as it leaves the caller's telephone, given the 20 ms that are heard meanwhile. */
  frame(said: Int16Array, heard: Int16Array): Int16Array {
    const { noiseDb, echo } = this.#settings;
    if (noiseDb === undefined && echo === undefined) return said;
    // Uniform noise of amplitude a has the RMS a / √3.
    const noise = noiseDb === undefined ? 0 : 32_768 * 10 ** (noiseDb / 20) * Math.sqrt(3);
    const gain = echo === undefined ? 0 : 10 ** (echo.db / 20);
    const out = new Int16Array(said.length);
    for (let i = 0; i < said.length; i++) {
      const back = this.#heard[this.#heardAt] ?? 0;
      this.#heard[this.#heardAt] = heard[i] ?? 0;
      this.#heardAt = (this.#heardAt + 1) % this.#heard.length;
      const value = (said[i] ?? 0) + gain * back + noise * (2 * this.#random() - 1);
      out[i] = Math.max(-32_768, Math.min(32_767, Math.round(value)));
    }
    return out;
  }

  /** How late the next packet is, in milliseconds; undefined if it is lost. */
  fate(): number | undefined {
    const { lossPercent, jitterMs } = this.#settings;
    if (lossPercent > 0 && this.#random() * 100 < lossPercent) {
      this.lost++;
      return undefined;
    }
    return jitterMs > 0 ? this.#random() * jitterMs : 0;
  }
}
