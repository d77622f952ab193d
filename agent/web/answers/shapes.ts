import { z } from 'zod';

/** A list as the rooms give it: it is not changed any more. */
export const listOf = <T extends z.ZodType>(one: T) => z.array(one).readonly();
/** Milliseconds since 1970. */
export const momentAt = z.number();
/** 0..1 */
export const share = z.number();
