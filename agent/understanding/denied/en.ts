import type { Denied } from './denied.js';

/** Troubles whose absence is good news. What is danger by its absence ("not breathing") is none of them. */
const TROUBLE = [
  'chest pains?|pains? in (?:my|his|her|the) chest|in pain|pain(?! (?:relief|killers?|medic|clinic|tablet))',
  '(?:nose ?)?bleeding|bleed|(?:trouble|difficult(?:y|ies)|problems?) (?:with |in )?(?:my |his |her )?breathing',
  'short(?:ness)? of breath|heart attacks?|strokes?|seizures?|fits?|fainted|fainting|passed out',
  'blacked out|collapsed|unconscious|(?:lost|lose) consciousness|suicidal|overdosed?|choking|dying|hurt',
].join('|');
/** Words between a denial and what it denies: "I haven't really had any". */
const BETWEEN =
  '(?:any|a|an|the|having|had|have|got|get|getting|really|been|even|actually|be|feel|feeling|ever|currently|longer)';
/** Whom a sentence is about; it goes with what is denied. */
const WHO = "(?:(?:i'm|i am|it's|he's|she's|there's|there is|i|we|he|she|it) )?";
const DENIAL =
  "(?:no|not|never|without|(?:is|are|was|were|do|does|did|have|has|had|ai)n't|nobody(?:'s| is| got)|no ?one(?:'s| is| got))";
const AFTER =
  '(?:or anything|or something|at all|any ?more|any longer|now|today|this (?:week|month|time)|since)';
/** What was never so bad is so now: "I never had chest pain like this". */
const NOT_UNTIL_NOW = '(?! (?:like|before|until|till|this bad|so bad|as bad|that bad|yet)\\b)';
const END = "(?![\\p{L}'])";

/** Not "the pain has gone down my arm", nor "bleeding over the whole floor". */
const GONE =
  "(?:gone(?: away)?|(?<!all )over)(?=$| (?:now|so|and|but|then|today|completely|thank|thanks|since|i|i'd|i'm|i'll|can|could|he|she|we|what|do|may)\\b)";

/** What was long ago may be so today as well: "I used to get chest pains, and now I have one". */
const NOT_AGAIN =
  '(?!.*\\b(?:now|today|tonight|this (?:morning|afternoon|evening)|started|having)\\b)';

/** English. */
export const en: Denied = {
  patterns: [
    // "I'm not bleeding or anything", "no chest pain or trouble breathing any more"
    `(?<![\\p{L}'])${WHO}${DENIAL} (?:${BETWEEN} ){0,3}(?:${TROUBLE})${END}(?: (?:or|and|nor) (?:${BETWEEN} )?(?:${TROUBLE})${END})*(?: ${AFTER}${END})*${NOT_UNTIL_NOW}`,
    // "we don't need an ambulance"
    `(?<![\\p{L}'])${WHO}(?:don't|doesn't|do not|does not|not|no) (?:need|want|after|asking for)(?:ing)? (?:an |the )?ambulance${END}`,
    // "the bleeding has stopped", "my chest pain's gone now"
    `\\b(?:the |my |his |her )?(?:${TROUBLE})(?: (?:fit|attack))?(?:'s| is| has| have| was)?(?: (?:all|now|completely|finally))* (?:stopped|${GONE}|went away|cleared(?: up)?|passed(?! (?:out|away|blood))(?: off)?|eased(?: off)?|settled(?: down)?)${END}(?: now${END})?`,
    `(?<!(?:not|n't|never) )\\bstopped (?:bleeding|choking|hurting)${END}`,
    // "breathing fine", "I can breathe perfectly well"
    `(?<!(?:not|n't|cannot) )(?<![\\p{L}'])${WHO}breath(?:e|es|ing)(?:'s| is)?(?: (?:just|absolutely|perfectly|quite|much|a lot))? (?:fine|well|ok|okay|normally|all right|alright|easily|better)${END}(?: now${END})?`,
    // "I used to get chest pains", "she had a seizure years ago"
    `\\bused to (?:get|have|suffer from) (?:${TROUBLE})${END}${NOT_AGAIN}`,
    `\\b(?:had|with) (?:a |an )?(?:${TROUBLE})(?: \\p{L}+){0,2} (?:years?|months?) ago${END}${NOT_AGAIN}`,
  ].map((pattern) => new RegExp(pattern, 'gu')),
  back: /(?<!\b(?:call|ring|phone|ringing|calling|get|come|coming)(?: (?:me|us|him|her|in|to me))? )\bback\b|\b(?:again|worse|returned|restarted|come on|started up)\b/u,
};
