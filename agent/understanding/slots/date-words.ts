import type { MovingFeast } from './feasts.js';
import type { Phrases } from './tokens.js';

/** Parts of a day, as a date may be followed by. */
export type DayPart = 'morning' | 'afternoon' | 'evening';

/** Units of a span of time. */
export type SpanUnit = 'minutes' | 'hours' | 'days' | 'weeks' | 'months';

/** Words of dates and times. */
export interface DateWords {
  /** Phrase to days from today. */
  readonly relativeDays: ReadonlyMap<string, number>;
  /** Phrase to 1 (Monday) … 7. */
  readonly weekdays: ReadonlyMap<string, number>;
  /** 1 … 12. */
  readonly months: ReadonlyMap<string, number>;
  /** Fixed feasts, `MM-DD`. */
  readonly feasts: ReadonlyMap<string, string>;
  /** Feasts whose date moves. */
  readonly movingFeasts: ReadonlyMap<string, MovingFeast>;
  /** Before a day: the one after it (1) or before it (-1); alone, after a day that is refused. */
  readonly beside: ReadonlyMap<string, number>;
  /** "last", in "the last Friday of May". */
  readonly last: ReadonlySet<string>;
  readonly endOfNextWeek: Phrases;
  readonly endOfMonth: Phrases;
  readonly nextWeekend: Phrases;
  /** Behind "an hour": thirty minutes more. */
  readonly andHalf: Phrases;
  readonly parts: ReadonlyMap<string, { readonly part: DayPart; readonly today?: true }>;
  /** Times by name, in minutes since midnight. */
  readonly namedTimes: ReadonlyMap<string, number>;
  readonly am: Phrases;
  readonly pm: Phrases;
  readonly oclock: Phrases;
  /** Between hour and minutes: German "drei Uhr dreißig". */
  readonly hourMark: ReadonlySet<string>;
  /** Before an hour, so many minutes less: German "halb drei" is half past two. */
  readonly upTo: ReadonlyMap<string, number>;
  readonly minutes: ReadonlySet<string>;
  readonly half: ReadonlySet<string>;
  readonly quarter: ReadonlySet<string>;
  readonly past: ReadonlySet<string>;
  readonly to: ReadonlySet<string>;
  /** Between what is so and what follows of it: "I finish at four, so five". */
  readonly so?: ReadonlySet<string>;
  /** Before a reason: "because". */
  readonly reasons?: Phrases;
  /** Said of a day that the caller had in mind: "I was thinking". */
  readonly wished?: Phrases;
  /** Behind a span and a part of it: "in two weeks' time". */
  readonly spanTail?: ReadonlySet<string>;
  /** Before a day, its part: "early on Friday". */
  readonly edges?: ReadonlyMap<string, DayPart>;
  /** Before a day, the week that holds it: "the week of". */
  readonly weekOf?: Phrases;
  /** Before a feast, the days behind it: "between Christmas and New Year". */
  readonly between?: ReadonlySet<string>;
  /** Before what is only a proposal: "say", "maybe". */
  readonly guesses?: ReadonlySet<string>;
  /** The year to come, any day of it. */
  readonly newYear?: Phrases;
  /** Part of a week to its weekday, 1 … 7. */
  readonly weekParts?: ReadonlyMap<string, number>;
  readonly but?: ReadonlySet<string>;
  /** Before the day that is preferred to another: "preferably". */
  readonly prefers?: Phrases;
  /** Behind it: "works better". */
  readonly better?: Phrases;
  /** Part of a month to its first day, 0 for the last: "early", "the middle". */
  readonly monthParts?: ReadonlyMap<string, number>;
  /** The stroke between the figures of a date. */
  readonly slash?: ReadonlySet<string>;
  /** Behind a number, what makes it a share: "seven out of ten". */
  readonly outOf?: Phrases;
  /** Before a time: "at", "around", "after". */
  readonly timeCues: ReadonlySet<string>;
  /** Before a time and nothing else: "at", "around". */
  readonly clockCues: ReadonlySet<string>;
  /** "hours", behind "nine hundred". */
  readonly hours: ReadonlySet<string>;
  readonly next: ReadonlySet<string>;
  readonly this: ReadonlySet<string>;
  readonly the: ReadonlySet<string>;
  readonly of: ReadonlySet<string>;
  readonly in: ReadonlySet<string>;
  /** Parts of a date by their names: "the month is …". */
  readonly labels?: {
    readonly day: ReadonlySet<string>;
    readonly month: ReadonlySet<string>;
    readonly year: ReadonlySet<string>;
  };
  /** "year", before its number. */
  readonly year: ReadonlySet<string>;
  /** "from", "after" between a span and a day. */
  readonly from: ReadonlySet<string>;
  /** Before a day that does not suit: "except", "I can't do". */
  readonly except: Phrases;
  /** Behind a day that does not suit. */
  readonly exceptAfter: Phrases;
  /** Say that something is put off from one day to another. */
  readonly moves: Phrases;
  readonly movedFrom: ReadonlySet<string>;
  /** Before a day that is past or usual, and is none that is asked for: "since", "last", "every". */
  readonly since: ReadonlySet<string>;
  /** A time that is over: "yesterday", "last week". */
  readonly gone: Phrases;
  /** Before a time without a day: it is today's, though it is over ("was meant to be here at nine"). */
  readonly wasDue?: Phrases;
  readonly now: Phrases;
  readonly one: ReadonlySet<string>;
  readonly couple: Phrases;
  readonly units: ReadonlyMap<string, { readonly unit: SpanUnit; readonly times: number }>;
  readonly nextWeek: Phrases;
  readonly weekAfterNext: Phrases;
  readonly nextMonth: Phrases;
  readonly thisMonth: Phrases;
  readonly after: ReadonlySet<string>;
  readonly before: ReadonlySet<string>;
  readonly afterNext: Phrases;
  readonly endOfWeek: Phrases;
  readonly weekend: Phrases;
  /** Announce a date of birth. */
  readonly birth: Phrases;
  /** Words that may follow a mere "the fifth"; any other noun makes it something else. */
  readonly afterDay: ReadonlySet<string>;
}
