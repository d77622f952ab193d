import { Phrases } from '../tokens.js';
import { isFrequentWord } from '../known-words.js';
import type { CorrectionWords, SlotVocabulary } from '../vocabulary.js';
import { dates } from './dates.js';
import { email, letters } from './letters.js';
import { names } from './names.js';
import { mend, numbers, phone } from './numbers.js';

const set = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const corrections: CorrectionWords = {
  digit: set("digit digits number numbers one ones figure figures digit's number's one's"),
  last: set('last final'),
  first: set('first'),
  is: new Phrases([
    'is',
    'are',
    'was',
    'were',
    'should be',
    'should have been',
    'must be',
    'ought to be',
    'needs to be',
    'is actually',
    'is really',
    'is supposed to be',
    'should read',
    "isn't",
    "'s",
  ]),
  not: new Phrases([
    'not',
    'instead of',
    'rather than',
    'and not',
    "isn't",
    "it's not",
    'not a',
    'not an',
    'is not',
  ]),
  endsIn: new Phrases([
    'ends in',
    'ends with',
    'ending in',
    'ending with',
    'ends on',
    'end in',
    'end with',
    'finishes with',
    'the end is',
    'the ending is',
    'the end should be',
    'at the end is',
    'at the end it is',
    "at the end it's",
  ]),
  startsWith: new Phrases([
    'starts with',
    'begins with',
    'starting with',
    'beginning with',
    'start with',
    'starts',
    'the beginning is',
    'the start is',
    'starts with a',
    'starts with an',
    'begins with a',
    'begins with an',
  ]),
  inFront: new Phrases([
    'in front',
    'in front of it',
    'at the front',
    'at the beginning',
    'at the start',
    'before it',
    'before that',
  ]),
  areaCode: new Phrases([
    'area code',
    "area code's",
    'prefix',
    'the code',
    "the code's",
    'code is',
    "code's",
    'first part',
    'dialling code',
    'dialing code',
    'city code',
  ]),
  fromEnd: new Phrases([
    'to last',
    'to the last',
    'from last',
    'from the end',
    'from the right',
    'from the back',
  ]),
  change: new Phrases([
    'change the',
    'change',
    'replace the',
    'replace',
    'you said',
    'you have',
    'you wrote',
  ]),
  turned: new Phrases([
    ...['other', 'wrong', 'opposite'].flatMap((which) => [
      `${which} way round`,
      `${which} way around`,
    ]),
    ...['swapped', 'swopped', 'switched', 'reversed', 'transposed', 'flipped', 'back to front'],
    ...[
      'in the wrong order',
      'in reverse',
      'swap',
      'mixed up',
      'muddled up',
      'round the wrong way',
    ],
  ]),
  pair: set('couple pair both digits numbers figures ones'),
};

/** Right before a name, tell that it is of somebody or something that is spoken of. */
const othersBehind = set(
  'to with for from at in on near by about of off see than as like the a an my your his her their our this is was were does did has have can will would get got need take want',
);

/** English, as it is spoken over the telephone. */
export const english: SlotVocabulary = {
  numbers,
  mend,
  phone,
  letters,
  names: { ...names, isWord: isFrequentWord, othersBehind },
  email,
  dates,
  corrections,
};
