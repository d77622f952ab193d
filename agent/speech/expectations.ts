import { completenessOf, type Completeness } from './turn.js';

/** What a question wants to hear; the caller may still say anything. */
export type Expectation = 'number';

const DIGITS = 'zero oh one two three four five six seven eight nine'.split(' ');
const MORE_NUMBERS = [
  'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty',
  'forty fifty sixty seventy eighty ninety hundred double triple plus',
]
  .join(' ')
  .split(' ');
const FIGURES = '0 1 2 3 4 5 6 7 8 9'.split(' ');
/** What people say around a number, and when it is read back to them. */
const AROUND = [
  "my number is it's that's the no yes yeah yep correct right wrong not please and a it should be",
  'first second third fourth fifth sixth seventh eighth ninth tenth last digit digits area code with',
]
  .join(' ')
  .split(' ');

const PHRASES: Readonly<Record<string, Readonly<Record<Expectation, readonly string[]>>>> = {
  en: { number: [...DIGITS, ...MORE_NUMBERS, ...FIGURES, ...AROUND] },
};

/** Phrases that are likely where `expectation` stands; engines hold themselves to them if they fit. */
export const phrasesFor = (
  language: string,
  expectation: Expectation | undefined,
): readonly string[] => (expectation === undefined ? [] : (PHRASES[language]?.[expectation] ?? []));

const SPOKEN_DIGIT = new RegExp(`\\d|\\b(?:${DIGITS.join('|')}|o|for|to|too)\\b`, 'giu');
/** Most telephone numbers of the world have ten digits or more. */
const WHOLE_NUMBER = 10;

/** Whether words sound finished, after what was asked: people pause between the groups of a number. */
export function completenessAfter(
  text: string,
  expectation: Expectation | undefined,
): Completeness {
  const digits = expectation === 'number' ? (text.match(SPOKEN_DIGIT)?.length ?? 0) : 0;
  if (digits < 2) return completenessOf(text);
  return digits < WHOLE_NUMBER ? 'unfinished' : 'open';
}
