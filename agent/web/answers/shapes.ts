import { z } from 'zod';

/** A list as the rooms give it: it is not changed any more. */
export const listOf = <T extends z.ZodType>(one: T) => z.array(one).readonly();
export const momentAt = z.number().describe('Milliseconds since 1970');
export const lengthMs = z.number().describe('Milliseconds');
export const share = z.number().describe('0..1');
/** The answer of a change that has nothing to tell. */
export const done = z.object({ done: z.literal(true) });

/** What every refusal tells. */
export const refusal = z.object({
  code: z.string().describe('As in docs/errors.md'),
  message: z.string(),
  mend: z.string().describe('What to do'),
  faults: listOf(z.object({ path: z.string(), message: z.string(), line: z.number().optional() }))
    .optional()
    .describe('Each fault of what was sent, where it has more than one'),
});

/** An answer that is a file of the type `type`, no JSON. */
export const file = (type: string) =>
  ({ description: 'A file', content: { [type]: { schema: z.unknown() } } }) as const;

/** With every field named, be it optional or not, so that a missing one shows. */
type Fields<T> = T extends readonly (infer One)[]
  ? readonly Fields<One>[]
  : T extends object
    ? { readonly [K in keyof Required<T>]: Fields<T[K & keyof T]> }
    : T;
type Same<A, B> = [A, B] extends [B, A] ? unknown : never;

/** `schema`, which has just the fields of `T`: one more or less on either side does not compile. */
export const tells =
  <T>() =>
  <S extends z.ZodType>(schema: S & Same<Fields<T>, Fields<z.output<S>>>): S =>
    schema;
