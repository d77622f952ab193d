import { z } from 'zod';

/** Shapes that several methods ask for. */
export const nothing = z.strictObject({});
export const limit = z.number().int().min(1).max(1_000_000);
export const id = z.string().max(200);
export const byId = z.strictObject({ id });
export const word = z.string().max(10_000);
export const maybe = word.optional();
/** Milliseconds since 1970. */
export const time = z.number().int();
export const serial = z.number().int().min(1);

/** Whose data is meant. */
export const whom = z.strictObject({
  ...{ number: maybe, email: maybe, name: maybe, contact: maybe },
});

/** How it is known who asks. */
export const proof = z.strictObject({ request: serial.optional(), identity: maybe });
