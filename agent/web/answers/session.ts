import { z } from 'zod';
import { listOf, momentAt } from './shapes.js';

/** Where somebody is logged in; `here` is the login that asks. */
export const logins = z.object({
  logins: listOf(
    z.object({
      id: z.string(),
      device: z.string(),
      begunAt: momentAt,
      lastAt: momentAt,
      here: z.boolean(),
    }),
  ),
});
export type Logins = z.infer<typeof logins>;
