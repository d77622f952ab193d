/** What a network does to one direction of the audio. */
export interface PathImpairments {
  /** Part of the packets that are lost, in percent. */
  readonly lossPercent: number;
  /** How many packets are lost in a row, on average; up to 1 each is lost or not for itself. */
  readonly lossBurst: number;
  /** Each packet is late by 0 to this, evenly, in milliseconds; from 20 on packets overtake one another. */
  readonly jitterMs: number;
}

export const cleanPath: PathImpairments = { lossPercent: 0, lossBurst: 1, jitterMs: 0 };

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

/** Decides which packets of one direction are lost or late; the same in every run of a seed. */
export class LossyPath {
  readonly #jitterMs: number;
  readonly #random: () => number;
  /** Chance of a loss after a packet that came, and after one that was lost (Gilbert's model). */
  readonly #loses: number;
  readonly #losesOn: number;
  #losing = false;
  #lost = 0;

  constructor({ lossPercent, lossBurst, jitterMs }: PathImpairments, seed = 1) {
    this.#jitterMs = jitterMs;
    this.#random = seededRandom(seed);
    const loss = Math.min(1, lossPercent / 100);
    const inARow = lossBurst > 1 && loss < 1;
    this.#losesOn = inARow ? 1 - 1 / lossBurst : loss;
    this.#loses = inARow ? loss / (lossBurst * (1 - loss)) : loss;
  }

  /** How many packets were lost. */
  get lost(): number {
    return this.#lost;
  }

  /** How late the next packet is, in milliseconds; undefined if it is lost. */
  fate(): number | undefined {
    if (this.#loses > 0) {
      this.#losing = this.#random() < (this.#losing ? this.#losesOn : this.#loses);
      if (this.#losing) {
        this.#lost++;
        return undefined;
      }
    }
    return this.#jitterMs > 0 ? this.#random() * this.#jitterMs : 0;
  }
}
