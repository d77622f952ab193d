import type { ConsentMode } from '../../dialogue/consent.js';
import type { TransferSettings } from '../../dialogue/transfer-settings.js';
import type { Ari } from '../../telephony/ari.js';
import type { WaitingLines } from './waiting-lines.js';

/** What asking people needs of the telephone system. */
export type PeopleExchange = Pick<
  Ari,
  | 'addToBridge'
  | 'createBridge'
  | 'destroyBridge'
  | 'entertain'
  | 'events'
  | 'hangUp'
  | 'invite'
  | 'quieten'
  | 'removeFromBridge'
  | 'setVariable'
  | 'tellReferrer'
>;

/** The people of the office, as calls that are announced reach them. */
export interface People {
  readonly ari: PeopleExchange;
  readonly settings: TransferSettings;
  /** How long a telephone rings, in seconds. */
  readonly ringSeconds: number;
  /** What Asterisk dials for an extension of the list; undefined for what is on no list. */
  readonly endpointOf: (extension: string) => string | undefined;
  /** What Asterisk dials to reach a caller again; undefined without a trunk that carries calls out. */
  readonly outsideOf: (number: string) => string | undefined;
  /** Whether a number that a caller told, or the network, is one that may be called back. */
  readonly isCallable: (number: string) => boolean;
  /** Whether an extension is one of our own Asterisk's. */
  readonly isHere: (extension: string) => boolean;
  /** How a destination is called. */
  readonly nameOf: (target: string) => string;
  /** Id of the person with an extension, if there is one. */
  readonly personAt: (extension: string) => string | undefined;
  /** The notice under which calls are recorded. */
  readonly consent: { readonly mode: ConsentMode; readonly noticeVersion: string };
  readonly lines: WaitingLines;
}

/** The names that what a talk is made of bears in Asterisk. */
export const talkNames = (call: string) => ({
  colleague: (nth: number) => `vestibule-colleague-${call}-${String(nth)}`,
  ear: (nth: number) => `${call}-c${String(nth)}`,
  bridge: `vestibule-talk-${call}`,
});
