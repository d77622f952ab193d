import { within, type Clock } from '../../clock.js';
import { oneLine } from '../../errors.js';
import type { Log } from '../../log.js';
import { talkNames, type People } from './people.js';

/** A caller is awaited no longer than this who is being taken out of the bridge. */
const PARTING_MS = 4_000;

export interface TalkBridgeParts {
  readonly call: string;
  /** Channel of the caller. */
  readonly caller: string;
  readonly people: People;
  readonly clock: Clock;
  readonly log: Log;
}

/** The bridge in which a caller and people of the office hear each other, and what whoever is not in it hears. */
export class TalkBridge {
  readonly #parts: TalkBridgeParts;
  readonly #id: string;
  #parked = false;
  #parting: Promise<void> = Promise.resolve();

  constructor(parts: TalkBridgeParts) {
    this.#parts = parts;
    this.#id = talkNames(parts.call).bridge;
  }

  /** Whether the caller waits outside. */
  get parked(): boolean {
    return this.#parked;
  }

  async make(): Promise<void> {
    await this.#parts.people.ari.createBridge(this.#id);
  }

  async destroy(): Promise<void> {
    await this.#parts.people.ari.destroyBridge(this.#id);
  }

  /** Ends what the channels hear alone, and has them hear each other and whoever is here. */
  async enter(...channels: readonly string[]): Promise<void> {
    const { ari } = this.#parts.people;
    await Promise.all(channels.map((one) => ari.quieten(one)));
    await ari.addToBridge(this.#id, channels);
  }

  /** Takes a person's channel out; `silence` is for whoever is told something then: nothing else carries it. */
  async leave(channel: string, silence: boolean): Promise<void> {
    const { ari } = this.#parts.people;
    await ari.removeFromBridge(this.#id, channel);
    if (silence) await ari.entertain(channel, 'silence');
  }

  /** The caller is alone, and hears what callers hear who wait. Never rejects. */
  park(): Promise<void> {
    this.#parked = true;
    this.#parting = this.#part();
    return this.#parting;
  }

  /** The caller is back. */
  async unpark(): Promise<void> {
    // Music that begins only now would be heard in the talk.
    await within(this.#parts.clock, PARTING_MS, this.#parting);
    await this.enter(this.#parts.caller);
    this.#parked = false;
  }

  async #part(): Promise<void> {
    const { people, caller, log } = this.#parts;
    try {
      await people.ari.removeFromBridge(this.#id, caller);
      await people.ari.entertain(caller, people.settings.waiting);
    } catch (error) {
      log.warn('a caller waits without music', { reason: oneLine(error) });
    }
  }
}
