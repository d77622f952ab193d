import { z } from 'zod';
import { callHead } from './calls.js';
import { finding } from './health.js';
import { messageHead } from './messages.js';
import { listOf, momentAt } from './shapes.js';

/** An office as the dashboard lists it. */
export const officeState = z.object({
  id: z.string(),
  name: z.string(),
  seenAt: momentAt.optional().describe('When it last answered anything, since this daemon started'),
});
export type OfficeState = z.infer<typeof officeState>;

/** How an office is: what its doctor finds, and whether it answers calls. */
export const officeHealth = z.object({ answering: z.boolean(), findings: listOf(finding) });
export type OfficeHealth = z.infer<typeof officeHealth>;

/** What an office told, or that it is away or refuses, and why. */
const told = <T extends z.ZodRawShape>(shape: T) =>
  z.discriminatedUnion('state', [
    z.object({ state: z.literal('here'), ...shape }),
    z.object({ state: z.enum(['away', 'refused']), code: z.string(), mend: z.string() }),
  ]);

export const officeMessages = told({ messages: listOf(messageHead) });
export const officeCalls = told({ calls: listOf(callHead) });
export const officeHealthTold = told(officeHealth.shape);
