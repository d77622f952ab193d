import { likelyFor, type Expectation } from './expectations.js';
import { digitsIn, numberCompleteness } from './spoken-digits.js';

/**
 * Whether what was said so far sounds finished: by it the silence is chosen that ends a turn.
 *
 * - `nothing`: no words were recognised.
 * - `complete`: a whole answer ("yes", a whole number, "thank you, bye").
 * - `brief`: one word that is an answer, of which more may follow ("no, that's all").
 * - `answered`: a sentence that holds all that was asked for ("on Friday after two").
 * - `likely`: a whole sentence of which little can be missing ("…, please", a question).
 * - `open`: may be whole or not.
 * - `unclear`: so unsurely recognised that the words do not tell.
 * - `unfinished`: breaks off ("and", "um", half a number).
 */
export type Completeness =
  'nothing' | 'complete' | 'brief' | 'answered' | 'likely' | 'open' | 'unclear' | 'unfinished';

const BRIEF =
  /^(?:(?:oh|well|um) )?(?:yes|yeah|yep|yup|no|nope|nah|okay|ok|right|sure|all right)$/u;

const COMPLETE = new RegExp(
  [
    "^(?:(?:oh|okay|ok|well|yes|no|hello|hi) )?(?:yes|yeah|yep|yup|no|nope|nah|correct|right|sure|exactly|okay|ok|please|that's right|that is right|that's correct|that is correct|that's wrong",
    "yes please|no thank you|no thanks|yes that's right|yes it is|no it isn't|yes i do|no i don't|of course",
    "that's all|that is all|that's it|that's everything|nothing else|no that's all|no that's it|all good|perfect|great",
    'bye|bye bye|goodbye|good bye|thank you|thanks|thank you bye|thank you goodbye|thanks bye|thank you very much|thank you so much|thanks a lot',
    'operator|reception|repeat|repeat that|help|say that again|pardon|start again',
    'morning|afternoon|in the morning|in the afternoon|today|tomorrow|tomorrow morning|tomorrow afternoon|monday|tuesday|wednesday|thursday|friday)$',
  ].join('|'),
  'u',
);
/** A sentence that closes with thanks or a farewell says no more. */
const CLOSING =
  /\b(?:thank you|thanks|bye|goodbye|bye bye|thank you very much|thank you so much|that's all|that is all|that's it)$/u;
/** "Dumb" at the end is what "um" is taken for. */
const UNFINISHED = new RegExp(
  [
    '^well$|(?:^|\\s)(?:and|or|but|so|um|umm|dumb|uh|uhm|er|erm|hmm|ah|eh|mm|like|then|than|which|who|whose|where|when|if|because|since|until|while|though|whether|nor',
    'the|a|an|my|your|his|her|our|their|its|these|those|some|another|every|(?<!after )next',
    'to|for|with|at|on|of|in|from|about|by|into|under|near|between|around|after|before|as|per|via|without|than',
    "is|are|was|were|am|be|been|mr|mrs|ms|mister|dr|it's|it is|that's|i|i'd|i'm|i've|i'll|we|we're|we've|we'd|he|she|they|he's|she's|they're|there's",
    "cannot|can|can't|could|would|will|won't|should|may|might|must|do|does|did|don't|doesn't|didn't|has|have|had|haven't|wasn't|isn't|aren't",
    "want|wanted|need|needed|like to|(?:is|are|was|were|be|been|it's|he's|she's|i'm|they're) (?:called|named)|spelled|say|maybe|perhaps|probably|actually|basically|just|also|(?<!not )(?:very|really|quite)|let's|you know|i mean|i think|i guess|kind of|sort of|(?:say|says|said|(?:told|tell)(?: \\S+){1,3}|know|think|thought|hope|mean|is|was|heard|sure|afraid|so) that|number is|name is|says|^doctor|(?:with|for|to|by|and|or|from|about|see|ask|tell|told|that|if|is|was|does|did|has|can|will|wait for) doctor)$",
  ].join('|'),
  'u',
);
/** "I think so" ends with a word that otherwise begins something. */
const THOUGHT = /\b(?:think|hope|believe|guess|suppose) (?:so|not)$/u;
/** "I don't know where it is", "here they are": ends with a verb that is nobody's help. */
const WHOLE_VERB =
  /\b(?:here|there|where|what|how|who) (?:it|he|she|they|you|we|that|this) (?:is|are|was|were)$/u;
/** "Could you please", "what time do you": the verb is still to come. */
const WITHOUT_VERB =
  /\b(?:do|does|did|can|could|would|will|should|may|must|couldn't|can't|is|are|was|were) (?:i|you|we|they|he|she|somebody|someone)(?: please| also)?$/u;
/** Who asks for a moment takes it; whatever is taken for words there is mostly "um". */
const THINKING =
  /^(?:(?:um|uh|okay|well|yes|no) )?(?:let me (?:think|see|check|look)|hold on|one moment|just a (?:moment|second|minute))(?: \S+){0,2}$/u;
/** What sounds like the middle of a sentence when it comes first, and is whole only with more. */
const DANGLING =
  /^(?:hello|hi|hey|good morning|good afternoon|good evening|excuse me|sorry|okay so|yes hello|yes hi|yeah hi)$/u;
const QUESTION =
  /^(?:(?:hello|hi|okay|and|so|excuse me|sorry|yes|good morning|good afternoon) )*(?:what|when|where|which|who|how|do|does|did|is|are|can|could|would|will|may|should|have|has)\b/u;

/** A question of fewer words is mostly the beginning of one: "could you tell me", "do you have anything". */
const QUESTION_WORDS = 5;

/** A name as recognisers write it, after what leads to it or alone; who greets before it says more. */
const NAMED =
  /^(?:(?:[Yy]es|[Uu]m),? )?(?:(?:[Mm]y name is|[Tt]he name is|[Ii]t'?s|[Ii]t is),? )?"?\p{Lu}[\p{Ll}'-]+ (?:\p{Lu}[\p{Ll}'-]+ )?\p{Lu}[\p{Ll}'-]+"?(?: speaking| here)?\.?"?$/u;
/** What closes an answer to when. */
const WHEN =
  /\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend|week|month|today|tomorrow|tonight|morning|afternoon|evening|noon|lunch|lunchtime|o'clock|am|pm|a m|p m|past \w+|after \w+|before \w+)(?: please)?$/u;
const DAY =
  /\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend|today|tomorrow|tonight|this (?:morning|afternoon|evening))\b/u;
const PART_OF_DAY = /\b(?:morning|afternoon|evening|noon|lunch|lunchtime)\b/u;
/** An hour, by which an answer to when is whole if it names the day, too. */
const HOUR =
  /\b(?:noon|o'clock|am|pm|a m|p m|(?:at|after|before|past|by|around) (?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))\b/u;
/** An hour at the end, after which its minutes or the part of the day may follow. */
const AT_HOUR =
  /\bat (?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: please)?$/u;

/** Korean says by its endings whether more follows; only short replies are sure to be complete. */
const COMPLETE_KOREAN =
  /^(?:네|예|네네|응|아니요|아뇨|아니에요|아닙니다|맞아요|맞습니다|좋아요|없어요|없습니다|됐어요|됐습니다|괜찮아요|괜찮습니다|감사합니다|고맙습니다|안녕히 계세요|네 감사합니다|여보세요|상담원|직원)$/u;
const UNFINISHED_KOREAN =
  /(?:^|\s)(?:음|어|저|그|저기|그게|그러니까|그리고|그런데|근데|또|제가|저는|저희|우리|이|좀)$|(?:는데|은데|인데|지만|려고|면서|니까|때문에|하고|이랑|에서|에게|한테|을|를|의)$/u;

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[’]/gu, "'")
    .replace(/[^\p{L}\p{N}' ]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();

/** Whether words sound finished, English or Korean ones. `text` is what was recognised so far. */
export function completenessOf(text: string): Completeness {
  const words = plain(text);
  if (words === '') return 'nothing';
  if (/[가-힣]/u.test(words)) {
    if (COMPLETE_KOREAN.test(words)) return 'complete';
    return UNFINISHED_KOREAN.test(words) ? 'unfinished' : 'open';
  }
  if (BRIEF.test(words)) return 'brief';
  if (COMPLETE.test(words)) return 'complete';
  if (CLOSING.test(words) || THOUGHT.test(words)) return 'complete';
  if (THINKING.test(words)) return 'unfinished';
  if (WHOLE_VERB.test(words)) return 'open';
  // A recogniser that writes "…" or a dash at the end heard that it breaks off.
  if (/(?:…|\.\.\.|[-–—,])\s*$/u.test(text) || UNFINISHED.test(words)) return 'unfinished';
  if (WITHOUT_VERB.test(words) && !/^(?:yes|no)/u.test(words)) return 'unfinished';
  if (DANGLING.test(words)) return 'open';
  if (/\?\s*$/u.test(text) && QUESTION.test(words)) {
    return words.split(' ').length >= QUESTION_WORDS ? 'likely' : 'open';
  }
  const named = NAMED.test(text.trim()) && !WHEN.test(words);
  return named || /\bplease$/u.test(words) ? 'likely' : 'open';
}

/** A few words, which come before a number or stand for one that was not understood. */
const BEFORE_NUMBER = /^(?!no\b)\S+(?: \S+){0,3}$/u;

/** Letters said one by one, of which more may come. */
const SPELLING = /\b[\p{L}]\b[\W_]+(?:double[\W_]+)?[\p{L}]\W*$/u;
/** An address with its end, and one without. */
const WHOLE_ADDRESS =
  /(?:@|\bat\b).*(?:\.|\bdot )(?:com|net|org|edu|info|uk|de|us|ca|au|ie|nz|eu)\W*$/iu;
const PART_OF_ADDRESS = /@|\b(?:at|dot|dash|underscore|hyphen)\b|\w\.\w/iu;
/** A date with its year, and one without. */
const WITH_YEAR = /\b(?:1[89]|20)\d\d\W*$|\b\d\d?[/.-]\d\d?[/.-]\d\d\W*$/u;
const DATE =
  /\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b|\d[/.-]\d\d?[/.-]\d/iu;
const DAY_ONLY =
  /\b(?:january|february|march|april|may|june|july|august|september|october|november|december|\d\d?(?:st|nd|rd|th)?|nineteen|two thousand)\W*$/iu;

/** How complete an address is, or a date of birth, or a name that is spelled; `words` in general. */
function completenessOfFact(
  text: string,
  asked: 'person' | 'birth' | 'email',
  words: Completeness,
): Completeness {
  if (words === 'nothing' || words === 'complete' || words === 'brief') return words;
  // Whoever was asked for a name and gives one, whatever leads to it, may still spell it.
  if (asked === 'person' && words === 'likely' && NAMED.test(text.trim())) return 'answered';
  if (asked === 'birth') {
    if (WITH_YEAR.test(text)) return DATE.test(text) ? 'answered' : 'likely';
    return DAY_ONLY.test(text) ? 'unfinished' : words;
  }
  if (asked === 'email' && WHOLE_ADDRESS.test(text)) return 'likely';
  const more = SPELLING.test(text) || (asked === 'email' && PART_OF_ADDRESS.test(text));
  return more ? 'unfinished' : words;
}

/** When not is followed by when. */
const NOT_THEN = /^(?:no )?not\b/u;

/** How complete an answer to when is; `words` in general. */
function timeCompleteness(said: string, words: Completeness): Completeness {
  if (NOT_THEN.test(said) && WHEN.test(said)) return 'open';
  if (words !== 'complete' && words !== 'open' && words !== 'likely') return words;
  const please = /\bplease$/u.test(said);
  if (DAY.test(said) && AT_HOUR.test(said)) return please ? 'answered' : 'likely';
  if (!WHEN.test(said)) return words;
  if (please || (DAY.test(said) && HOUR.test(said))) return 'answered';
  // A day alone, or a part of one: "or Tuesday", "after lunch" and "would suit me" follow after a pause.
  return words === 'complete' ? 'open' : words;
}

/** As above, where times were offered: a day alone says which. */
function choiceCompleteness(said: string, words: Completeness): Completeness {
  if ((words !== 'open' && words !== 'likely') || !WHEN.test(said)) return words;
  if (NOT_THEN.test(said)) return 'open';
  const both = DAY.test(said) && (HOUR.test(said) || PART_OF_DAY.test(said));
  return both || /\bplease$/u.test(said) ? 'answered' : 'likely';
}

/** As `completenessOf`, after what was asked: people pause between the groups of a number. */
export function completenessAfter(text: string, asked: Expectation | undefined): Completeness {
  const words = completenessOf(text);
  switch (asked) {
    case 'number':
      if (digitsIn(text) >= 2) return numberCompleteness(text);
      // "Sure" comes before the number; "yes" says that the one read back is right.
      if (words === 'brief') {
        return /^(?:ok|okay|sure|right|all)\b/u.test(plain(text)) ? 'unfinished' : 'brief';
      }
      return words === 'open' && BEFORE_NUMBER.test(plain(text)) ? 'unfinished' : words;
    case 'yes-no':
      return words === 'brief' || (words !== 'nothing' && ANSWERS.has(plain(text)))
        ? 'complete'
        : words;
    case 'time':
      return timeCompleteness(plain(text), words);
    case 'choice':
      return choiceCompleteness(plain(text), words);
    case 'person':
    case 'birth':
    case 'email':
      return completenessOfFact(text, asked, words);
    case 'name':
    case undefined:
      return words;
  }
}

const UNSURE_WORDS: ReadonlySet<Completeness> = new Set(['brief', 'answered', 'likely', 'open']);

/** Confidence below which words that do not break off may be others that do. */
const UNCLEAR = 0.6;

/** As `completenessAfter`, of words that were recognised with a confidence of 0..1. */
export function completenessHeard(
  { text, confidence }: { readonly text: string; readonly confidence: number },
  asked: Expectation | undefined,
): Completeness {
  const words = completenessAfter(text, asked);
  if (confidence >= UNCLEAR) return words;
  // Its digits are counted and not believed: one may be too many.
  if (asked === 'number') return words === 'complete' && digitsIn(text) >= 2 ? 'likely' : words;
  return UNSURE_WORDS.has(words) ? 'unclear' : words;
}

const ANSWERS: ReadonlySet<string> = new Set(
  (likelyFor('en', 'yes-no').answers ?? []).map((answer) => plain(answer)),
);
