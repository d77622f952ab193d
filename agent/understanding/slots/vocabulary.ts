import type { DateWords } from './date-words.js';
import type { Phrases } from './tokens.js';

export type { DateWords, DayPart, SpanUnit } from './date-words.js';

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
  /** Between a given name and a second one: "middle initial". */
  readonly middle?: Phrases;
  readonly titles: ReadonlySet<string>;
  /** Written small inside a name ("van"). */
  readonly particles: ReadonlySet<string>;
  /** Those of them that are written large all the same: articles of Arabic names ("Al Zahrani"), and "St John". */
  readonly arabic: ReadonlySet<string>;
  /** Family names that come first, behind which a particle is a given name: "Nguyen Van Duc". */
  readonly largeBehind?: ReadonlySet<string>;
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
  /** Sighs that are a family's name behind a given name of two short words. */
  readonly sighsToo?: ReadonlySet<string>;
  /** Words that show that the single word before them is a thing, not a name. */
  readonly continues: ReadonlySet<string>;
  /** Open another sentence of the speaker's behind a whole name: "my", "I". */
  readonly speakers: ReadonlySet<string>;
  /** Behind a name: where somebody is from. */
  readonly origins: ReadonlySet<string>;
  /** Behind a name, before one that it was once. */
  readonly formerly?: Phrases;
  /** Behind a name, before the one it is made of. */
  readonly shortFor: Phrases;
  /** Behind a name, say that it is no person's: "Boots pharmacy". */
  readonly houses: ReadonlySet<string>;
  /** Behind a name that is made of the one before it. */
  readonly forShort: Phrases;
  /** Whether a word in lower case is a frequent given name, where that is known. */
  readonly isGiven?: (word: string) => boolean;
  /** Whether a word in lower case is a frequent name, given or of a family, where that is known. */
  readonly isKnown?: (word: string) => boolean;
  /** Whether a word in lower case is a frequent word of the language, where that is known. */
  readonly isWord?: (word: string) => boolean;
  /** Right before a name, tell that it is of somebody or something that is spoken of: "is", "from", "the". */
  readonly othersBehind?: ReadonlySet<string>;
  /** Join the given names of two who share the name of their family: "and". */
  readonly couples?: ReadonlySet<string>;
  /** May stand between what introduces a name and the name: "it's just". */
  readonly softeners?: Phrases;
  /** The comma by its name, between a family and a given name. */
  readonly comma?: ReadonlySet<string>;
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
  /** Behind a sign that stands between the two words before it. */
  readonly between?: Phrases;
  /** What the name of a provider is misheard as. */
  readonly soundsLikeProvider?: ReadonlyMap<string, string>;
  readonly soundsLikeEnding: ReadonlyMap<string, string>;
}

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
  /** Digits stand in each other's place: "the other way round". */
  readonly turned: Phrases;
  /** Behind "last" and "first": two of them, besides the number two itself. */
  readonly pair: ReadonlySet<string>;
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
