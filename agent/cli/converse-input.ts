import { z } from 'zod';
import { TRANSFER_OUTCOMES } from '../dialogue/ports.js';
import type { TextInput } from '../reception/converse.js';
import { receptionErrors } from '../reception/errors.js';

const inputSchema = z.union([
  z.strictObject({ say: z.string().min(1) }),
  z.strictObject({ dtmf: z.string().regex(/^[0-9*#]+$/u) }),
  z.strictObject({ silence: z.number().positive().max(3600) }),
  z.strictObject({
    transfer: z.enum(TRANSFER_OUTCOMES),
  }),
  z.strictObject({ hangup: z.literal(true) }),
]);

/** What a line of JSON says that the caller does. @throws RECEPTION_BAD_INPUT with the line */
export function inputOf(line: string, number: number): TextInput {
  const place = `line ${String(number)}`;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw receptionErrors.make('BAD_INPUT', { place, cause });
  }
  const read = inputSchema.safeParse(value);
  if (!read.success) throw receptionErrors.make('BAD_INPUT', { place });
  return read.data;
}

/** In plain text, keys alone on a line are keys. */
export const plainInput = (line: string): TextInput =>
  /^[0-9*#]+$/u.test(line.trim()) ? { dtmf: line.trim() } : { say: line.trim() };
