import type { Pcm } from '../audio/frame.js';
import type { Attestation } from '../telephony/attestation.js';
import type { CallQuality } from '../telephony/quality/figures.js';

/** Times are milliseconds since 1970 unless the name says otherwise; `atMs` is from the call's start. */
export interface NewCall {
  readonly id: string;
  readonly startedAt: number;
  /** As the network gave it, or undefined when withheld. Stored sealed. */
  readonly callerNumber: string | undefined;
  readonly calledNumber: string;
  readonly language: string;
  /** Id of the configuration it is held under, as `configurations.keep` gave it. */
  readonly configuration?: string;
  /** The caller's number in E.164, by which the contact is recognised. */
  readonly contactNumber?: string;
  /** What the carrier said of the caller's number. */
  readonly attestation?: Attestation;
}

/** A detail of a message: as understood, and as heard. */
export interface Detail {
  readonly value: string | null;
  readonly heard: string;
  /** 0..1 */
  readonly confidence: number;
  readonly by: string;
  /** Where in the call's recording it was said, in milliseconds from its start; absent without one. */
  readonly snippet?: { readonly fromMs: number; readonly toMs: number };
}

/** What a message says; null where nothing was told. */
export interface MessageBody {
  readonly name: Detail | null;
  readonly phone: Detail | null;
  readonly reason: Detail | null;
  readonly callbackTime: Detail | null;
  /** What was asked besides, by its id; absent when nothing was. */
  readonly details?: Readonly<Record<string, Detail>>;
}

export interface NewMessage {
  readonly call: string;
  /** 1 for the first message of its call; the same number replaces what was kept before. */
  readonly number: number;
  readonly at: number;
  readonly whole: boolean;
  readonly urgent: boolean | undefined;
  readonly recipient: string | undefined;
  readonly intent: string;
  readonly confirmed: boolean;
  readonly body: MessageBody;
  /** The number to call back, or the caller's, in E.164. */
  readonly contactNumber: string | undefined;
}

export interface NewUtterance {
  readonly call: string;
  readonly party: 'caller' | 'agent';
  /** Id of the transfer target who said it, on our side of the call; absent for our own words. */
  readonly person?: string;
  readonly atMs: number;
  readonly lengthMs: number;
  readonly text: string;
  readonly confidence: number | undefined;
  readonly engine: string | undefined;
  /** JSON of word times, where the engine gives them. */
  readonly words: string | undefined;
  /** False when it was cut short by the caller. */
  readonly whole: boolean;
  /** JSON of what is hidden in the text and may be revealed to some. Stored sealed. */
  readonly hidden?: string;
}

/** Something that was hidden before it was stored: what it was, never which. */
export interface NewRedaction {
  readonly call: string;
  readonly atMs: number;
  readonly kind: string;
  readonly place: 'text' | 'keys' | 'sound' | 'message';
}

export interface NewDecision {
  readonly call: string;
  readonly atMs: number;
  /** JSON of the DialogueEvent. */
  readonly event: string;
  /** JSON of the DialogueAction list. */
  readonly actions: string;
  readonly reason: string;
}

/** How a call went, in numbers and codes: nothing of what was said. */
export interface CallFigures {
  /** From the end of a caller's turn to the first sound of our answer: how many, and their mean. */
  readonly pauses?: number;
  readonly meanPauseMs?: number;
  /** From the beginning of a transfer until a person was there, or nobody came. */
  readonly waits?: number;
  readonly meanWaitMs?: number;
  /** Each turn that was not understood, as the intent that it was nearest to. */
  readonly missed: readonly string[];
}

export interface CallEnd {
  readonly call: string;
  readonly endedAt: number;
  readonly outcome: string;
  /** Who or what ended it: caller, agent, interrupted. */
  readonly endedBy: 'caller' | 'agent' | 'interrupted';
  /** How it sounded: figures, nothing of what was said. */
  readonly quality?: CallQuality;
  /** How long the caller waited, and what was not understood. */
  readonly figures?: CallFigures;
  /** What it came to; absent when nothing was decided in it. */
  readonly record?: {
    /** Codes only, stored beside the outcome. */
    readonly intent: string | undefined;
    readonly urgency: string;
    /** JSON of the dialogue's record: slots, summary, trace. Stored sealed. */
    readonly body: string;
  };
}

/** A call whose recording may be listened to again. */
export interface HeardCall {
  readonly id: string;
  readonly language: string;
  readonly startedAt: number;
}

/** A turn of the caller as it was heard in the call. */
export interface CallerTurn {
  readonly id: number;
  readonly atMs: number;
  readonly lengthMs: number;
  readonly text: string;
  /** Whether it was listened to again already. */
  readonly again: boolean;
}

/** A name, number or date that two hearings of the same words have differently; null for not at all. */
export interface Difference {
  readonly kind: string;
  readonly live: string | null;
  readonly second: string | null;
}

/** What was heard of a turn when its recording was listened to again. */
export interface SecondHearing {
  readonly call: string;
  /** Id of the turn. */
  readonly turn: number;
  readonly at: number;
  readonly engine: string;
  readonly text: string;
  readonly differences: readonly Difference[];
}

declare const granted: unique symbol;

/** Proof that consent was stored: exists only as the result of `consents.grant` after its commit. */
export interface Consent {
  readonly [granted]: true;
  readonly id: number;
  readonly call: string;
}

export interface NewConsent {
  readonly call: string;
  readonly at: number;
  readonly basis: 'announcement' | 'opt-out' | 'opt-in';
  readonly noticeVersion: string;
  /** What was taken for it; the notice alone if absent. */
  readonly how?: 'notice' | 'voice' | 'key';
}

/** What a caller made of the notice, besides agreeing. */
export interface ConsentNote {
  readonly call: string;
  readonly at: number;
  readonly mode: NewConsent['basis'];
  readonly noticeVersion: string;
  readonly what: 'refused' | 'withdrawn' | 'erased';
  readonly how: 'voice' | 'key';
}

/** PCM of one side of a call, at `atMs` from its start. */
export interface SoundOfSide {
  readonly side: 'caller' | 'agent';
  readonly pcm: Pcm;
  readonly atMs: number;
}

/** A sealed stereo recording being written: left the caller, right what the caller was played. */
export interface RecordingWriter {
  /** Seconds of sound that are surely on the disk. */
  readonly stored: number;
  /** The disk refused: nothing more is written here; what is there stays. Another may be opened. */
  readonly broken: boolean;
  /** PCM of one side at `atMs` from the call's start. Gaps become silence; overlaps keep the first. */
  write(side: 'caller' | 'agent', pcm: Pcm, atMs: number): void;
  /**
   * Keeps, where the death of the process does not reach it and on no disk, what would be written
   * besides if the call ended now: `more` of it, or without that `rest` in place of all that was told
   * before. With `more`, too, `rest` may be asked for.
   */
  keepLast(rest: () => readonly SoundOfSide[], more?: SoundOfSide): void;
  /** Seals what is left, writes the final chunk and the count. May be called twice. */
  close(): Promise<void>;
  /** Ends it and destroys what it holds, its key first. May follow `close`. May be called twice. */
  discard(): Promise<void>;
}

/** Port of the store, as the reception uses it. Every promise resolves after the commit. */
export interface Records {
  readonly calls: {
    open(call: NewCall): Promise<void>;
    answered(call: string, at: number): Promise<void>;
    close(end: CallEnd): Promise<void>;
    /** Closes, as `interrupted`, what an earlier life of the daemon left open, except `alive`. */
    interruptOpen(alive: readonly string[], at: number): Promise<number>;
  };
  readonly utterances: { add(utterance: NewUtterance): Promise<void> };
  readonly decisions: { add(decision: NewDecision): Promise<void> };
  readonly redactions: { add(redaction: NewRedaction): Promise<void> };
  readonly messages: {
    /** Returns the message's id. */
    keep(message: NewMessage): Promise<string>;
  };
  readonly configurations: { keep(configuration: string, at: number): Promise<string> };
  readonly consents: {
    grant(consent: NewConsent): Promise<Consent>;
    note(note: ConsentNote): Promise<void>;
  };
  readonly recordings: { open(consent: Consent): Promise<RecordingWriter> };
}
