import type { CallHandling, GateEvent } from '../dialogue/ports.js';
import type { Diary } from '../dialogue/diary.js';
import type { CallerRights } from '../privacy/caller-rights.js';
import type { Attestation } from '../telephony/attestation.js';
import type { Ari, ChannelData } from '../telephony/ari.js';
import type { Line } from '../telephony/line.js';
import type { CallQuality } from '../telephony/quality/figures.js';
import type { ConversationParts } from './conversation-parts.js';
import type { Longest } from './handling-time.js';
import type { Afterwards } from './rephrasing.js';
import type { People } from './transfer/people.js';

/** What a visit asks of the telephone system: Asterisk's, or that of a desk. */
export type Exchange = Pick<
  Ari,
  'answer' | 'continueAt' | 'events' | 'hangUp' | 'setVariable' | 'stands' | 'watch'
>;

/** A desk's microphone has no RTP. */
export const hasStatistics = (ari: Exchange): ari is Exchange & Pick<Ari, 'rtpStatistics'> =>
  'rtpStatistics' in ari;

/** What a visit asks about the handling of its call. Neither ever fails. */
export interface VisitHandling {
  /**
   * How the call `id` is to be held; numbers as the network gave them, the caller's empty when withheld. The id
   * is for the log alone.
   */
  of(
    call: {
      readonly caller: string;
      readonly called: string;
      readonly attestation?: Attestation;
    },
    id: string,
  ): Promise<CallHandling>;
  count(what: GateEvent): Promise<void>;
  readonly longest: Longest;
}

export interface VisitParts extends ConversationParts {
  readonly ari: Exchange;
  /** The ear of a party: a line that `open` opens. */
  readonly ear: (channelId: string, earId: string) => Line & { open(): Promise<void> };
  /** What the carrier says of a caller's number; nothing is asked if absent. */
  readonly attested?: (channel: ChannelData) => Promise<Attestation | undefined>;
  /** Hears how each call sounded, at its end. */
  readonly quality?: (quality: CallQuality) => void;
  /** What is done with the record once the call is over. */
  readonly afterwards?: Afterwards | undefined;
  /** Extension of each transfer target. */
  readonly extensionOf: (target: string) => string | undefined;
  /** The office's people, to be asked before a caller is connected; every transfer is blind if absent. */
  readonly people?: People;
  readonly recording: boolean;
  /** The office's calendars, if it has any. */
  readonly diary?: Diary | undefined;
  /** How each call is to be held; every call is the assistant's if absent. */
  readonly handling?: VisitHandling;
  /** A telephone number in E.164, if it is one; by it a contact is recognised. */
  readonly contactNumber: (number: string) => string | undefined;
  /** Id of the stored configuration that calls are held under, if it could be stored. */
  readonly configuration: () => string | undefined;
  /** What callers objected to, and where requests about their data go. */
  readonly rights?: Pick<CallerRights, 'guardian' | 'objections' | 'request'>;
}
