/** What a call is made of in time; docs/guide/monitoring.md says from when to when. */
export type SpanName =
  | 'ring'
  | 'answer'
  | 'notice'
  | 'turn'
  | 'recognition'
  | 'understanding'
  | 'voice'
  | 'queue'
  | 'decoding'
  | 'synthesis'
  | 'transfer'
  | 'record';

/**
 * What may be told beside times: codes of our own and figures. Never what somebody said, nor a name or
 * number of a caller, of the staff or of the office; nor an intent, which tells of a caller's health.
 */
export interface Facts {
  readonly outcome?: string;
  readonly endedBy?: string;
  readonly language?: string;
  readonly engine?: string;
  readonly how?: string;
  readonly audioMs?: number;
  readonly cpuMs?: number;
  readonly whole?: boolean;
  readonly failed?: boolean;
}

/** A part of a call that runs. All times are milliseconds from the call's start. */
export interface Span {
  /** A part of this part. */
  span(name: SpanName, fromMs: number, facts?: Facts): Span;
  /** Something happened meanwhile. */
  happened(what: 'connected', atMs: number): void;
  /** It is over; what happens to it later counts for nothing. */
  end(atMs: number, facts?: Facts): void;
}

/** Traces of calls. None of these ever fails, and none waits for anybody. */
export interface CallTraces {
  /**
   * The trace of a call, which begins when it is first asked for and is forgotten when it ends; undefined
   * where nobody wants traces. `startedAt` is the monotonic time of the call's start, in milliseconds.
   */
  of(call: string, startedAt: number): Span | undefined;
}
