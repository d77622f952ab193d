import { z } from 'zod';
import type { StoredHandlingRule } from '../../privacy/handling-room.js';
import type { Decision } from '../../reception/handling.js';
import type { StaffMember } from '../../reception/handling-staff.js';
import { listOf, momentAt, tells } from './shapes.js';

export const newHandlingRule = z.object({
  caller: z
    .string()
    .optional()
    .describe(
      'E.164, an extension, a beginning followed by `*`, or `withheld`; left out for every caller',
    ),
  called: z.string().optional().describe('The number that was dialled; left out for every number'),
  way: z.enum(['allow', 'voicemail', 'staff', 'assistant', 'block', 'vip']),
  target: z
    .string()
    .optional()
    .describe('Id of the destination that rings first, and for how long. Only for `staff`'),
  seconds: z.number().optional(),
  recording: z.enum(['never', 'force', 'yes', 'dont-care', 'no']).optional(),
  until: momentAt
    .optional()
    .describe('Milliseconds since 1970; left out for as long as it is not removed'),
});

export const storedHandlingRule = tells<StoredHandlingRule>()(
  newHandlingRule.extend({
    id: z.string(),
    setAt: momentAt,
    setBy: z.string(),
  }),
);

export const decision = tells<Decision>()(
  z.object({
    way: z.enum(['voicemail', 'staff', 'assistant', 'block']),
    staff: z
      .object({
        target: z.string(),
        seconds: z.number(),
      })
      .optional(),
    challenged: z.boolean().describe('Whether the caller has to press a key first'),
    vip: z.boolean(),
    recorded: z.boolean(),
    because: listOf(z.string()).describe(
      'Codes of what decided: `rule.ID`, `configured.N`, `list.block`, `gate.too-many`, …',
    ),
  }),
);

export const away = z.object({
  person: z.string().describe('Id of the transfer target'),
  kind: z
    .enum(['absent', 'do-not-disturb'])
    .describe('`do-not-disturb` does not count for danger and urgent messages'),
  from: momentAt,
  until: momentAt,
});

export const staffMember = tells<StaffMember>()(
  z.object({
    id: z.string(),
    name: z.string(),
    extension: z.string(),
    roles: listOf(z.string()),
    departments: listOf(z.string()).describe(
      'Ids of departments that this one belongs to, and of rotas by which this one is on duty now',
    ),
    onDuty: listOf(z.string()),
    away: listOf(away).describe('What runs now or comes later'),
  }),
);

export const handlingRules = z.object({
  rules: listOf(storedHandlingRule),
  destinations: listOf(z.object({ id: z.string(), name: z.string() })),
});
