import type { Expectation } from '../../agent/speech/expectations.js';
import { roundOf } from './load-mix.js';

/** What the example office answers to each turn of a round of the load mix; the rest is fixed. */
const AFTER: readonly ((said: readonly string[]) => readonly string[])[] = [
  () => [
    "I'll note that for our office, and somebody will call you back.",
    'May I have your name, please?',
  ],
  (said) => [
    `Thank you, ${nameIn(said[1])}.`,
    'Which number can we call you back on? You can say it or key it in.',
  ],
  (said) => [`I have ${numberIn(said[2])}. Is that right?`],
  () => ['And what is it about?'],
  () => ['Is it urgent?'],
  () => ['When is a good time to call you back?'],
  (said) => [
    'Let me read that back.',
    `Your name is ${nameIn(said[1])}.`,
    `Your message is: ${(said[4] ?? '').replace(/\.$/u, '')}.`,
    `We will call you back ${(said[6] ?? '').toLowerCase().replace(/, please|\.$/gu, '')}.`,
    'Is that right?',
  ],
  () => [
    'Thank you. I have your message, and our office will call you back.',
    'Is there anything else I can help you with?',
  ],
  () => [
    'There is a car park behind the house, and the first hour is free.',
    'Is there anything else I can help you with?',
  ],
  () => ['Of course. How can I help you?'],
];

const ASKED: readonly (Expectation | undefined)[] = [
  ...[undefined, 'name', 'number', 'yes-no', undefined, 'yes-no', 'time', 'yes-no'],
  ...[undefined, 'yes-no'],
] as const;

const nameIn = (text = ''): string => text.replace(/^.*? is /u, '').replace(/\.$/u, '');
const numberIn = (text = ''): string =>
  text
    .replace(/^.*?(?=zero)/iu, '')
    .replace(/\.$/u, '')
    .toLowerCase();

/** What was asked before turn `at` of a round. */
export const askedBefore = (at: number): Expectation | undefined => ASKED[at];

/** What is said after turn `at` of round `which`. */
export const repliesTo = (which: number, at: number): readonly string[] =>
  AFTER[at]?.(roundOf(which).map(({ say }) => say)) ?? [];

/** How replies begin and end that are not fixed: rendered before the first call, too. */
export const PREPARED = [
  ...['Thank you,', 'I have', 'Your name is', 'Your message is:', 'We will call you back'],
  'Is that right?',
];

/** Whether a reply is the same for everybody, so that it is rendered before the first call. */
export const isFixed = (text: string): boolean =>
  !/^(?:Thank you, |I have |Your |We will call)/u.test(text);
