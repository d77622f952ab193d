import { isIP } from 'node:net';
import { z } from 'zod';

const address = z
  .string()
  .refine((text) => isIP(text) !== 0, 'write an IP address, such as 192.168.1.20');

/** Whom Asterisk shuts out for guessing: the guard's slice of the PBX's configuration. */
export const guardSettings = z.strictObject({
  enabled: z.boolean().default(true),
  /** Wrong passwords, unknown names and unanswered challenges of an address until it is shut out. */
  offences: z.int().min(2).max(1_000).default(10),
  /** They count for so long. */
  withinSeconds: z.int().min(10).max(86_400).default(60),
  /** How long an address stays shut out; twice as long each time it comes back. */
  banSeconds: z.int().min(60).max(2_592_000).default(3_600),
  /** Addresses that are never shut out, whatever comes from them: trunks, a PBX. Loopback never is. */
  never: z.array(address).default([]),
});

export type GuardSettings = z.infer<typeof guardSettings>;
