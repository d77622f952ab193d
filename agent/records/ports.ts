import type { Pcm } from '../audio/frame.js';

/** Times are milliseconds since 1970 unless the name says otherwise; `atMs` is from the call's start. */
export interface NewCall {
  readonly id: string;
  readonly startedAt: number;
  /** As the network gave it, or undefined when withheld. Stored sealed. */
  readonly callerNumber: string | undefined;
  readonly calledNumber: string;
  readonly language: string;
}

export interface NewUtterance {
  readonly call: string;
  readonly party: 'caller' | 'agent';
  readonly atMs: number;
  readonly lengthMs: number;
  readonly text: string;
  readonly confidence: number | undefined;
  readonly engine: string | undefined;
  /** JSON of word times, where the engine gives them. */
  readonly words: string | undefined;
  /** False when it was cut short by the caller. */
  readonly whole: boolean;
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

export interface CallEnd {
  readonly call: string;
  readonly endedAt: number;
  readonly outcome: string;
  /** Who or what ended it: caller, agent, interrupted. */
  readonly endedBy: 'caller' | 'agent' | 'interrupted';
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
}

/** A sealed stereo recording being written: left the caller, right what the caller was played. */
export interface RecordingWriter {
  /** PCM of one side at `atMs` from the call's start. Gaps become silence; overlaps keep the first. */
  write(side: 'caller' | 'agent', pcm: Pcm, atMs: number): void;
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
  readonly consents: { grant(consent: NewConsent): Promise<Consent> };
  readonly recordings: { open(consent: Consent): Promise<RecordingWriter> };
}
