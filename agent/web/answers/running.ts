import { z } from 'zod';
import type { LineQuality } from '../../telephony/quality/book.js';
import { lengthMs, listOf, momentAt, share, tells } from './shapes.js';

export const lineQuality = tells<LineQuality>()(
  z.object({
    calls: z.number(),
    mos: z.number().describe('Averages over those of which it is known; 0 without any'),
    loss: share,
    jitterMs: lengthMs,
    callerSilent: z
      .number()
      .describe('Calls in which sound went one way only, by the way it did not go'),
    nothingSent: z.number(),
    fineSince: z.number().describe('Calls since the last of these'),
    unreported: z
      .number()
      .describe(
        'Calls of which the caller’s side told nothing (RTCP), so that one way only is known',
      ),
    at: momentAt.describe('When the last one ended, milliseconds since 1970'),
  }),
);

/** Calls that run: neither who calls nor what is said. */
export const runningCalls = z.object({
  calls: listOf(
    z.object({
      id: z.string(),
      begunAt: momentAt,
      state: z.enum(['offered', 'answered', 'talking', 'with-person', 'ended']),
      asks: z.string().optional(),
      intent: z.string().optional(),
      urgency: z.enum(['emergency', 'urgent', 'normal', 'unknown']),
      consented: z.boolean(),
      audible: z.boolean(),
    }),
  ),
  allows: z.object({ listen: z.boolean(), whisper: z.boolean() }),
  lines: z.object({
    held: z.number(),
    most: z.number(),
    turnedAway: z.number().describe('Callers for whom none was free, since the start'),
    quality: lineQuality
      .optional()
      .describe('How the last calls sounded together; left out before the first'),
  }),
});
export type RunningCalls = z.infer<typeof runningCalls>;
