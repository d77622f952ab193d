import { seeded } from '../../audio/seeded.js';
import type { Dtx } from './dtx.js';
import { cleanPath, type PathImpairments } from './lossy-path.js';
import { LINE_RATE, PACKET_MS } from './pacer.js';

/** What is wrong with the simulated caller's telephone and the line to it. */
export interface Impairments {
  /** From the caller to the other side. */
  readonly sending: PathImpairments;
  /** From the other side to the caller. */
  readonly receiving: PathImpairments;
  readonly dtx: Dtx;
  /** Level of the background noise in dBFS; undefined for none. */
  readonly noiseDb: number | undefined;
  /** What it hears comes back, as on a speakerphone. `db` is the gain, such as -20. */
  readonly echo: { readonly db: number; readonly delayMs: number } | undefined;
}

export const noImpairments: Impairments = {
  sending: cleanPath,
  receiving: cleanPath,
  dtx: 'off',
  noiseDb: undefined,
  echo: undefined,
};

/** Adds noise and echo to what the caller says. */
export class Surroundings {
  readonly #settings: Pick<Impairments, 'noiseDb' | 'echo'>;
  readonly #random: () => number;
  readonly #heard: Int16Array;
  #heardAt = 0;

  /** `rate` is that of the frames. */
  constructor(settings: Pick<Impairments, 'noiseDb' | 'echo'>, seed = 1, rate = LINE_RATE) {
    this.#settings = settings;
    this.#random = seeded(seed);
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
}
