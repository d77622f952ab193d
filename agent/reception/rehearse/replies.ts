import { z } from 'zod';
import { isKey } from './dtmf.js';
import { pattern } from './expectation.js';

/** What the caller answers to what the receptionist says; one of `say` and `keys`. */
const reply = z
  .strictObject({
    /** Found in what the receptionist said. */
    when: pattern,
    /** Only if these digits were said to it, in this order and without others between. */
    digits: z.string().regex(/^\d+$/u, 'must be digits').optional(),
    say: z.string().min(1).optional(),
    keys: z
      .string()
      .refine((keys) => keys !== '' && Array.from(keys).every(isKey), 'must be keys of 0-9 * # A-D')
      .optional(),
  })
  .refine(
    ({ say, keys }) => (say === undefined) !== (keys === undefined),
    'needs say or keys, one of them',
  );

/** Answers whatever is asked, as a caller with a matter of their own does, until the end is heard. */
export const answering = z.strictObject({
  /** Tried in their order; the first that fits is answered. */
  replies: z.array(reply).min(1),
  /** Found in what the receptionist said when there is nothing more to answer. */
  until: pattern,
  /** The most answers that are given. */
  most: z.number().int().min(1).max(100).default(25),
  /** Seconds to wait for what can be answered. */
  timeout: z.number().positive().max(600).default(20),
});

export type Answering = z.infer<typeof answering>;
export type Reply = z.infer<typeof reply>;

/** The reply that fits what was heard; `over` when nothing more is to be answered. */
export function replyTo({ replies, until }: Answering, heard: string): Reply | 'over' | undefined {
  if (new RegExp(until, 'iu').test(heard)) return 'over';
  const digits = digitsIn(heard);
  return replies.find(
    (one) =>
      new RegExp(one.when, 'iu').test(heard) &&
      (one.digits === undefined || digits.includes(one.digits)),
  );
}

const WORDS = 'zero one two three four five six seven eight nine'.split(' ');
/** As a recogniser may write them among digits. */
const HOMOPHONES: Readonly<Record<string, string>> = {
  oh: '0',
  o: '0',
  to: '2',
  too: '2',
  for: '4',
};

/** The digits of a text, words and figures alike. */
const digitsIn = (text: string): string =>
  (text.toLowerCase().match(/\d|\p{L}+/gu) ?? [])
    .map((word) => {
      const digit = WORDS.indexOf(word);
      return /^\d$/u.test(word) ? word : digit < 0 ? (HOMOPHONES[word] ?? '') : String(digit);
    })
    .join('');
