import { de } from './de.js';
import { en } from './en.js';
import { ko } from './ko.js';

/** What short turns of speech mean inside a question; each is looked for in what the caller said. */
export interface Cues {
  /** "never mind", "forget the message" */
  readonly cancel: RegExp;
  /** Takes leave, and does not answer. */
  readonly goodbye: RegExp;
  /** Plainly asks for a human being. */
  readonly person: RegExp;
  readonly yes: RegExp;
  readonly no: RegExp;
  readonly urgent: RegExp;
  readonly notUrgent: RegExp;
  /** "the number I'm calling from" */
  readonly ownNumber: RegExp;
  /** "I'd rather not say", "I have no telephone" */
  readonly refuse: RegExp;
  /** "any time", "it doesn't matter" */
  readonly anyTime: RegExp;
  /** The rest of a yes that was understood already: "that is right" */
  readonly echo: RegExp;
  /** The end of a sentence that was answered already, and no answer to anything: "please" */
  readonly courtesy: RegExp;
  /** About the talk itself and not the matter: "could you say that again", "one moment" */
  readonly aside: RegExp;
  /** Asks who or what is speaking: "am I talking to a robot" */
  readonly identity: RegExp;
  /** Asks whether the call is recorded, and does not object */
  readonly recordingAsked: RegExp;
  /** Speaks of being recorded */
  readonly aboutRecording: RegExp;
  /** "Don't bother", and wants no message after all */
  readonly dismisses: RegExp;
  /** "No need to call back" */
  readonly noCallBack: RegExp;
  /** Is not sure what was asked: "you want my number?" */
  readonly asksBack: RegExp;
  /** Does not know what is asked: "I can't remember it" */
  readonly unknown: RegExp;
  /** Asks what the caller is to do, and not what is offered: "do I need to fast before it" */
  readonly ownDoings: RegExp;
  /** Expects us to know or to find what is asked: "can't you look it up?" */
  readonly looksUp: RegExp;
  /** Wants to know what an answer is needed for: "why do you need that?" */
  readonly asksWhy: RegExp;
  /** Tells where the caller lives or is to be visited */
  readonly ownAddress: RegExp;
  /** Asks where a person is that is waited for, and not where the office is: "where is he" */
  readonly whereabouts: RegExp;
  /** "I don't want that", of what was just told */
  readonly objects: RegExp;
  /** "Just what I said": all that was said is that it was told already. */
  readonly saidAlready: RegExp;
  /** All that was said is that there is nothing more: "that's the lot, cheerio" */
  readonly nothingMore: RegExp;
  /** Speaks of a day that is over: "last Friday" */
  readonly past: RegExp;
  /** "Sorry, wrong number" */
  readonly wrongNumber: RegExp;
  /** "Slower, please" */
  readonly slower: RegExp;
  /** Takes back what was wished before, for something else: "actually no, …" */
  readonly replaces: RegExp;
  /** Asks for somebody, or whether they are there: "is Ann in" */
  readonly asksFor: RegExp;
  /** Speaks of an appointment, a table, a visit */
  readonly booking: RegExp;
  /** Somebody by title and name: "Mister Hale" */
  readonly titled: RegExp;
  /** What somebody is talked about, and not asked for: "about nurse Okafor" */
  readonly concerning: RegExp;
  /** Asks for a call back: a time beside it is when */
  readonly callBack: RegExp;
  /** Asks about opening hours in so many words */
  readonly aboutHours: RegExp;
  /** Names whom the call is for, where that is somebody else, in the group `name` */
  readonly onBehalf: RegExp;
  /** Names somebody of the caller's own for whom something is wanted, in the group `name`: "for my husband Brian Finch" */
  readonly kin: RegExp;
  /** Speaks of somebody of the caller's own for whom something is wanted: "for my mother" */
  readonly relative: RegExp;
  /** Says that something in a message is wrong: "the number was wrong" */
  readonly partWrong: RegExp;
  /** Asks for all that is offered, and for nothing by its name. */
  readonly allServices: RegExp;
  /** Asks to leave a message, to have something told, or to be called back. */
  readonly asksMessage: RegExp;
  /** A word that tells nothing of a matter: "please", "the", "somebody" */
  readonly hollow: RegExp;
  /** All that was said opens a talk and holds no matter yet: "can you help me" */
  readonly opener: RegExp;
  /** Asks about several days around feasts: "between Christmas and New Year" */
  readonly feasts: RegExp;
  /** Begins a correction of something told before: "no, …", "sorry, …" */
  readonly correcting: RegExp;
  /** Leaves what is asked for another matter: "actually", "by the way" */
  readonly elsewhere: RegExp;
  /** "born", "date of birth" */
  readonly aboutBirth: RegExp;
  /** Asks something, by its form */
  readonly question: RegExp;
  readonly aboutName: RegExp;
  readonly aboutNumber: RegExp;
  /** "It's a different number": not the one that was offered or told. */
  readonly otherNumber: RegExp;
  readonly aboutReason: RegExp;
  /** "the first one", "the second", "the third", of what was read out */
  readonly nth: readonly RegExp[];
  /** Speaks of what was just said: "is it free" */
  readonly reference: RegExp;
  /** Tells what a message is about in the words that ask for it: "to let you know that the water will be off" */
  readonly telling: RegExp;
  /** "the message should be …", the new one in the group `rest` */
  readonly newReason: RegExp;
}

const LANGUAGES: Readonly<Record<string, Cues>> = { de, en, ko };

/** Matches nothing: a language without cues leaves everything to the intent model. */
const NEVER = /(?!)/u;

const NONE: Cues = {
  cancel: NEVER,
  goodbye: NEVER,
  person: NEVER,
  yes: NEVER,
  no: NEVER,
  urgent: NEVER,
  notUrgent: NEVER,
  ownNumber: NEVER,
  refuse: NEVER,
  anyTime: NEVER,
  echo: NEVER,
  courtesy: NEVER,
  aside: NEVER,
  identity: NEVER,
  recordingAsked: NEVER,
  aboutRecording: NEVER,
  dismisses: NEVER,
  noCallBack: NEVER,
  asksBack: NEVER,
  unknown: NEVER,
  ownDoings: NEVER,
  looksUp: NEVER,
  asksWhy: NEVER,
  ownAddress: NEVER,
  whereabouts: NEVER,
  objects: NEVER,
  saidAlready: NEVER,
  nothingMore: NEVER,
  past: NEVER,
  wrongNumber: NEVER,
  slower: NEVER,
  replaces: NEVER,
  asksFor: NEVER,
  booking: NEVER,
  titled: NEVER,
  concerning: NEVER,
  callBack: NEVER,
  aboutHours: NEVER,
  onBehalf: NEVER,
  kin: NEVER,
  relative: NEVER,
  partWrong: NEVER,
  allServices: /(?:)/u,
  asksMessage: NEVER,
  hollow: NEVER,
  opener: NEVER,
  feasts: NEVER,
  correcting: NEVER,
  elsewhere: NEVER,
  aboutBirth: NEVER,
  question: NEVER,
  aboutName: NEVER,
  aboutNumber: NEVER,
  otherNumber: NEVER,
  aboutReason: NEVER,
  nth: [],
  reference: NEVER,
  telling: NEVER,
  newReason: NEVER,
};

/** The cues of a language. */
export const cuesOf = (language: string): Cues => LANGUAGES[language] ?? NONE;
