import { wordsOf } from '../understanding/text.js';
import { cuesOf } from './cues/cues.js';
import type { Office } from './office.js';
import type { Phrase } from './ports.js';
import { Prompts } from './prompts/prompts.js';

/** What a person answers who is asked whether they take a call. */
export type ColleagueAnswer = 'accept' | 'decline' | 'message';

/** Why a person is rung: for a caller, to join a talk, to call somebody back, to take a talk over; or without a word. */
export type ColleagueReason = 'call' | 'join' | 'call-back' | 'take-over' | 'connect';

/** Who calls, as far as it is known. */
export interface Announced {
  readonly reason: ColleagueReason;
  /** Whom the call is for: the person, department or duty that was asked for; with `join`, who asks. */
  readonly name: string;
  readonly callerName: string | null;
  /** As the network gave it; empty when withheld. */
  readonly callerNumber: string;
  /** The caller's own words. */
  readonly said: string | null;
}

const KEYS: Readonly<Record<string, ColleagueAnswer>> = { 1: 'accept', 2: 'decline', 3: 'message' };
const MESSAGE: Readonly<Record<string, RegExp>> = {
  de: /nachricht/iu,
  en: /message|voice ?mail/iu,
  ko: /메시지|메모/u,
};
/** A longer sentence is said to somebody else in the room. */
const MOST_WORDS = 8;
/** So much of the caller's own words is read out. */
const MOST_SAID = 200;

/** What people of the office are told and asked, in the office's language. Pure. */
export class ColleagueTalk {
  readonly #prompts: Prompts;
  readonly #language: string;

  /** @throws DIALOGUE_NO_LANGUAGE */
  constructor(language: string) {
    this.#prompts = new Prompts(language);
    this.#language = language;
  }

  /** Who calls and why, and then how to answer. */
  announcement(about: Announced): readonly string[] {
    const { reason, said } = about;
    const name = this.#prompts.language.spoken(about.name);
    if (reason === 'connect' || reason === 'take-over') return [];
    if (reason === 'join') return [this.#text('colleague.join', { name }), this.keys('join')];
    const caller = this.#caller(about);
    if (reason === 'call-back') return [this.#text('colleague.call_back', { caller })];
    return [
      this.#text('colleague.call', { caller, name }),
      ...(said === null ? [] : [this.#text('colleague.said', { words: shortened(said) })]),
      this.keys(reason),
    ];
  }

  keys(reason: ColleagueReason): string {
    return this.#text(reason === 'join' ? 'colleague.keys_join' : 'colleague.keys');
  }

  /** What is said after an answer, or when there is nothing to answer any more. */
  after(what: ColleagueAnswer | 'caller_gone' | 'taken' | 'recorded' | 'unreached'): string {
    if (what === 'accept') return this.#text('colleague.connecting');
    return this.#text(`colleague.${what === 'decline' ? 'declined' : what}`);
  }

  answerOfKey(digit: string): ColleagueAnswer | undefined {
    return KEYS[digit];
  }

  /** What somebody means who says `text`; undefined for what is no answer. */
  answerOfWords(text: string): ColleagueAnswer | undefined {
    if (wordsOf(text).length > MOST_WORDS) return undefined;
    if (MESSAGE[this.#language]?.test(text) === true) return 'message';
    const cues = cuesOf(this.#language);
    const [yes, no] = [cues.yes.test(text), cues.no.test(text)];
    if (yes === no) return undefined;
    return yes ? 'accept' : 'decline';
  }

  #caller({ callerName, callerNumber }: Announced): string {
    if (callerName !== null) return callerName;
    if (callerNumber === '') return this.#text('colleague.caller_withheld');
    const number = this.#prompts.language.digits(callerNumber.replace(/^\+/u, '00'));
    return this.#text('colleague.caller_number', { number });
  }

  #text(
    prompt: Parameters<Prompts['phrase']>[0],
    fill: Readonly<Record<string, string>> = {},
  ): string {
    return this.#prompts.phrase(prompt, fill).text;
  }
}

/** A caller's words, as far as somebody wants to listen to them before taking the call. */
function shortened(words: string): string {
  if (words.length <= MOST_SAID) return words;
  return `${words.slice(0, MOST_SAID).replace(/\s+\S*$/u, '')} …`;
}

const FIXED = [
  ...['keys', 'keys_join', 'connecting', 'declined', 'message', 'caller_gone', 'taken'],
  ...['recorded', 'unreached', 'caller_withheld'],
] as const;

/** What is said to people of the office in every talk, and to whom it is that a call is for. */
export const colleagueTexts = (office: Office): readonly Phrase[] => [
  ...FIXED.map((id) => office.prompts.phrase(`colleague.${id}` as 'colleague.keys')),
  ...office.directory.destinations.map((one) => {
    const caller = office.prompts.phrase('colleague.caller_withheld').text;
    return office.prompts.phrase('colleague.call', { caller, name: office.nameOf(one) });
  }),
];
