import { z } from 'zod';

/** A regular expression; the case is ignored. */
export const pattern = z.string().refine((text) => {
  try {
    new RegExp(text, 'iu');
    return true;
  } catch {
    return false;
  }
}, 'must be a regular expression');

/** What the last message of a call must say; patterns ignore the case. */
export const messageExpectation = z.strictObject({
  name: pattern.optional(),
  phone: pattern.optional(),
  reason: pattern.optional(),
  callback_time: pattern.optional(),
  recipient: z.string().optional(),
  urgent: z.boolean().optional(),
  confirmed: z.boolean().optional(),
  state: z.enum(['partial', 'complete']).optional(),
});

export type MessageExpectation = z.infer<typeof messageExpectation>;

/** A message as it is judged. */
export interface JudgedMessage {
  readonly name: string | null;
  readonly phone: string | null;
  readonly reason: string | null;
  readonly callback_time: string | null;
  readonly recipient: string | null;
  readonly urgent: boolean | null;
  readonly confirmed: boolean;
  readonly state: string;
}

/** What of `expected` is not in `message`. */
export function misses(
  expected: MessageExpectation,
  message: JudgedMessage | undefined,
): readonly string[] {
  if (message === undefined) return ['message: none was kept'];
  const texts = ['name', 'phone', 'reason', 'callback_time'] as const;
  const exact = ['recipient', 'urgent', 'confirmed', 'state'] as const;
  return [
    ...texts.filter((key) => {
      const wanted = expected[key];
      return wanted !== undefined && !new RegExp(wanted, 'iu').test(message[key] ?? '');
    }),
    ...exact.filter((key) => expected[key] !== undefined && expected[key] !== message[key]),
  ].map((key) => `message ${key}: ${String(expected[key])}, not ${String(message[key])}`);
}
