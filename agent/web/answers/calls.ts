import { z } from 'zod';
import type { SearchHit } from '../../privacy/search-room.js';
import { lengthMs, listOf, momentAt, share, tells } from './shapes.js';

export const callQuality = z.object({
  lossIn: share
    .optional()
    .describe(
      'Share of packets that never arrived, 0 to 1: from the caller; left out in the first seconds of a call',
    ),
  lossOut: share
    .optional()
    .describe(
      'The same at the caller; left out, as the next two, where the caller’s side tells nothing (RTCP)',
    ),
  jitterInMs: lengthMs,
  jitterOutMs: lengthMs.optional(),
  roundTripMs: lengthMs.optional(),
  mos: z
    .number()
    .optional()
    .describe(
      'Mean opinion score that these figures let expect, 1 to 4.4 (ITU-T G.107, simplified); left out where nothing ' +
        'is known of lost packets, or sound went one way only',
    ),
  oneWay: z
    .enum(['none', 'caller-silent', 'nothing-sent'])
    .describe(
      'Whether sound went one way only: nothing came from the caller, or nothing left for him',
    ),
});

export const attestation = z.object({
  verdict: z.enum(['passed', 'failed', 'unverified']),
  level: z
    .enum(['A', 'B', 'C'])
    .optional()
    .describe(
      "A: the number is the caller's; B: the caller is known, the number is not; C: from a gateway",
    ),
});

export const callHead = z.object({
  id: z.string(),
  startedAt: momentAt,
  answeredAt: momentAt.optional(),
  endedAt: momentAt.optional(),
  outcome: z.string().optional(),
  endedBy: z.string().optional(),
  language: z.string(),
  intent: z.string().optional().describe('Code of what it was mainly about'),
  urgency: z.string().optional(),
  quality: callQuality
    .optional()
    .describe('How it sounded; left out for one that was too short to tell'),
  attestation: attestation
    .optional()
    .describe("What the carrier said of the caller's number; left out where it said nothing"),
  recorded: z.boolean().describe('Whether any recording of it is kept'),
});

export const searchHit = tells<SearchHit>()(
  callHead.extend({
    lines: listOf(
      z.object({
        atMs: lengthMs.optional(),
        text: z.string(),
      }),
    ).describe('Sentences of the caller or of a message that hold one of the words, a few at most'),
  }),
);

export const hiddenText = z.object({
  atMs: lengthMs,
  kind: z.string(),
  text: z.string(),
});

/** Whether corrected sentences may teach what callers mean, and what that can be. */
export const teachingAnswer = z.object({ on: z.boolean(), intents: listOf(z.string()) });
export type Teaching = z.infer<typeof teachingAnswer>;

export const callList = z.object({
  calls: listOf(callHead),
  total: z.number().describe('How many fit, whatever the limit'),
});

/** What calls can be filtered by: every outcome, intent and urgency that any of them has. */
export const callKinds = z.object({
  outcome: listOf(z.string()),
  intent: listOf(z.string()),
  urgency: listOf(z.string()),
});
export type Kinds = z.infer<typeof callKinds>;
