import { z } from 'zod';
import type { Difference } from '../../privacy/message-room.js';
import type { CallReading } from '../../privacy/reading-room.js';
import { lengthMs, listOf, momentAt, share, tells } from './shapes.js';
import { callHead } from './calls.js';

export const difference = tells<Difference>()(
  z.object({
    kind: z.string(),
    live: z.string().nullable(),
    second: z.string().nullable(),
  }),
);

export const storedUtterance = z.object({
  secondHearing: z
    .object({
      text: z.string(),
      engine: z.string(),
      differences: listOf(difference),
    })
    .optional(),
  words: z.string().optional().describe('JSON of word times, where the engine gives them'),
  party: z.enum(['caller', 'agent']),
  person: z
    .string()
    .optional()
    .describe(
      'Id of the transfer target who said it, on our side of the call; absent for our own words',
    ),
  atMs: lengthMs,
  lengthMs,
  text: z.string(),
  confidence: share.optional(),
  engine: z.string().optional(),
  whole: z.boolean().describe('False when it was cut short by the caller'),
  hidden: z
    .string()
    .optional()
    .describe('JSON of what is hidden in the text and may be revealed to some. Stored sealed'),
});

export const snippet = z.object({
  fromMs: lengthMs,
  toMs: lengthMs,
});

export const told = z.object({
  value: z
    .string()
    .nullable()
    .describe(
      'As it was understood (digits, an ISO time, a name); null when only words were heard',
    ),
  heard: z.string().describe("The caller's own words, or the keys"),
  confidence: share,
  by: z.enum(['voice', 'keys', 'caller-id']),
  snippet: snippet.optional().describe('Where it was said; absent when it was not heard'),
});

export const recordedTransfer = z.object({
  target: z.string().describe('Id of the transfer target'),
  why: z.string(),
  outcome: z
    .enum(['failed', 'answered', 'busy', 'no-answer', 'declined', 'voicemail'])
    .nullable()
    .describe('Null while it was not known when the call ended'),
});

export const dialogueRecord = z.object({
  intent: z
    .string()
    .nullable()
    .describe(
      'What the call was mainly about; null when the caller wanted nothing that was understood',
    ),
  intents: listOf(z.string()).describe('Everything that was wanted, in the order said, each once'),
  urgency: z.enum(['unknown', 'emergency', 'urgent', 'normal']),
  slots: z
    .record(z.string(), told)
    .describe('What the caller told, by name of the detail. The latest message counts'),
  summary: z
    .string()
    .describe("The caller's own sentences and the details, for people: nothing else is in it"),
  rephrased: z
    .object({
      text: z.string(),
      model: z.string(),
    })
    .optional()
    .describe(
      'The summary in other words, by a language model; for convenience, never in place of it',
    ),
  transfers: listOf(recordedTransfer),
  trace: listOf(z.string()).describe("Each decision's code, in order"),
});

export const guardianAnswer = z.object({
  at: momentAt,
  what: z
    .enum(['agreed', 'refused', 'absent'])
    .describe('`absent`: none was there, or none answered'),
  who: z
    .string()
    .nullable()
    .describe("Their name as it was heard; null if it was not told, or the call's key was erased"),
  how: z.enum(['voice', 'key', 'silence', 'hang-up', 'staff']),
  by: z
    .string()
    .optional()
    .describe('Who of the staff noted it; left out for what was said in the call'),
});

export const correction = z.object({
  call: z.string(),
  thing: z
    .string()
    .describe(
      '`utterance:3` for the third turn, or `message:1:phone` for a detail of the first message',
    ),
  at: momentAt,
  by: z.string(),
  originalSha256: z
    .string()
    .describe("SHA-256 of the original's text, hexadecimal: shows that it was not changed"),
  text: z.string(),
});

export const callReading = tells<CallReading>()(
  callHead.extend({
    callerNumber: z.string().optional(),
    utterances: listOf(storedUtterance),
    decisions: listOf(
      z.object({
        atMs: lengthMs,
        event: z.string().describe('JSON of the DialogueEvent'),
        actions: z.string().describe('JSON of the DialogueAction list'),
        reason: z.string(),
      }),
    ),
    consent: z
      .object({
        basis: z.string(),
        noticeVersion: z.string(),
        at: momentAt,
      })
      .optional(),
    record: dialogueRecord
      .optional()
      .describe('What it came to; left out when nothing was decided in it'),
    guardian: guardianAnswer
      .optional()
      .describe('What the guardian of somebody under age said; left out when none was asked for'),
    redactions: listOf(
      z.object({
        atMs: lengthMs,
        kind: z.string(),
        place: z.enum(['message', 'text', 'keys', 'sound']),
      }),
    ).describe('What of it was hidden: what it was and where, never which'),
    corrections: listOf(correction).describe(
      'What people found wrong; the last one of a thing counts',
    ),
    recording: z
      .object({
        seconds: z.number(),
        state: z.enum(['open', 'closed', 'incomplete', 'discarded', 'damaged']),
      })
      .optional()
      .describe(
        '`seconds` are those in which anything was recorded and that can be found; what is damaged is silent',
      ),
  }),
);
