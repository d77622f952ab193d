import type { MovingFeast } from './feasts.js';
import type { Phrases } from './tokens.js';

/** Numbers as a language says them. */
export interface NumberWords {
  /** zero … nine, and other names of the digits that mean nothing else. */
  readonly digits: ReadonlyMap<string, number>;
  /** Digit words that are said of other things too ("oh"). */
  readonly weakDigits: ReadonlyMap<string, number>;
  /** Words that sound like a digit on a telephone ("for"); digits only among digits. */
  readonly homophones: ReadonlyMap<string, number>;
  /** What a zero between two digits is heard as: "five a one" was "five oh one". */
  readonly zeroHeardAs: ReadonlySet<string>;
  /** The same of words that mean something between two digits, but not amid many. */
  readonly zeroHeardAmongMany: ReadonlySet<string>;
  /** Digits in the plural ("fives"). */
  readonly plurals: ReadonlyMap<string, number>;
  /** ten … nineteen */
  readonly teens: ReadonlyMap<string, number>;
  /** twenty … ninety */
  readonly tens: ReadonlyMap<string, number>;
  readonly ordinals: ReadonlyMap<string, number>;
  /** Years that are one word, where a language has such. */
  readonly years: ReadonlyMap<string, number>;
  readonly hundred: ReadonlySet<string>;
  readonly thousand: ReadonlySet<string>;
  /** double, triple … */
  readonly repeats: ReadonlyMap<string, number>;
  readonly and: ReadonlySet<string>;
}

/** Words of telephone numbers. */
export interface PhoneWords {
  /** May stand between the digits of one number. */
  readonly between: Phrases;
  readonly plus: ReadonlySet<string>;
  readonly extension: Phrases;
  /** Words that a mere answer with a number may hold besides. */
  readonly around: ReadonlySet<string>;
  /** Between two numbers: it is the second that counts ("but"). */
  readonly instead: ReadonlySet<string>;
  /** Nouns that turn the number before them into something else ("dollars"). */
  readonly counted: ReadonlySet<string>;
  /** Countries as callers name them ("UK", "british"), and their ISO codes. */
  readonly countries?: ReadonlyMap<string, string>;
}

/** How a speaker takes something back. */
export interface MendWords {
  /** "um", "uh": sounds that mean nothing wherever they stand. */
  readonly hesitations: ReadonlySet<string>;
  readonly fillers: Phrases;
  /** "no wait", "sorry", "I mean": what follows replaces what came before. */
  readonly mends: Phrases;
  /** "scratch that": all before is void. */
  readonly restarts: Phrases;
}

/** Letters as they are spelled. */
export interface LetterWords {
  /** Names of letters that mean little else ("aitch", "zee"). */
  readonly names: ReadonlyMap<string, string>;
  /** Names of letters that are given names too ("kay"): names where they stand alone. */
  readonly givenNames: ReadonlySet<string>;
  /** Names that are common words too ("see"); letters only among letters. */
  readonly weakNames: ReadonlyMap<string, string>;
  /** The spelling alphabet, word to letter. */
  readonly alphabet: ReadonlyMap<string, string>;
  /** "as in", "for", "like" before the example word. */
  readonly asIn: Phrases;
  /** "capital", "then", "and" between letters. */
  readonly between: Phrases;
  /** Those of them that may part one spelled word from the next. */
  readonly parting?: Phrases;
  /** Signs by name: "hyphen", "apostrophe". */
  readonly signs: ReadonlyMap<string, string>;
  /** Announce a spelling: "that's", "spelled". */
  readonly announce: Phrases;
}

/** Words around and inside names. */
export interface NameWords {
  /** A name follows, whatever it is: "my name is". */
  readonly carriers: Phrases;
  /** What the speaker is called besides: a fuller name counts more. */
  readonly nicknames: Phrases;
  /** "my mother": the name of whom the call is about may follow. */
  readonly relations: Phrases;
  /** Halves of given names of two: "Jean-Luc Picard" and not "Laurent-Moreau Delphine". */
  readonly doubleGiven: ReadonlySet<string>;
  /** A name may follow: "it's", "I'm". */
  readonly weakCarriers: Phrases;
  /** A name stands before: "speaking", "here". */
  readonly after: Phrases;
  readonly firstName: Phrases;
  readonly lastName: Phrases;
  readonly titles: ReadonlySet<string>;
  /** Written small inside a name ("van"). */
  readonly particles: ReadonlySet<string>;
  /** Articles of Arabic names, which passports write large when they stand alone ("Al Zahrani"). */
  readonly arabic: ReadonlySet<string>;
  readonly suffixes: ReadonlyMap<string, string>;
  /** Words that are no name. */
  readonly common: ReadonlySet<string>;
  /** Common words that are names too ("Bill", "Park"): names beside another name. */
  readonly both: ReadonlySet<string>;
  /** Family names with a capital behind their Mac. */
  readonly macs: ReadonlySet<string>;
  /** Endings of common words, for names said without a carrier. */
  readonly commonEndings: readonly string[];
  /** What was done, or has befallen somebody: "I'm parked outside". */
  readonly participle?: RegExp;
  /** Words that are names oftener than not where nothing else was said. */
  readonly aloneToo?: ReadonlySet<string>;
  /** Words that show that the single word before them is a thing, not a name. */
  readonly continues: ReadonlySet<string>;
  /** Open another sentence of the speaker's behind a whole name: "my", "I". */
  readonly speakers: ReadonlySet<string>;
  /** Behind a name: where somebody is from. */
  readonly origins: ReadonlySet<string>;
  /** Behind a name, before the one it is made of. */
  readonly shortFor: Phrases;
  /** Behind a name, say that it is no person's: "Boots pharmacy". */
  readonly houses: ReadonlySet<string>;
  /** Behind a name that is made of the one before it. */
  readonly forShort: Phrases;
  /** May surround a mere answer with a name. */
  readonly around: Phrases;
  readonly with: Phrases;
  /** After a respelling, before a further letter: "and an". */
  readonly withMore: Phrases;
  /** "hyphenated": the two words before it are one. */
  readonly hyphenated: Phrases;
  readonly without: Phrases;
  readonly notInstead: Phrases;
  readonly atTheEnd: Phrases;
  /** Behind a letter: it stands elsewhere than at the end. */
  readonly inside?: Phrases;
  /** For a letter, what it may stand in the place of. */
  readonly soundsLike: ReadonlyMap<string, readonly string[]>;
}

/** Words of addresses of electronic mail. */
export interface EmailWords {
  readonly at: Phrases;
  /** Signs by name: "dot", "underscore". */
  readonly signs: ReadonlyMap<string, string>;
  /** Words before an address that do not belong to it. */
  readonly stops: ReadonlySet<string>;
  /** Said between the parts without being part: "all one word". */
  readonly ignored: Phrases;
  /** Providers whose domain callers leave out, as recognisers write them, and the domain. */
  readonly providers: ReadonlyMap<string, string>;
  readonly topLevel: ReadonlySet<string>;
  /** What recognisers make of "at" and of the last part of a domain. */
  readonly soundsLikeAt: ReadonlySet<string>;
  readonly soundsLikeEnding: ReadonlyMap<string, string>;
}

/** Parts of a day, as a date may be followed by. */
export type DayPart = 'morning' | 'afternoon' | 'evening';

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
  /** Before a day that is past: "since", "last". */
  readonly since: ReadonlySet<string>;
  /** A time that is over: "yesterday", "last week". */
  readonly gone: Phrases;
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

/** Units of a span of time. */
export type SpanUnit = 'minutes' | 'hours' | 'days' | 'weeks' | 'months';

/** Words of corrections to a number or name that was read back. */
export interface CorrectionWords {
  readonly digit: ReadonlySet<string>;
  readonly last: ReadonlySet<string>;
  readonly first: ReadonlySet<string>;
  readonly is: Phrases;
  readonly not: Phrases;
  readonly endsIn: Phrases;
  readonly startsWith: Phrases;
  /** Behind the digits that a number begins with: "a zero in front". */
  readonly inFront: Phrases;
  readonly areaCode: Phrases;
  readonly fromEnd: Phrases;
  readonly change: Phrases;
}

/** Words that are made of two. */
export interface Compounds {
  /** The two in its groups. */
  readonly pattern: RegExp;
  /** Second halves that mean something else alone, and what to read in their place. */
  readonly instead: ReadonlyMap<string, string>;
}

/** All that the slots know of one language. */
export interface SlotVocabulary {
  readonly numbers: NumberWords;
  readonly mend: MendWords;
  readonly phone: PhoneWords;
  readonly letters: LetterWords;
  readonly names: NameWords;
  readonly email: EmailWords;
  readonly dates: DateWords;
  readonly corrections: CorrectionWords;
  /** A day and a part of it in one word ("Montagvormittag"); without it none are parted. */
  readonly compounds?: Compounds;
}
