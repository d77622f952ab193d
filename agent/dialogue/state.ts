import type { ConsentStage } from './consent.js';
import type { Office } from './office.js';
import type {
  CallHandling,
  DialogueAction,
  DialogueEvent,
  DialogueState,
  Phrase,
  Told,
} from './ports.js';
import type { Draft, Known } from './flows/message/draft.js';
import type { KeptSnippet, SaidTurn } from './snippets.js';

/** Where a dialogue stands; the drawing is in table.ts. */
export type Phase =
  | 'new'
  | 'gate'
  | 'voicemail'
  | 'choosing'
  | 'greeting'
  | 'consenting'
  | 'erasing'
  | 'guardian'
  | 'listening'
  | 'more'
  | 'offering'
  | 'offering-message'
  | 'taking'
  | 'diary'
  | 'announcing'
  | 'transferring'
  | 'leaving'
  | 'handed-over'
  | 'ended';

export type EventOf<Kind extends DialogueEvent['kind']> = Extract<DialogueEvent, { kind: Kind }>;
export type Heard = EventOf<'heard'>;

/** Why a caller is connected with a person. */
export type TransferWhy =
  | 'caller-asked'
  | 'key-0'
  | 'offer-accepted'
  | 'not-understood'
  | 'urgent'
  | 'not-kept'
  | 'voiceless'
  | 'emergency'
  | 'staff-first'
  | 'taken-over';

/** Who is to be rung. */
export interface Transfer {
  readonly target: string;
  readonly why: TransferWhy;
  /** The destination that it began with, and who is tried after `target`; once that is known. */
  readonly asked?: string;
  readonly rest?: readonly string[];
  /** The caller's sentence that led to it. */
  readonly said?: string;
  /** The telephone of whoever takes the call over, in place of that of `target`. */
  readonly extension?: string;
}

/** What a guardian is asked, and what waits for the answer. */
export interface GuardianTalk {
  /** Whether one is there; whether the caller is one; whether they agree; who they are. */
  readonly stage: 'fetch' | 'self' | 'agree' | 'name';
  /** Where the talk was. */
  readonly back: Phase;
  /** What the caller said, to be served afterwards. */
  readonly heard: Heard | null;
  /** Answers that were none. */
  readonly tries: number;
  /** Nobody agreed: no message is taken in this call. */
  readonly denied?: true;
}

/** The facts of a dialogue. Plain data: survives JSON. */
export interface TalkState extends DialogueState {
  readonly phase: Phase;
  /** Time of the last event that told it, milliseconds since 1970. */
  readonly now: number;
  /** Silent spells since the caller last did something. */
  readonly silences: number;
  /** Utterances in a row that were not understood. */
  readonly misunderstood: number;
  readonly failedTransfers: number;
  readonly recordingRefused: boolean;
  readonly consent: ConsentStage;
  /** Consent was given, and not taken back: what is said may be listened to. */
  readonly recorded: boolean;
  readonly settled: 'nothing' | 'answered' | 'unserved' | 'message' | 'transferred';
  /** The caller's number as the network gave it. */
  readonly caller: string | null;
  /** The last request that is not ours to serve: what a message would be about. */
  readonly wish: {
    readonly text: string;
    readonly intent: string;
    /** Id of the transfer target that could not be reached. */
    readonly recipient: string | null;
  } | null;
  /** The message that is being taken, or was left unfinished. */
  readonly message: Draft | null;
  /** The message that was finished last; it may be put right. */
  readonly done: Draft | null;
  /** Messages that were left for another matter and are come back to, the latest last. */
  readonly parked: readonly Draft[];
  /** What an earlier message of the call told of the caller. */
  readonly known: Known | null;
  /** What else the caller wants, to be served when this is done. */
  readonly later: readonly Heard[];
  /** The caller's last turns that have a place in the call, the latest last. */
  readonly turns: readonly SaidTurn[];
  /** Where the details of messages were said, by the message's number and the detail. */
  readonly snippets: Readonly<Record<string, KeptSnippet>>;
  /** Whose wish for an appointment was taken in this call: a further one does not ask again. */
  readonly guest: { readonly name: Told | null; readonly phone: Told | null } | null;
  /** Messages begun in this call. */
  readonly messages: number;
  /** The transfer that was announced or offered. */
  readonly transfer: Transfer | null;
  /** How this call is to be held; null before it begins. */
  readonly handling: CallHandling | null;
  /** What the gate waits for: the key, or the end of what it says. */
  readonly gate: 'challenge' | 'blocked' | 'closing' | null;
  /** Ids of those whom the caller may have meant. */
  readonly choice: readonly string[];
  /** What they are chosen for. */
  readonly choiceFor: 'transfer' | 'message';
  /** Whether the caller ever said or keyed anything. */
  readonly stirred: boolean;
  /** The guardian of a caller who is not of age was asked for; null before that. Once in a call. */
  readonly guardian: GuardianTalk | null;
  /** What `repeat` says again. */
  readonly last: { readonly phrases: readonly Phrase[]; readonly asks: string } | null;
  /** What the caller said while the notice was still being spoken. */
  readonly pending: Heard | null;
}

/** What a flow decides: the next phase, what to do, why, and which facts change. */
export interface Move {
  readonly phase: Phase;
  readonly actions: readonly DialogueAction[];
  readonly reason: string;
  readonly change?: Partial<Omit<TalkState, 'phase'>>;
  readonly patienceMs?: number;
}

export const FIRST: TalkState = {
  phase: 'new',
  now: 0,
  silences: 0,
  misunderstood: 0,
  failedTransfers: 0,
  recordingRefused: false,
  consent: 'open',
  recorded: false,
  settled: 'nothing',
  caller: null,
  wish: null,
  message: null,
  done: null,
  parked: [],
  known: null,
  later: [],
  turns: [],
  snippets: {},
  guest: null,
  messages: 0,
  transfer: null,
  handling: null,
  gate: null,
  choice: [],
  choiceFor: 'transfer',
  stirred: false,
  guardian: null,
  last: null,
  pending: null,
};

export type Say = Extract<DialogueAction, { readonly do: 'say' }>;

/** Questions that are answered with yes or no. */
const YES_NO: ReadonlySet<string> = new Set(['anything_else', 'offer_message', 'offer_person']);

/** Questions that callers answer with whom they want. */
const NAME: ReadonlySet<string> = new Set(['how_can_i_help', 'person', 'which_person']);

/** An action that says `phrases`; the caller may talk over it. */
export function say(asks: string, ...phrases: readonly Phrase[]): Say {
  const said = { do: 'say', asks, phrases, interruptible: true } as const;
  if (NAME.has(asks)) return { ...said, expects: 'name' };
  return YES_NO.has(asks) ? { ...said, expects: 'yes-no' } : said;
}

/** The same, but it is spoken to its end. */
export function sayThrough(asks: string, ...phrases: readonly Phrase[]): DialogueAction {
  return { do: 'say', asks, phrases, interruptible: false };
}

/** No change of phase and nothing to do. */
export function stay(state: TalkState, reason: string): Move {
  return { phase: state.phase, actions: [], reason };
}

/** An event that changes nothing where the talk is. */
export const ignored = (_office: Office, state: TalkState): Move =>
  stay(state, `ignored.${state.phase}`);
