import type { Clock } from '../clock.js';
import type { Events } from '../events.js';
import type { Finding } from '../finding.js';
import type { Log } from '../log.js';
import type { LineQuality } from '../telephony/quality/book.js';
import type { FeedSettings } from '../notify/cards-and-feed.js';
import type { PrivacyOffice } from '../privacy/privacy-office.js';
import type { ReadingRoom } from '../privacy/reading-room.js';
import type { Role } from '../privacy/roles.js';
import type { AskName, InputOf, OutputOf } from '../privacy/rooms/table.js';
import type { LiveDesk } from '../reception/live/live-desk.js';
import type { TlsFiles } from '../wire/tls.js';
import type { OfficeHealth, OfficeState } from './answers/offices.js';
import type { WebSettings } from './settings.js';
import type { Workshop } from './workshop.js';

export type { OfficeHealth, OfficeState } from './answers/offices.js';

/** What happens in the house while somebody looks on; ids only. */
export interface Happenings {
  /** A call began, ended, or something was said in it. */
  readonly call: { readonly id: string; readonly what: 'began' | 'said' | 'ended' };
  /** A message was taken, or worked on. */
  readonly message: { readonly id: string };
  /** There is something new to see of a running call. */
  readonly live: { readonly id: string };
}

/** Calls a person of the office first, and then somebody outside. */
export interface CallBack {
  /**
   * Rings `extension`; once it is taken up, `number` is dialled. `callId` is the call that it is about.
   * Resolves when it rings.
   */
  start(call: {
    readonly extension: string;
    readonly number: string;
    readonly callId: string;
  }): Promise<void>;
}

/** How the house stands, in numbers. */
export interface Stand {
  /** Notifications that wait to be delivered, and those that could not be for three days. */
  readonly notices: { readonly waiting: number; readonly givenUp: number };
  /** Where the records lie. */
  readonly diskFreeBytes: number;
}

/** Who looks, as the other office is told. */
export interface Person {
  /** The name of their account here. */
  readonly name: string;
  readonly role: Role;
}

/** Other offices, whose heads are shown and whose calls and messages are opened where they lie. */
export interface OtherOffices {
  /** In the order of the configuration. */
  list(): readonly OfficeState[];
  /**
   * A question of the rooms of `office`, asked for `person`: their role there decides, and the audit
   * log there has their name. @throws FEDERATION_NO_OFFICE, FEDERATION_AWAY, and what the office refuses
   */
  ask<One extends AskName>(
    office: string,
    method: One,
    input: InputOf<One>,
    person: Person,
  ): Promise<OutputOf<One>>;
  /** @throws as `ask` */
  health(office: string, person: Person): Promise<OfficeHealth>;
}

/** What the dashboard needs of the house. */
export interface WebParts {
  readonly settings: WebSettings;
  readonly room: ReadingRoom;
  readonly privacy: PrivacyOffice;
  readonly workshop: Workshop;
  readonly events: Events<Happenings>;
  /** What the doctor finds now. */
  readonly health: () => Promise<readonly Finding[]>;
  /** Whether calls are answered. */
  readonly ready: () => boolean;
  /** How many trunks work, and how many do not. */
  readonly trunks?: () => { readonly up: number; readonly lost: number };
  /** Calls that run. */
  readonly live: Pick<
    LiveDesk,
    'allows' | 'end' | 'find' | 'list' | 'listen' | 'mayListen' | 'takeOver' | 'whisper'
  >;
  /** The telephones of the office. */
  readonly telephones: () => readonly { readonly number: string; readonly name: string }[];
  /** Undefined where no calls to the outside are possible. */
  readonly callBack?: () => CallBack | undefined;
  /** Undefined where this dashboard stands for its own office alone. */
  readonly offices?: OtherOffices | undefined;
  /** How many calls are held, and how many are at most. */
  readonly lines: () => {
    readonly held: number;
    readonly most: number;
    /** Callers for whom none was free, since the start. */
    readonly turnedAway: number;
    /** How the last calls sounded together; undefined before the first. */
    readonly quality?: LineQuality;
  };
  /** What only the house knows of itself. */
  readonly stand: () => Promise<Stand>;
  /** The office, for the head of the page. */
  readonly office: { readonly name: string; readonly language: string; readonly timeZone: string };
  readonly feed: FeedSettings;
  readonly version: string;
  /** PEM files of other certificates of the house, by what they are for. */
  readonly certificates?: Readonly<Record<string, string>>;
  /** Folder of the built pages. */
  readonly pages: string;
  /** `ca` undefined for a certificate of the office's own. */
  readonly tls: Omit<TlsFiles, 'ca'> & { readonly ca: string | undefined };
  readonly clock: Clock;
  readonly log: Log;
}
