import type { StoredMessage } from '../../records/messages.js';
import type { NotifySettings } from './settings.js';
import type { Notice } from './wording.js';

/** One delivery: what is told to whom. */
export interface Delivery {
  /** Where it goes: what the channel's `places` gave. */
  readonly place: string;
  readonly notice: Notice;
  /** The same however often it is tried. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A way by which people or programs are told of messages. */
export interface Channel {
  /** A word; it stands before the place in the outbox. */
  readonly kind: string;
  /** Whether the settings name anybody who could be told in this way. */
  inUse(settings: NotifySettings): boolean;
  /** Who is to be told of this message; no place has a space in it. */
  places(message: Pick<StoredMessage, 'recipient'>, settings: NotifySettings): readonly string[];
  /** Who is to be told when something of the house fails, or works again; nobody if absent. */
  alarms?(settings: NotifySettings): readonly string[];
  /** How much is told there, where the settings say something of their own; absent: as everywhere. */
  content?(place: string, settings: NotifySettings): NotifySettings['content'] | undefined;
  /**
   * Resolves when it was taken. A place that the settings do not know any more is let go.
   * @throws anything, and it is tried again later
   */
  send(delivery: Delivery, settings: NotifySettings): Promise<void>;
}
