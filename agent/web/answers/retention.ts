import { z } from 'zod';
import type {
  CategoryCalendar,
  MonthCount,
  RetentionStatus,
} from '../../privacy/retention-desk.js';
import { listOf, momentAt, tells } from './shapes.js';

export const categoryResult = z.object({
  category: z.enum(['message', 'metadata', 'account', 'audio', 'transcript', 'logs']),
  before: momentAt.describe('What began before it is past its time'),
  count: z.number(),
  held: z.number().describe('Stays because of a legal hold'),
});

export const retentionStatus = tells<RetentionStatus>()(
  z.object({
    state: z.enum(['never', 'clock', 'off', 'fine', 'late']),
    ranAt: momentAt.optional(),
    results: listOf(categoryResult),
  }),
);

export const categoryCalendar = tells<CategoryCalendar>()(
  z.object({
    category: z.enum(['message', 'metadata', 'account', 'audio', 'transcript', 'logs']),
    days: z.number().describe('How long it is kept'),
    counts: listOf(z.number()).describe(
      'For each moment that was asked for: how many fall due since the one before it',
    ),
    held: z.number().describe('Would be due by the last moment, and stay because of a legal hold'),
  }),
);

export const monthCount = tells<MonthCount>()(
  z.object({
    month: z.string().describe('YYYY-MM, UTC'),
    language: z.string(),
    outcome: z.string(),
    calls: z.number().optional().describe('Left out when there are too few of them to be shown'),
    seconds: z.number().optional(),
  }),
);

/** How the schedule stands, and what falls due. */
export const retention = z.object({
  status: retentionStatus,
  at: listOf(momentAt).describe('Now, and the ends of the next weeks'),
  categories: listOf(categoryCalendar),
  months: listOf(monthCount),
});
export type Retention = z.infer<typeof retention>;
