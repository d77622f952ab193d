import { z } from 'zod';

/**
 * `blind` rings the person with the caller on the line; `announced` first tells the person who calls and
 * why, and asks whether they take the call.
 */
const mode = z.enum(['blind', 'announced']);

/** What follows when nobody of a chain took the call: a message is offered, taken, or voicemail begins. */
const whenMissed = z.enum(['offer', 'message', 'voicemail']);

/** How callers are connected, for one destination; what is left out is as for the whole office. */
export const transferHere = z.strictObject({
  mode: mode.optional(),
  whenMissed: whenMissed.optional(),
});

/** How callers are connected with people. */
export const transferSettings = z.strictObject({
  mode: mode.default('blind'),
  whenMissed: whenMissed.default('offer'),
  /** What the caller hears while people are asked, in `announced`. */
  waiting: z.enum(['music', 'ringing', 'silence']).default('music'),
  /** What follows when the person has hung up and the caller has not. */
  afterTalk: z.enum(['hang-up', 'ask']).default('hang-up'),
  /**
   * Whether recording and transcript go on while caller and person talk, if the call is recorded and
   * its people were asked through the announcement. Both are told before they are connected.
   */
  recorded: z.boolean().default(true),
  /** The same for blind transfers: whoever answers is told so, in a sentence, before they are connected. */
  blindRecorded: z.boolean().default(false),
  /** How long a person has to say whether they take the call, once they were told, in seconds. */
  answerSeconds: z.int().min(5).max(60).default(12),
});

export type TransferSettings = z.infer<typeof transferSettings>;
export type TransferMode = z.infer<typeof mode>;
export type WhenMissed = z.infer<typeof whenMissed>;
