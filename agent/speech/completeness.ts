/**
 * Whether what was said so far sounds finished: by it the silence is chosen that ends a turn.
 *
 * - `nothing`: no words were recognised.
 * - `complete`: a whole answer ("yes", a whole number, "thank you, bye").
 * - `likely`: a whole sentence of which little can be missing ("…, please", a question).
 * - `open`: may be whole or not.
 * - `unfinished`: breaks off ("and", "um", half a number).
 */
export type Completeness = 'nothing' | 'complete' | 'likely' | 'open' | 'unfinished';

/** What was asked, as far as it matters here; see `Expectation`. */
export type Asked = string | undefined;

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
const UNFINISHED = new RegExp(
  [
    '^well$|(?:^|\\s)(?:and|or|but|so|um|umm|uh|uhm|er|erm|hmm|ah|eh|mm|like|then|than|that|which|who|whose|where|when|if|because|since|until|while|though',
    'the|a|an|my|your|his|her|our|their|its|this|these|those|some|any|another',
    'to|for|with|at|on|of|in|from|about|by|into|under|near|between|around|after|before|as|per|via',
    "is|are|was|were|am|be|been|mr|mrs|ms|mister|dr|it's|it is|that's|i|i'd|i'm|i've|i'll|we|we're|we've|we'd|he|she|they|he's|she's|they're|there's",
    "can|can't|could|would|will|won't|should|may|might|must|do|does|did|don't|doesn't|didn't|has|have|had|haven't|wasn't|isn't|aren't",
    "want|wanted|need|needed|like to|called|named|spelled|say|maybe|perhaps|probably|actually|basically|just|also|very|really|quite|let's|you know|i mean|i think|i guess|kind of|sort of|number is|name is)$",
  ].join('|'),
  'u',
);
/** Who asks for a moment takes it; whatever is taken for words there is mostly "um". */
const THINKING =
  /^(?:(?:um|uh|okay|well|yes|no) )?(?:let me (?:think|see|check|look)|hold on|one moment|just a (?:moment|second|minute))(?: \S+){0,2}$/u;
/** What sounds like the middle of a sentence when it comes first, and is whole only with more. */
const DANGLING =
  /^(?:hello|hi|hey|good morning|good afternoon|good evening|excuse me|sorry|okay so|yes hello|yes hi|yeah hi)$/u;
const QUESTION =
  /^(?:(?:hello|hi|okay|and|so|excuse me|sorry|yes|good morning|good afternoon) )*(?:what|when|where|which|who|how|do|does|did|is|are|can|could|would|will|may|should|have|has)\b/u;

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
  if (COMPLETE.test(words)) return 'complete';
  if (CLOSING.test(words)) return 'complete';
  if (THINKING.test(words)) return 'unfinished';
  // A recogniser that writes "…" or a dash at the end heard that it breaks off.
  if (/(?:…|\.\.\.|[-–—,])\s*$/u.test(text) || UNFINISHED.test(words)) return 'unfinished';
  if (DANGLING.test(words)) return 'open';
  if (/\?\s*$/u.test(text) && QUESTION.test(words)) return 'likely';
  return /\bplease$/u.test(words) ? 'likely' : 'open';
}

const SPOKEN_DIGIT =
  /\d|\b(?:zero|oh|o|one|two|three|four|five|six|seven|eight|nine|for|to|too)\b/giu;
const MULTIPLE = /\b(double|triple)\b/giu;
/** Most telephone numbers of the world have ten digits or more; fewer than seven are no number. */
const WHOLE_NUMBER = 10;

/** How many digits were said: figures, words, "double five". */
export const digitsIn = (text: string): number =>
  (text.match(SPOKEN_DIGIT)?.length ?? 0) +
  (text.match(MULTIPLE) ?? []).reduce(
    (sum, word) => sum + (word.toLowerCase() === 'double' ? 1 : 2),
    0,
  );

/** As `completenessOf`, after what was asked: people pause between the groups of a number. */
export function completenessAfter(text: string, asked: Asked): Completeness {
  if (asked !== 'number') return completenessOf(text);
  const digits = digitsIn(text);
  if (digits >= 2) return digits < WHOLE_NUMBER ? 'unfinished' : 'complete';
  const words = completenessOf(text);
  // "Sure" and "yes" come before the number.
  return words === 'complete' && /^(?:yes|yeah|yep|yup|sure|okay|ok|of course|right)\b/iu.test(text)
    ? 'open'
    : words;
}
