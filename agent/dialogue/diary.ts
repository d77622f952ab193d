import type { Weekday } from '../understanding/settings.js';

/** A free time that can be booked. */
export interface Slot {
  /** Id of the visit type that it is long enough for. */
  readonly visit: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

/** What is looked for in a diary. */
export interface SlotWish {
  /** Id of the visit type. */
  readonly visit: string;
  /** No slot begins before; milliseconds since 1970. */
  readonly from: number;
  /** Only at this part of the day. */
  readonly part?: DayPart;
  /** On none of these days of the week. */
  readonly notOn?: readonly Weekday[];
  /** The most slots that are told. */
  readonly most: number;
}

export type DayPart = 'morning' | 'afternoon' | 'evening';

/** For whom a slot is booked. */
export interface Guest {
  readonly name: string | null;
  readonly phone: string | null;
  /** Number of the message that holds the rest of what was told. */
  readonly message: number;
}

/**
 * Port to the office's calendars. A slot that was found is held for its call until it is booked, the
 * call looks for others, or releases it; nobody else is offered it meanwhile.
 */
export interface Diary {
  /** Free slots in the order of time, held for `call` in place of those held before; none if none is free. */
  find(call: string, wish: SlotWish, signal: AbortSignal): Promise<readonly Slot[]>;
  /** Writes `slot` into the calendar; false when it was taken meanwhile. Never books twice. */
  book(call: string, slot: Slot, guest: Guest, signal: AbortSignal): Promise<boolean>;
  /** Holds nothing for `call` any more. */
  release(call: string): void;
}
