import { Phrases } from '../tokens.js';
import type { DateWords } from '../vocabulary.js';

const set = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** How a day is preferred to another, and how only a part of a week or month is named. */
export const preferences: Partial<DateWords> = {
  reasons: new Phrases([
    'because',
    "'cause",
    'cause',
    'cos',
    'cuz',
    'as i',
    'since i',
    'seeing as',
  ]),
  wished: new Phrases([
    ...[
      'i was thinking',
      'i was thinking of',
      'i was hoping for',
      'i was hoping',
      'i was going to say',
    ],
    ...['i wanted', "i'd wanted", 'i had wanted', "i'd have liked", 'i would have liked', 'i said'],
    ...[
      'they gave me',
      'they offered me',
      'you gave me',
      'you offered me',
      'i could do',
      'i can do',
    ],
  ]),
  guesses: set('say maybe perhaps'),
  newYear: new Phrases(['the new year', 'in the new year', 'early in the new year', 'next year']),
  weekParts: new Map([
    ...['beginning of', 'the beginning of', 'start of', 'the start of', 'early'].map(
      (phrase) => [phrase, 1] as const,
    ),
    ...['middle of', 'the middle of', 'mid', 'midway through', 'halfway through'].map(
      (phrase) => [phrase, 3] as const,
    ),
    ...['end of', 'the end of', 'late', 'later', 'back end of'].map(
      (phrase) => [phrase, 5] as const,
    ),
  ]),
  but: set('but although though'),
  spanTail: set('time'),
  weekOf: new Phrases([
    ...['the week of', 'week of', 'the week commencing', 'week commencing'],
    ...['the week beginning', 'week beginning', 'the week starting', 'week starting'],
  ]),
  between: set('between'),
  edges: new Map([
    ['early', 'morning'],
    ['late', 'afternoon'],
  ]),
  prefers: new Phrases([
    ...[
      'preferably',
      'ideally',
      "i'd prefer",
      'i would prefer',
      'better yet',
      'even better',
      'or better',
    ],
    ...[
      "i'd rather have",
      "i'd rather",
      'i would rather',
      "i'd rather do",
      'better still',
      'best would be',
    ],
  ]),
  better: new Phrases(
    [
      'works',
      'is',
      'would be',
      'suits',
      'suits me',
      'would suit',
      "'d be",
      'fits',
      'might be',
    ].flatMap((verb) => [
      `${verb} better`,
      `${verb} even better`,
      `${verb} much better`,
      `${verb} best`,
    ]),
  ),
  monthParts: new Map([
    ...['early', 'early in', 'beginning of', 'start of', 'the beginning of', 'the start of'].map(
      (phrase) => [phrase, 1] as const,
    ),
    ...['mid', 'middle of', 'the middle of', 'halfway through'].map(
      (phrase) => [phrase, 15] as const,
    ),
    ...['late', 'late in', 'end of', 'the end of', 'last day of', 'the last day of'].map(
      (phrase) => [phrase, 0] as const,
    ),
  ]),
};
