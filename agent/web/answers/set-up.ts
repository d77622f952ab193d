import { z } from 'zod';
import { CONSENT_MODES } from '../../dialogue/consent.js';
import { listOf } from './shapes.js';

/** By code: the least consent that is asked for there, and where that stands. */
export const jurisdictions = z.record(
  z.string(),
  z.object({ mode: z.enum(CONSENT_MODES), source: z.string() }),
);
export type Jurisdictions = z.infer<typeof jurisdictions>;

/** What the first set-up starts from. */
export const setUpOffer = z.object({
  /** Whether the configuration is still an example's. */
  fresh: z.boolean(),
  /** Hash of the text that answers would replace. */
  base: z.string(),
  kinds: listOf(z.string()),
  consentModes: listOf(z.string()),
  jurisdictions,
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
  /** Where this machine is reached in its networks. */
  addresses: listOf(z.object({ address: z.string(), network: z.string() })),
});
export type SetUpOffer = z.infer<typeof setUpOffer>;

/** What does not fit yet of the answers that were given so far; nothing was written. */
export const setUpFaults = z.object({
  faults: listOf(z.object({ path: z.string(), message: z.string() })),
});
export type SetUpFaults = z.infer<typeof setUpFaults>;
