import { besidesDeniedTroubles } from './denied-danger.js';
import { compact, isHangul } from './hangul.js';
import { indexOfPhrase, wordsOf } from './text.js';

/** Words that, up to three words before a phrase, say that it is not so. */
const DENIALS = new Set([
  ...['not', 'no', "isn't", "wasn't", 'never', 'non', "don't", 'without'],
  // German "nicht" is left out: it denies what stands before it as often as what follows.
  ...['kein', 'keine', 'keinen'],
]);
const DENIAL_REACH = 3;
/** Begin a sentence: a "no" before them is one by itself. */
const WHO = new Set("i i'm he he's she she's they they're we we're it's my i've".split(' '));
/** Up to three words before a phrase: it did not quite happen. */
const ALMOST = new Set(['nearly', 'almost', 'fast', 'beinahe']);
const ALMOST_REACH = 3;
/** Up to three words before a phrase: it is a manner of speaking, about money or work ("the bill for an ambulance"). */
const BUSINESS = new Set(
  'bill bills billed invoice charge charged charges drives drive drove driver sell sells gave'.split(
    ' ',
  ),
);
/** Right before a phrase: what is no living being dies harmlessly. */
const THINGS = new Set(['battery', 'phone', 'line', 'signal', 'connection', 'plant', 'laptop']);
/** Right after a phrase: the word is used for something else ("my ambulance bill", "dying to know"). */
const OTHER_USE = new Set([
  ...['bill', 'bills', 'invoice', 'room', 'department', 'number', 'contact', 'contacts', 'course'],
  ...[
    'training',
    'exit',
    'through',
    'appointment',
    'appointments',
    'slot',
    'driver',
    'procedure',
    'plan',
  ],
  ...['charity', 'service', 'services', 'crew', 'men', 'people', 'station', 'lighting', 'drill'],
]);
/** Right after a phrase of dying: "dying to know", "dying for a coffee". */
const WISHES = new Set(['to', 'for']);
/** After a phrase: it was long ago ("a heart attack last year"). */
const LONG_AGO =
  /^(?!since)(?:\S+ ){0,4}?(?:last (?:year|month|winter|summer|spring|autumn)|(?:years?|months?) ago|in (?:(?:19|20)\d\d|(?:nineteen|two thousand|twenty(?= (?:ten|eleven|twelve|\w+teen|twenty))) \S+)|in (?:january|february|march|april|may|june|july|august|september|october|november|december))\b/u;
/** The same in Korean, where it follows: "응급 상황은 아니에요". Spaces are gone by then. */
const KOREAN_DENIAL = /^(?:상황|환자)?(?:은|는|이|가|까지는|도)?아[니닌닙]/u;

const DENIED =
  /\b(?:(?:it's|its|it is|this is|that's|there's|es ist|das ist) )?(?:no|not|isn't|wasn't|non|nothing|never|kein|keine)(?: \S+){0,2} (?:emergency|urgent|notfall)\b|응급 ?(?:상황|환자)?(?:은|는|이|가|까지는|도)? ?아[니닌닙]\p{L}*/u;

/** Hears configured phrases of emergency in a text. */
export class EmergencyWatch {
  readonly #phrases: readonly (readonly string[])[];
  readonly #korean: readonly string[];

  constructor(phrases: readonly string[]) {
    this.#phrases = phrases.filter((phrase) => !isHangul(phrase)).map(wordsOf);
    this.#korean = phrases.filter(isHangul).map(compact);
  }

  /**
   * What else is said by a caller who says in so many words that it is none: "it's not an emergency, I just …",
   * "the chest pain's gone, I want a refill". Undefined when nobody says so, or a phrase of danger is said all the same.
   */
  besidesDenial(text: string): string | undefined {
    const words = wordsOf(text).join(' ');
    const calm = besidesDeniedTroubles(words);
    if ((calm === undefined && !DENIED.test(words)) || this.inText(text)) return undefined;
    return (calm ?? words).replace(DENIED, ' ').replace(/\s+/gu, ' ').trim();
  }

  /** Whether one of the phrases is said and not denied ("it's not an emergency"). */
  inText(text: string): boolean {
    const said = besidesDeniedTroubles(wordsOf(text).join(' ')) ?? text;
    const words = wordsOf(said);
    const whole = compact(said);
    return (
      this.#phrases.some((phrase) => saidAndMeant(words, phrase)) ||
      this.#korean.some((phrase) => saidAndMeantInKorean(whole, phrase))
    );
  }
}

function saidAndMeant(words: readonly string[], phrase: readonly string[]): boolean {
  let at = indexOfPhrase(words, phrase);
  while (at >= 0) {
    // A phrase that itself denies ("not breathing") is never denied by its own words.
    const before = words.slice(Math.max(0, at - DENIAL_REACH), at);
    const after = words.slice(at + phrase.length);
    const wish = phrase.at(-1) === 'dying' && WISHES.has(after[0] ?? '');
    if (!isDenied(before) && !wish && !harmless(before, after)) return true;
    at = indexOfPhrase(words, phrase, at + 1);
  }
  return false;
}

/** Whether a denial stands before a phrase, and not an exclamation: "no, no, she's having a seizure". */
function isDenied(before: readonly string[]): boolean {
  return before.some(
    (word, at) =>
      DENIALS.has(word) && !(word === 'no' && before.slice(at + 1).some((next) => WHO.has(next))),
  );
}

/** Whether the words around a phrase say that it means something else. */
function harmless(before: readonly string[], after: readonly string[]): boolean {
  return (
    before.slice(-ALMOST_REACH).some((word) => ALMOST.has(word)) ||
    THINGS.has(before.at(-1) ?? '') ||
    before.some((word) => BUSINESS.has(word)) ||
    OTHER_USE.has(after[0] ?? '') ||
    LONG_AGO.test(after.join(' '))
  );
}

function saidAndMeantInKorean(text: string, phrase: string): boolean {
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    if (!KOREAN_DENIAL.test(text.slice(at + phrase.length))) return true;
  }
  return false;
}
