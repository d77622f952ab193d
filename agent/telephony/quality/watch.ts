import type { Clock } from '../../clock.js';
import type { Ari } from '../ari.js';
import { qualityOf, type CallQuality } from './figures.js';

/** A caller who hangs up takes the figures along: they are asked for while the call runs. */
const FIRST_MS = 2_000;
const EVERY_MS = 5_000;

/** Asks for the figures of one channel from its answer to `end`. */
export class QualityWatch {
  readonly #ari: Pick<Ari, 'rtpStatistics'>;
  readonly #channelId: string;
  readonly #clock: Clock;
  readonly #from: number;
  #last: CallQuality | undefined;
  #cancel: () => void;
  #ended = false;

  constructor(ari: Pick<Ari, 'rtpStatistics'>, channelId: string, clock: Clock) {
    this.#ari = ari;
    this.#channelId = channelId;
    this.#clock = clock;
    this.#from = clock.monotonic();
    this.#cancel = clock.after(FIRST_MS, () => void this.#look());
  }

  /** The last figures; undefined for a call that was too short for any. May be called twice. */
  async end(): Promise<CallQuality | undefined> {
    this.#cancel();
    if (!this.#ended) await this.#ask();
    this.#ended = true;
    return this.#last;
  }

  async #look(): Promise<void> {
    await this.#ask();
    if (this.#ended) return;
    this.#cancel = this.#clock.after(EVERY_MS, () => void this.#look());
  }

  async #ask(): Promise<void> {
    const stats = await this.#ari.rtpStatistics(this.#channelId);
    if (stats === undefined) return;
    this.#last = qualityOf(stats, this.#clock.monotonic() - this.#from) ?? this.#last;
  }
}
