import type { ConsentMode } from './consent.js';
import type { Expectation } from '../speech/expectations.js';
import type { Understood } from '../understanding/ports.js';
import type { Guest, Slot, SlotWish } from './diary.js';
import type { Away } from './directory.js';

/** A piece of what is said: an approved text, or a template and what fills it. */
export interface Phrase {
  /** Id in the language's prompt table, or `faq.ID` for an approved answer of the office. */
  readonly prompt: string;
  /** Fillings of the template. */
  readonly fill: Readonly<Record<string, string>>;
  /** The whole text, ready to be spoken. */
  readonly text: string;
}

/** What the reception tells the dialogue. `now` is milliseconds since 1970, so that the machine needs no clock. */
export type DialogueEvent =
  | {
      readonly kind: 'begin';
      readonly now: number;
      /** The caller's number as the network gave it; absent when withheld. */
      readonly caller?: string;
      /** How this call is to be held; the assistant takes it if absent. */
      readonly handling?: CallHandling;
    }
  | {
      readonly kind: 'heard';
      readonly text: string;
      readonly understood: Understood;
      readonly now: number;
      /** Where in the call it was said; absent when it was not heard. */
      readonly at?: Snippet;
    }
  /** The caller spoke and our recognition failed: what was said is not known. */
  | { readonly kind: 'unheard' }
  | { readonly kind: 'key'; readonly digit: string }
  /** Nobody spoke for `ms` since we finished speaking. */
  | { readonly kind: 'silence'; readonly ms: number }
  /**
   * The caller's turn ended a while ago, and it is not known yet what was said, or our voice does not go on.
   * Changes no state.
   */
  | { readonly kind: 'kept-waiting' }
  /** What was last said has been heard to its end. */
  | { readonly kind: 'spoken' }
  /** Our voice failed: of what was to be said nothing was heard, or only its beginning. */
  | { readonly kind: 'unspoken' }
  | {
      readonly kind: 'transfer-ended';
      readonly outcome: TransferOutcome;
      /** The caller is with us again, after a talk too. */
      readonly back?: true;
      /** They were given back, or come to be handed on: we do not close the line, whatever `afterTalk` says. */
      readonly given?: true;
    }
  /** Something happened while people are asked or talk; `who` is the id of a transfer target. */
  | { readonly kind: 'talk'; readonly what: TalkEvent; readonly who?: string }
  /** A whole message could not be stored; what should have been said after it was not. */
  | { readonly kind: 'not-kept' }
  /** The longest time for a call is nearly over, or over. */
  | { readonly kind: 'time'; readonly left: 'little' | 'none' }
  /** Somebody of the staff takes the caller over, at this telephone of the office. */
  | { readonly kind: 'taken-over'; readonly extension: string }
  /** Somebody of the staff ends the call. */
  | { readonly kind: 'ended-by-staff' }
  /** What the diary has; the slots are held for this call. */
  | { readonly kind: 'slots-found'; readonly slots: readonly Slot[]; readonly now: number }
  | { readonly kind: 'slot-booked'; readonly slot: Slot }
  /** Somebody else has it. */
  | { readonly kind: 'slot-lost'; readonly slot: Slot }
  /** The diary could not be read or written in time; nothing was booked. */
  | { readonly kind: 'diary-failed' }
  | { readonly kind: 'hung-up' };

/** How a call is to be held, as it was decided before it began. */
export interface CallHandling {
  readonly way: 'assistant' | 'staff' | 'voicemail' | 'block';
  /** Who rings before the assistant takes the call, and for how long; with `staff`. */
  readonly staff?: { readonly target: string; readonly seconds: number };
  /** The key, 1 to 9, that a suspicious caller has to press before anything else. */
  readonly challenge?: string;
  /** Whether this call is recorded after the notice; as the office is set if absent. */
  readonly recorded?: boolean;
  /** Who of the staff is away today. */
  readonly away?: readonly Away[];
}

/** What the gate counts. */
export type GateEvent =
  'blocked' | 'challenged' | 'passed' | 'refused' | 'emergency' | 'solicitation' | 'silent';

/** `voicemail`: whoever was asked wants a message taken. */
export const TRANSFER_OUTCOMES = [
  ...['answered', 'busy', 'no-answer', 'declined', 'voicemail', 'failed'],
] as const;
export type TransferOutcome = (typeof TRANSFER_OUTCOMES)[number];

/** What happens between people, for the journal. */
export type TalkEvent =
  | 'asked' // a person is told of the caller
  | 'connected'
  | 'recorded' // both were told that the recording goes on
  | 'unrecorded'
  | 'held' // a person's telephone put the caller on hold
  | 'resumed'
  | 'caller-held' // the caller's telephone put the people on hold
  | 'caller-resumed'
  | 'parked' // a person lets the caller wait by key
  | 'unparked'
  | 'joined' // one more person
  | 'left'
  | 'sent-on' // a person's telephone sends the caller to another one
  | 'given-back'; // a person gives the caller back to us

/** What the dialogue wants done. */
export type DialogueAction =
  | {
      readonly do: 'say';
      readonly phrases: readonly Phrase[];
      /** What this asks the caller, for the record and for `converse` (greeting, anything_else, …). */
      readonly asks: string;
      /** Whether the caller may talk over it. The notice may not be cut. */
      readonly interruptible: boolean;
      /** What the answer should be made of, where that helps to hear it. */
      readonly expects?: Expectation;
    }
  /** Consent to the recording is met, by the notice or by an answer. */
  | {
      readonly do: 'grant-consent';
      readonly basis: ConsentMode;
      readonly noticeVersion: string;
      readonly how?: 'voice' | 'key';
    }
  /** The caller does not agree: end a recording that runs, destroy what it holds, open none. */
  | {
      readonly do: 'stop-recording';
      /** False keeps what was recorded with consent until the caller has said what becomes of it. */
      readonly erase?: boolean;
      readonly basis?: ConsentMode;
      readonly noticeVersion?: string;
      readonly withdrawn?: boolean;
      readonly how?: 'voice' | 'key';
    }
  /**
   * `target` is the id of one of the settings' transferTargets. The caller has been told, unless staff
   * ring first: then for `seconds` instead of the usual time.
   */
  | {
      readonly do: 'transfer';
      readonly target: string;
      readonly why: string;
      readonly seconds?: number;
      /** The telephone of whoever takes the call over, in place of that of `target`. */
      readonly extension?: string;
      /** The person is told of the caller and asked first. */
      readonly how?: 'announced';
      /** Ids of the people who ring together, when `target` is a department. */
      readonly among?: readonly string[];
      /** They ring one after the other instead. */
      readonly inTurn?: true;
      /** How long the caller waits for one of them who is free, in seconds. */
      readonly queueSeconds?: number;
      /** What the person is told, where it is known: the caller's name and own words. */
      readonly about?: { readonly name: string | null; readonly said: string | null };
    }
  | { readonly do: 'count'; readonly what: GateEvent }
  /** Keeps a message as far as it was taken; the same `number` replaces what was kept before. */
  | { readonly do: 'keep-message'; readonly message: TakenMessage }
  /**
   * What the guardian of somebody under age said, who they are, and how; unless they agreed, what the call
   * holds is put on hold.
   */
  | {
      readonly do: 'note-guardian';
      readonly what: 'agreed' | 'refused' | 'absent';
      readonly who: string | null;
      readonly how: 'voice' | 'key' | 'silence' | 'hang-up';
    }
  /** Looks for free times, and holds them for this call in place of those held before. */
  | { readonly do: 'find-slots'; readonly wish: SlotWish }
  /** Writes a free time into the calendar. The caller has agreed to it. */
  | { readonly do: 'book-slot'; readonly slot: Slot; readonly guest: Guest }
  /** Holds nothing for this call any more. */
  | { readonly do: 'release-slots' }
  | { readonly do: 'hang-up' };

/** A part of a call and of its recording, in milliseconds from the call's start. */
export interface Snippet {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What a caller told to one question of a message. */
export interface Told {
  /** As it was understood (digits, an ISO time, a name); null when only words were heard. */
  readonly value: string | null;
  /** The caller's own words, or the keys. */
  readonly heard: string;
  /** 0..1 */
  readonly confidence: number;
  readonly by: 'voice' | 'keys' | 'caller-id';
  /** Where it was said; absent when it was not heard. */
  readonly snippet?: Snippet;
}

/** A message as far as it was taken. What was not told, or not asked yet, is null. */
export interface TakenMessage {
  /** 1 for the first message of a call. */
  readonly number: number;
  /** Id of the transfer target it is for; null for the office. */
  readonly recipient: string | null;
  /** Intent that led to it: message.leave, appointment.book, … */
  readonly intent: string;
  readonly name: Told | null;
  readonly phone: Told | null;
  readonly reason: Told | null;
  readonly urgent: boolean | null;
  readonly callbackTime: Told | null;
  /** What was asked besides, by its id: dob, medicine, …; absent when nothing was. */
  readonly details?: Readonly<Record<string, Told>>;
  /** `partial` until every question was asked. */
  readonly state: 'partial' | 'complete';
  /** Whether the caller agreed to what was read back. */
  readonly confirmed: boolean;
}

/** How a call ended, in the dialogue's terms. */
export type Outcome =
  | 'answered' // the caller got what was asked
  | 'message' // a message was taken
  | 'transferred'
  | 'abandoned' // hung up before anything was settled
  | 'unserved'; // nobody could help

/** The state of a dialogue: plain data that can be journalled. */
export interface DialogueState {
  readonly phase: string;
  readonly [fact: string]: unknown;
}

/** One step: the new state, what to do, and why, in terms of our own codes (never callers' words). */
export interface DialogueStep {
  readonly state: DialogueState;
  readonly actions: readonly DialogueAction[];
  readonly reason: string;
  /** Silence, in milliseconds, after which the dialogue wants to know; the usual one if absent. */
  readonly patienceMs?: number;
}

/** The dialogue machine: pure, so that a journal replays to the same decisions. */
export interface Dialogue {
  start(): DialogueState;
  step(state: DialogueState, event: DialogueEvent): DialogueStep;
  outcome(state: DialogueState): Outcome;
  /** Every fixed text that can be spoken, to be rendered ahead. */
  fixedTexts(): readonly string[];
}
