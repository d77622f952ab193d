import { z } from 'zod';
import type { Finding } from '../../finding.js';
import { listOf, tells } from './shapes.js';

export const finding = tells<Finding>()(
  z.object({
    id: z.string().describe('Stable, such as `files.private`'),
    title: z.string(),
    status: z.enum(['warn', 'ok', 'fail', 'skipped']),
    finding: z.string().describe('What was found, in one clause'),
    why: z.string().describe('What goes wrong when this is not in order'),
    mend: z.string().describe('What to do; empty when there is nothing to do'),
  }),
);

export const health = z.object({
  ready: z.boolean(),
  version: z.string(),
  findings: listOf(finding),
});

/** For programs that watch over ours. */
export const alive = z.object({ live: z.boolean() });
export const readyAnswer = z.object({
  ready: z.boolean(),
  trunks: z.object({ up: z.number(), lost: z.number() }).optional(),
});
