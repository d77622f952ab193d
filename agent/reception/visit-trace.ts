import type { Span } from '../monitoring/ports.js';

/**
 * The frame of a call's trace: how long it rang, how long it took to take it up, and the storing of its
 * record. Times in milliseconds of the call.
 */
export class VisitTrace {
  readonly #call: Span | undefined;
  #ring: Span | undefined;
  #answer: Span | undefined;

  constructor(call: Span | undefined) {
    this.#call = call;
    this.#ring = call?.span('ring', 0);
  }

  answered(nowMs: number): void {
    if (this.#ring === undefined) return;
    this.#ring.end(nowMs);
    this.#ring = undefined;
    this.#answer = this.#call?.span('answer', nowMs);
  }

  /** We hear and speak. */
  talking(nowMs: number): void {
    this.#answer?.end(nowMs);
    this.#answer = undefined;
  }

  /** The record is about to be stored; the returned function is told when it is, or that it is not. */
  storing(nowMs: number): (nowMs: number, failed: boolean) => void {
    const record = this.#call?.span('record', nowMs);
    return (atMs, failed) => record?.end(atMs, failed ? { failed } : {});
  }

  /** Everything of the call is closed. */
  end(nowMs: number, outcome: string, endedBy: string, language: string): void {
    this.#ring?.end(nowMs);
    this.talking(nowMs);
    this.#call?.end(nowMs, { outcome, endedBy, language });
  }
}
