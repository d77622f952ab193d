import { availableParallelism } from 'node:os';
import { z } from 'zod';

/** Calls that a core carries, all parts and simulated callers on it: half of the gaps are below 0.8 s; docs/benchmarks/load.md. */
const CALLS_A_CORE = 8;
const MOST = 500;

/** The reception's slice of the configuration. */
export const receptionSettings = z.strictObject({
  /** Calls held at once; further ones go to the fallback. Left out: as many as the cores carry. */
  mostCalls: z
    .number()
    .int()
    .min(1)
    .max(MOST)
    .optional()
    .transform((calls) => calls ?? Math.min(MOST, CALLS_A_CORE * availableParallelism())),
  /** What callers beyond them get: the office's phones and voicemail, or the busy tone. */
  whenFull: z.enum(['fallback', 'busy']).default('fallback'),
  /** Silence after which the dialogue is asked what to do, in milliseconds. */
  silenceMs: z.number().int().min(2_000).max(60_000).default(7_000),
  /** How the recording of calls is consented to. `off` records nothing. */
  recording: z.enum(['announcement', 'off']),
  /** Whether recordings are listened to again after their calls, while no call runs. */
  secondPass: z.boolean().default(true),
  /** A call of our own every night, over the real line, while nobody calls; the alarm is in the log. */
  selfTest: z
    .strictObject({
      /** Local time of day. */
      at: z
        .string()
        .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, 'write a time of day as 03:40')
        .default('03:40'),
    })
    .optional(),
  /** Who acknowledged the duties of recording and of telling callers that a machine answers. */
  acknowledgement: z
    .strictObject({
      by: z.string().min(1),
      version: z.string().min(1),
    })
    .optional(),
});

export type ReceptionSettings = z.infer<typeof receptionSettings>;
