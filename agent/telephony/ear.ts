import { FRAME_MS, FRAME_SAMPLES, pcmFromBytes, type Pcm } from '../audio/frame.js';
import type { Clock } from '../clock.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import type { Ari } from './ari.js';
import { EarChannels } from './ear-channels.js';
import { EarDelay } from './ear-delay.js';
import { EarTime } from './ear-time.js';
import { telephonyErrors } from './errors.js';
import type { Line, LineListener, Playback } from './line.js';
import { Mouth } from './mouth.js';

/** What we said may wait so long in Asterisk after the last of it was taken from us, in milliseconds. */
const LINGER_MS = 500;

/** An ear's channels and what we say by them. */
interface Side {
  readonly channels: EarChannels;
  mouth: Mouth | undefined;
}

/**
 * The ear and mouth of one party, by channels of its own. Where the line has stood still, fresh channels take the
 * place of those that hear late since.
 */
export class Ear implements Line {
  readonly #ari: Ari;
  readonly #partyId: string;
  readonly #earId: string;
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #listeners: LineListener[] = [];
  readonly #off: (() => void)[] = [];
  /** The one in use; before it those that still say what they began to say; behind it one that is being tried. */
  #side: Side;
  readonly #leaving = new Set<Side>();
  #fresh: Side | undefined;
  #sides = 1;
  readonly #time = new EarTime();
  readonly #delay = new EarDelay();
  #frames = 0;
  #firstFrameAt: number | undefined;
  #closed = false;

  constructor(ari: Ari, partyId: string, earId: string, log: Log, clock: Clock) {
    this.#ari = ari;
    this.#partyId = partyId;
    this.#earId = earId;
    this.#log = log;
    this.#clock = clock;
    this.#side = this.#made(earId);
  }

  /**
   * Opens the ear. The party must be in Stasis and answered.
   * @throws TELEPHONY_EAR_LOST if the party leaves meanwhile: no listener is told of that
   */
  async open(): Promise<void> {
    this.#off.push(
      this.#ari.events.listen('key', 'ear', ({ channelId, digit }) => {
        if (channelId === this.#partyId) for (const one of this.#listeners) one.key(digit);
      }),
      this.#ari.events.listen('stasis-end', 'ear', ({ channelId }) => {
        if (channelId === this.#partyId) void this.#gone('hung-up');
      }),
    );
    try {
      // Without silence nothing reaches the network, and whisper plays stale audio.
      await this.#opened(this.#side, () => this.#ari.startSilence(this.#partyId));
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  listen(listener: LineListener): void {
    this.#listeners.push(listener);
  }

  play(): Playback {
    const { mouth } = this.#side;
    if (mouth === undefined) {
      throw telephonyErrors.make('EAR_LOST', { place: this.#partyId });
    }
    for (const one of this.#leaving) void one.mouth?.hush();
    return mouth.play();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const off of this.#off.splice(0)) off();
    const sides = [
      ...this.#leaving,
      this.#side,
      ...(this.#fresh === undefined ? [] : [this.#fresh]),
    ];
    for (const { mouth } of sides) mouth?.close();
    await Promise.all(sides.map(({ channels }) => channels.close()));
  }

  #made(earId: string): Side {
    const side: Side = {
      mouth: undefined,
      channels: new EarChannels(this.#ari, this.#partyId, earId, this.#clock, {
        frame: (bytes) => {
          this.#came(side, bytes);
        },
        held: (full) => {
          side.mouth?.held(full);
        },
        drained: () => {
          side.mouth?.drained();
        },
        lost: () => {
          this.#lost(side);
        },
      }),
    };
    return side;
  }

  async #opened(side: Side, meanwhile?: () => Promise<void>): Promise<void> {
    const socket = await side.channels.open(meanwhile);
    side.mouth = new Mouth(socket, this.#clock, (pcm, playedAt) => {
      const atMs = Math.max(0, playedAt - (this.#firstFrameAt ?? playedAt));
      for (const one of this.#listeners) one.played(pcm, atMs);
    });
  }

  #came(side: Side, bytes: Buffer): void {
    const pcm = pcmFromBytes(bytes);
    if (side === this.#fresh) {
      if (side.mouth !== undefined && this.#delay.fresh(pcm) === 'change') this.#change(side);
      return;
    }
    if (side !== this.#side) return;
    const now = this.#clock.monotonic();
    this.#firstFrameAt ??= now;
    for (let missing = this.#time.arrived(now); missing > 0; missing -= 1) {
      this.#heard(new Int16Array(FRAME_SAMPLES));
    }
    this.#heard(pcm);
    const advice = this.#delay.heard(pcm, now);
    if (advice === 'open') void this.#try();
    else if (advice === 'give-up') void this.#giveUp();
  }

  #heard(pcm: Pcm): void {
    const atMs = this.#frames * FRAME_MS;
    this.#frames += 1;
    for (const one of this.#listeners) one.frame(pcm, atMs);
  }

  /** Opens fresh channels beside those in use. */
  async #try(): Promise<void> {
    if (this.#closed) return;
    this.#sides += 1;
    const side = this.#made(`${this.#earId}-${String(this.#sides)}`);
    this.#fresh = side;
    try {
      await this.#opened(side);
    } catch (error) {
      if (this.#isClosed()) return;
      this.#log.debug('no fresh ear', { channel: this.#partyId, reason: oneLine(error) });
      if (this.#fresh === side) await this.#giveUp();
    }
  }

  #isClosed(): boolean {
    return this.#closed;
  }

  async #giveUp(): Promise<void> {
    const side = this.#fresh;
    this.#fresh = undefined;
    this.#delay.done(this.#clock.monotonic());
    await side?.channels.close();
  }

  /** Hears by `side` from now on; what is being said is said to its end by the channels before. */
  #change(side: Side): void {
    const before = this.#side;
    this.#side = side;
    this.#fresh = undefined;
    this.#delay.done(this.#clock.monotonic());
    this.#log.debug('a fresh ear', { channel: this.#partyId });
    this.#leaving.add(before);
    void Promise.resolve(before.mouth?.said)
      .then(() => this.#clock.sleep(LINGER_MS))
      .then(() => before.channels.close())
      .finally(() => this.#leaving.delete(before));
  }

  #lost(side: Side): void {
    if (this.#closed) return;
    if (side === this.#fresh) {
      void this.#giveUp();
    } else if (side === this.#side) {
      this.#log.warn('media socket lost', { channel: this.#partyId });
      void this.#gone('failed');
    } else {
      side.mouth?.close();
    }
  }

  async #gone(reason: 'hung-up' | 'failed'): Promise<void> {
    if (this.#closed) return;
    const listeners = [...this.#listeners];
    await this.close();
    for (const one of listeners) one.closed(reason);
  }
}
