import type { TimeSpan } from '../ics.js';

/** An entry to be written. */
export interface NewEntry {
  /** Short, and like no other. */
  readonly uid: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly summary: string;
  readonly description: string;
}

/** A calendar that free times come from. Every error is of the calendar's area. */
export interface CalendarStore {
  /** When it is busy between `from` and `to`, clipped to them, in the order of time. */
  busy(from: number, to: number, signal: AbortSignal): Promise<readonly TimeSpan[]>;
  /**
   * Writes an entry; false if its time is taken. Of any number that are written at once, from any
   * number of programs of ours, one wins. When it throws, nothing of it stays, or it was tried to
   * take it out again.
   */
  add(entry: NewEntry, signal: AbortSignal): Promise<boolean>;
  /** Takes an entry of ours out again; one that is gone is no fault. */
  remove(uid: string, signal: AbortSignal): Promise<void>;
}
