import type { Clock } from '../clock.js';
import type { Ari } from './ari.js';
import { telephonyErrors } from './errors.js';
import { MediaSocket } from './media-socket.js';

const UP_WITHIN_MS = 3_000;

/** The names under which one ear's parts stand in Asterisk; the supervisor's rescue knows them too. */
export const earNames = (earId: string) => ({
  snoop: `vestibule-snoop-${earId}`,
  media: `vestibule-media-${earId}`,
  bridge: `vestibule-ear-${earId}`,
});

/** What an ear's channels tell. */
export interface EarChannelsListener {
  /** 20 ms of what the party says, as FRAME_BYTES of little-endian PCM. */
  frame(bytes: Buffer): void;
  /** Asterisk's flow control of what we say. */
  held(full: boolean): void;
  /** All that we said was played. */
  drained(): void;
  /** The socket closed, and not by `close`. */
  lost(): void;
}

/**
 * What one ear is made of in Asterisk: a snoop channel (hears only the party, speaks only to it) and a websocket
 * media channel, in a side bridge. Owns all three; `close` ends them in reverse order.
 */
export class EarChannels {
  readonly #ari: Ari;
  readonly #partyId: string;
  readonly #names: ReturnType<typeof earNames>;
  readonly #clock: Clock;
  readonly #listener: EarChannelsListener;
  readonly #off: (() => void)[] = [];
  #socket: MediaSocket | undefined;
  #closed = false;
  /** What is being made in Asterisk: whoever closes us meanwhile must not leave it behind. */
  #making: Promise<unknown> = Promise.resolve();

  constructor(
    ari: Ari,
    partyId: string,
    earId: string,
    clock: Clock,
    listener: EarChannelsListener,
  ) {
    this.#ari = ari;
    this.#partyId = partyId;
    this.#names = earNames(earId);
    this.#clock = clock;
    this.#listener = listener;
  }

  /**
   * Makes them, beside what else `meanwhile` asks of Asterisk, and resolves with their socket. The party must be in
   * Stasis and answered. Whatever fails is closed.
   * @throws TELEPHONY_EAR_TIMEOUT, and TELEPHONY_EAR_LOST if they are closed meanwhile
   */
  async open(meanwhile: () => Promise<void> = () => Promise.resolve()): Promise<MediaSocket> {
    const { snoop, media, bridge } = this.#names;
    try {
      // Register before asking, so that a StasisStart that overtakes the answer is not missed.
      const inStasis = Promise.all([this.#started(snoop), this.#started(media)]);
      inStasis.catch(() => undefined);
      const made = [
        this.#ari.media(media),
        this.#ari.snoop(this.#partyId, snoop),
        this.#ari.createBridge(bridge),
        meanwhile(),
      ] as const;
      this.#making = Promise.allSettled(made);
      const [connectionId] = await Promise.all(made);
      this.#unlessClosed();
      const [, socket] = await Promise.all([inStasis, this.#openSocket(connectionId)]);
      await this.#ari.addToBridge(bridge, [snoop, media]);
      this.#unlessClosed();
      return socket;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const off of this.#off.splice(0)) off();
    this.#socket?.close();
    await this.#making;
    const { snoop, media, bridge } = this.#names;
    await Promise.all([this.#ari.hangUp(media), this.#ari.hangUp(snoop)]);
    await this.#ari.destroyBridge(bridge);
  }

  async #openSocket(connectionId: string): Promise<MediaSocket> {
    const url = this.#ari.address.url.replace(/^http/u, 'ws');
    const socket = new MediaSocket(`${url}/media/${connectionId}`, {
      frame: (bytes) => {
        this.#listener.frame(bytes);
      },
      held: (full) => {
        this.#listener.held(full);
      },
      drained: () => {
        this.#listener.drained();
      },
      closed: () => {
        if (!this.#closed) this.#listener.lost();
      },
    });
    this.#socket = socket;
    await socket.open();
    return socket;
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
}
