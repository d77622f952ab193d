import { randomUUID } from 'node:crypto';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import type { Ari } from './ari.js';
import { telephonyErrors } from './errors.js';

/** What of ARI a whisper uses. */
export type WhisperAri = Pick<
  Ari,
  | 'addToBridge'
  | 'bridges'
  | 'createBridge'
  | 'destroyBridge'
  | 'events'
  | 'hangUp'
  | 'overhear'
  | 'ringHere'
  | 'watch'
>;

/** The names under which a whisper stands in Asterisk: by them it is settled after an interruption. */
const namesOf = (call: string, number: string) => ({
  staff: `vestibule-whisper-${call}-${number}`,
  snoop: `vestibule-snoop-${call}-${number}`,
  bridge: `vestibule-ear-${call}-${number}`,
});

/**
 * A telephone of the office that whispers: whoever takes it up hears the caller and the colleague who
 * talks with the caller, and is heard by that colleague alone. A snoop channel on the colleague's leg
 * (`spy=both`, `whisper=out`) and the ringing telephone, in a side bridge. Owns all three.
 */
export class Whisper {
  readonly #ari: WhisperAri;
  readonly #names: ReturnType<typeof namesOf>;
  readonly #log: Log;
  readonly #over: () => void;
  readonly #off: (() => void)[] = [];
  #closed = false;

  /** `over` is called once, when everything is closed. */
  constructor(ari: WhisperAri, call: string, log: Log, over: () => void) {
    this.#ari = ari;
    this.#names = namesOf(call, randomUUID().slice(0, 8));
    this.#log = log.part('whisper');
    this.#over = over;
  }

  /**
   * Rings `extension` for `seconds`; once it is taken up it hears `colleague`, a channel, and what that
   * hears. Resolves when it rings. @throws TELEPHONY_ARI_REQUEST_FAILED
   */
  async open(colleague: string, extension: string, seconds: number): Promise<void> {
    const { staff, snoop } = this.#names;
    const { events } = this.#ari;
    const gone = ({ channelId }: { readonly channelId: string }): void => {
      if ([staff, snoop, colleague].includes(channelId)) void this.close();
    };
    this.#off.push(
      events.listen('stasis-start', 'whisper', ({ channel }) => {
        if (channel.id === staff) void this.#taken(colleague);
        else if (channel.id === snoop) void this.#connect();
      }),
      events.listen('channel-gone', 'whisper', gone),
    );
    try {
      // A snoop channel outlives the one it hears, whose end we are told only if we ask for it.
      await this.#ari.watch(colleague);
      await this.#ari.ringHere(staff, extension, seconds, 'whisper');
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Hangs the whisperer up; caller and colleague talk on. May be called twice. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const off of this.#off.splice(0)) off();
    const { staff, snoop, bridge } = this.#names;
    await Promise.all([this.#ari.hangUp(staff), this.#ari.hangUp(snoop)]);
    await this.#ari.destroyBridge(bridge);
    this.#over();
  }

  #taken(colleague: string): Promise<void> {
    return this.#attempt(() => this.#ari.overhear(colleague, this.#names.snoop));
  }

  #connect(): Promise<void> {
    const { staff, snoop, bridge } = this.#names;
    return this.#attempt(async () => {
      await this.#ari.createBridge(bridge);
      await this.#ari.addToBridge(bridge, [staff, snoop]);
    });
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#log.warn('a whisper could not be connected', { reason: oneLine(error) });
      await this.close();
    }
  }
}

/** The channel of whoever talks with `caller`. @throws TELEPHONY_NOBODY_THERE */
export async function partnerOf(ari: Pick<Ari, 'bridges'>, caller: string): Promise<string> {
  const bridges = await ari.bridges();
  const shared = bridges.filter(
    ({ id, channels }) => !id.startsWith('vestibule-ear-') && channels.includes(caller),
  );
  const partner = shared
    .flatMap(({ channels }) => channels)
    .find((channel) => channel !== caller && !/^vestibule-(?:snoop|media)-/u.test(channel));
  if (partner === undefined) throw telephonyErrors.make('NOBODY_THERE', { place: caller });
  return partner;
}
