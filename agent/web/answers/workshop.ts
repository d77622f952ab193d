import { z } from 'zod';
import type { FaqRank } from '../../understanding/faq.js';
import type { Understood } from '../../understanding/ports.js';
import { listOf, share, tells } from './shapes.js';

export const shelfPrompt = z.object({
  name: z.string(),
  text: z.string(),
  recorded: z.boolean().describe('Whether somebody recorded it'),
});
export type ShelfPrompt = z.infer<typeof shelfPrompt>;

export const faqRank = tells<FaqRank>()(
  z.object({
    id: z.string(),
    question: z.string().describe("The entry's question that is nearest"),
    score: share,
  }),
);

export const faqTrial = z.object({
  ranks: listOf(faqRank).describe('The nearest first'),
  answers: z
    .string()
    .optional()
    .describe('Id of the entry that answers; left out where a message would be taken'),
  score: share.describe('What the first must reach, and by how much it must lead'),
  margin: share,
});
export type FaqTrial = z.infer<typeof faqTrial>;

export const intentExample = z.object({
  text: z.string(),
  own: z.boolean().describe("Whether the office added it; the profile's own stay"),
});
export type IntentExample = z.infer<typeof intentExample>;

export const intentBook = z.object({
  profile: z.string(),
  language: z.string(),
  trained: z
    .boolean()
    .describe('Whether what calls are understood by was trained from just these examples'),
  accuracy: share
    .optional()
    .describe('Share of examples that were understood without having been learnt from, 0..1'),
  intents: listOf(
    z.object({
      intent: z.string(),
      examples: listOf(intentExample),
    }),
  ),
});
export type IntentBook = z.infer<typeof intentBook>;

export const scored = z.object({
  intent: z.string(),
  score: share,
});

export const faqMatch = z.object({
  id: z.string(),
  score: share,
  margin: share,
});

export const understood = tells<Understood>()(
  z.object({
    intent: z.string(),
    score: share,
    alternatives: listOf(scored),
    others: listOf(scored)
      .optional()
      .describe('What else the caller wants, in the order said; absent when that is nothing'),
    slots: z.record(
      z.string(),
      z.object({
        value: z.string(),
        confidence: share,
        heard: z.string(),
      }),
    ),
    emergency: z.boolean(),
    faq: faqMatch.optional().describe('Present only when an entry passed the score and the margin'),
    asked: listOf(scored.extend({ text: z.string(), faq: faqMatch }))
      .optional()
      .describe('Parts of what was said that an entry fits; absent where it is one part'),
    proposedBy: z
      .string()
      .optional()
      .describe('The language model that proposed the intent; absent when it is our own'),
  }),
);
