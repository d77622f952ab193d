import { seeded } from '../../audio/seeded.js';

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
    this.#random = seeded(seed);
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
