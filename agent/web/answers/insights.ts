import { z } from 'zod';
import { listOf, share } from './shapes.js';

/** Without a count where it is too small to be told. */
export const count = z.object({ name: z.string(), count: z.number().optional() });
export type Count = z.infer<typeof count>;

/** How the calls of some days went, in numbers; a mean of too few calls is left out. */
export const insights = z.object({
  days: z.number(),
  calls: z.number(),
  outcomes: listOf(count),
  messages: z.object({ taken: z.number(), urgent: z.number().optional(), done: z.number() }),
  reasons: listOf(count),
  byHour: listOf(z.number()),
  byDay: listOf(count),
  resolved: share.optional(),
  meanLengthMs: z.number().optional(),
  meanUntilDoneMs: z.number().optional(),
  meanAnswerMs: z.number().optional(),
  meanWaitMs: z.number().optional(),
  meanPauseMs: z.number().optional(),
  meanConfidence: share.optional(),
  missed: z.object({ turns: z.number().optional(), nearest: listOf(count) }),
  spam: listOf(count),
});
export type Insights = z.infer<typeof insights>;
