import { FRAME_MS, FRAME_SAMPLES, pcmFromBytes, type Pcm } from '../audio/frame.js';
import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import type { Ari } from './ari.js';
import { EarTime } from './ear-time.js';
import { telephonyErrors } from './errors.js';
import type { Line, LineListener, Playback } from './line.js';
import { MediaSocket } from './media-socket.js';
import { Mouth } from './mouth.js';

const UP_WITHIN_MS = 3_000;

/** The names under which one ear's parts stand in Asterisk; the supervisor's rescue knows them too. */
export const earNames = (earId: string) => ({
  snoop: `vestibule-snoop-${earId}`,
  media: `vestibule-media-${earId}`,
  bridge: `vestibule-ear-${earId}`,
});

/**
 * The ear and mouth of one party: a snoop channel (hears only that party, speaks only to it) and a
 * websocket media channel, in a side bridge. Owns all three; `close` ends them in reverse order.
 */
export class Ear implements Line {
  readonly #ari: Ari;
  readonly #partyId: string;
  readonly #names: ReturnType<typeof earNames>;
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #socketUrl: (connectionId: string) => string;
  readonly #listeners: LineListener[] = [];
  readonly #off: (() => void)[] = [];
  #socket: MediaSocket | undefined;
  #mouth: Mouth | undefined;
  readonly #time = new EarTime();
  #frames = 0;
  #firstFrameAt: number | undefined;
  #closed = false;
  /** What is being made in Asterisk: whoever closes us meanwhile must not leave it behind. */
  #making: Promise<unknown> = Promise.resolve();

  constructor(ari: Ari, partyId: string, earId: string, log: Log, clock: Clock) {
    this.#ari = ari;
    this.#partyId = partyId;
    this.#names = earNames(earId);
    this.#log = log;
    this.#clock = clock;
    this.#socketUrl = (id) => `${ari.address.url.replace(/^http/u, 'ws')}/media/${id}`;
  }

  /**
   * Opens the ear. The party must be in Stasis and answered.
   * @throws TELEPHONY_EAR_LOST if the party leaves meanwhile: no listener is told of that
   */
  async open(): Promise<void> {
    const { snoop, media, bridge } = this.#names;
    this.#off.push(
      this.#ari.events.listen('key', 'ear', ({ channelId, digit }) => {
        if (channelId === this.#partyId) for (const one of this.#listeners) one.key(digit);
      }),
      this.#ari.events.listen('stasis-end', 'ear', ({ channelId }) => {
        if (channelId === this.#partyId) void this.#gone('hung-up');
      }),
    );
    try {
      // Register before asking, so that a StasisStart that overtakes the answer is not missed.
      const inStasis = Promise.all([this.#started(snoop), this.#started(media)]);
      inStasis.catch(() => undefined);
      const made = [
        this.#ari.media(media),
        this.#ari.snoop(this.#partyId, snoop),
        this.#ari.createBridge(bridge),
        // Without it nothing reaches the network, and whisper plays stale audio.
        this.#ari.startSilence(this.#partyId),
      ] as const;
      this.#making = Promise.allSettled(made);
      const [connectionId] = await Promise.all(made);
      this.#unlessClosed();
      await Promise.all([inStasis, this.#openSocket(connectionId)]);
      await this.#ari.addToBridge(bridge, [snoop, media]);
      this.#unlessClosed();
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  listen(listener: LineListener): void {
    this.#listeners.push(listener);
  }

  play(): Playback {
    if (this.#mouth === undefined) throw this.#lost();
    return this.#mouth.play();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const off of this.#off.splice(0)) off();
    this.#mouth?.close();
    this.#socket?.close();
    await this.#making;
    const { snoop, media, bridge } = this.#names;
    await Promise.all([this.#ari.hangUp(media), this.#ari.hangUp(snoop)]);
    await this.#ari.destroyBridge(bridge);
  }

  async #openSocket(connectionId: string): Promise<void> {
    const socket = new MediaSocket(this.#socketUrl(connectionId), {
      frame: (bytes) => {
        const now = this.#clock.monotonic();
        this.#firstFrameAt ??= now;
        for (let missing = this.#time.arrived(now); missing > 0; missing -= 1) {
          this.#heard(new Int16Array(FRAME_SAMPLES));
        }
        this.#heard(pcmFromBytes(bytes));
      },
      held: (full) => {
        this.#mouth?.held(full);
      },
      drained: () => {
        this.#mouth?.drained();
      },
      closed: () => {
        if (!this.#closed) {
          this.#log.warn('media socket lost', { channel: this.#partyId });
          void this.#gone('failed');
        }
      },
    });
    this.#socket = socket;
    this.#mouth = new Mouth(socket, this.#clock, (pcm, playedAt) => {
      const atMs = Math.max(0, playedAt - (this.#firstFrameAt ?? playedAt));
      for (const one of this.#listeners) one.played(pcm, atMs);
    });
    await socket.open();
  }

  #heard(pcm: Pcm): void {
    const atMs = this.#frames * FRAME_MS;
    this.#frames += 1;
    for (const one of this.#listeners) one.frame(pcm, atMs);
  }

  /** Resolves when `channelId` has entered our Stasis application. */
  #started(channelId: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.after(UP_WITHIN_MS, () => {
        off();
        reject(telephonyErrors.make('EAR_TIMEOUT', { place: channelId }));
      });
      const off = this.#ari.events.listen('stasis-start', 'ear', ({ channel }) => {
        if (channel.id !== channelId) return;
        cancel();
        off();
        resolve();
      });
      // Whoever waits for what will not come any more is told.
      this.#off.push(off, cancel, () => {
        reject(this.#lost());
      });
    });
  }

  #unlessClosed(): void {
    if (this.#closed) throw this.#lost();
  }

  #lost(): Error {
    return telephonyErrors.make('EAR_LOST', { place: this.#partyId });
  }

  async #gone(reason: 'hung-up' | 'failed'): Promise<void> {
    if (this.#closed) return;
    const listeners = [...this.#listeners];
    await this.close();
    for (const one of listeners) one.closed(reason);
  }
}
