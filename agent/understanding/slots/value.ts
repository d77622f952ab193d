import type { OpeningHours } from '../hours.js';

/** Kinds of facts that callers say. */
export const SLOT_KINDS = ['person_name', 'phone', 'date_time', 'email', 'dob'] as const;

export type SlotKind = (typeof SLOT_KINDS)[number];

/** What a date stands for in which a day was not told. */
export type Loose = 'week' | 'month';

/** A fact that was found in a text. */
export interface SlotValue {
  /**
   * Name in title case; digits of a telephone number; ISO 8601 local time, or a date that ` morning`,
   * ` afternoon` or ` evening` may follow; address; ISO date.
   */
  readonly value: string;
  /** 0..1 */
  readonly confidence: number;
  /** The part of the text that it was read from, as written there. */
  readonly heard: string;
  /** A telephone number that was told with its plus, and that without it would be another number in the country. */
  readonly international?: true;
  /** A time or a part of a day that was told without its day: the next one is meant, if no day was told before. */
  readonly dayless?: true;
  /** Only the week or the month was told: the date is its first day, in place of any of it. */
  readonly loose?: Loose;
}

/** Where and when something is said. */
export interface SlotContext {
  /** `en`, or a tag such as `en-GB`. */
  readonly language: string;
  /** ISO 3166, two letters: how numbers are dialled and dates written. */
  readonly country: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** IANA name. */
  readonly timeZone: string;
  /** Decides between morning and evening where a caller does not say. */
  readonly hours?: OpeningHours;
}
