import { z } from 'zod';
import { listOf } from './shapes.js';

/** What the first set-up starts from. */
export const setUpOffer = z.object({
  /** Whether the configuration is still an example's. */
  fresh: z.boolean(),
  /** Hash of the text that answers would replace. */
  base: z.string(),
  kinds: listOf(z.string()),
  consentModes: listOf(z.string()),
  /** By code: the least consent that is asked for there, and where that stands. */
  jurisdictions: z.record(z.string(), z.object({ mode: z.string(), source: z.string() })),
  models: listOf(
    z.object({
      name: z.string(),
      purpose: z.string(),
      language: z.string(),
      licence: z.string(),
      needed: z.boolean(),
      /** On this machine; 0 while it is not there. */
      bytes: z.number(),
    }),
  ),
  /** A PBX that is on this machine. */
  pbx: z.enum(['asterisk', 'freepbx']).optional(),
});
export type SetUpOffer = z.infer<typeof setUpOffer>;
