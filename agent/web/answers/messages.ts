import { z } from 'zod';
import type {
  Detail,
  ListedMessage,
  MessageCounts,
  MessageHead,
  MessageReading,
} from '../../privacy/message-room.js';
import { lengthMs, listOf, momentAt, share, tells } from './shapes.js';
import { correction, difference } from './call-reading.js';

export const detail = tells<Detail>()(
  z.object({
    value: z.string().nullable(),
    heard: z.string(),
    confidence: share,
    by: z.string(),
    snippet: z
      .object({
        fromMs: lengthMs,
        toMs: lengthMs,
      })
      .optional()
      .describe(
        "Where in the call's recording it was said, in milliseconds from its start; absent without one",
      ),
  }),
);

export const messageBody = z.object({
  name: detail.nullable(),
  phone: detail.nullable(),
  reason: detail.nullable(),
  callbackTime: detail.nullable(),
  details: z
    .record(z.string(), detail)
    .optional()
    .describe('What was asked besides, by its id; absent when nothing was'),
});

export const storedMessage = z.object({
  id: z.string(),
  call: z.string(),
  takenAt: momentAt,
  updatedAt: momentAt,
  state: z.enum(['open', 'partial', 'done']),
  urgent: z.boolean().optional(),
  recipient: z.string().optional(),
  intent: z.string(),
  confirmed: z.boolean(),
  contact: z.string().optional(),
  done: z
    .object({
      at: momentAt,
      by: z.string(),
    })
    .optional(),
  assignedTo: z.string().optional().describe('Name of the account that works on it'),
  read: z.boolean().describe('Whether anybody has opened it'),
  body: messageBody
    .optional()
    .describe('Left out when the key of its call was erased, and in lists when it is restricted'),
});

export const messageCounts = tells<MessageCounts>()(
  z.object({
    open: z.number(),
    partial: z.number(),
    done: z.number(),
    urgent: z.number(),
    unread: z.number(),
  }),
);

export const messageNote = z.object({
  id: z.number(),
  at: momentAt,
  by: z.string(),
  text: z.string(),
});

export const messageReading = tells<MessageReading>()(
  storedMessage.extend({
    secondHearing: listOf(difference),
    notes: listOf(messageNote),
    corrections: listOf(correction).describe(
      'What people found wrong in it; the last one of a thing counts',
    ),
  }),
);

/** A message as another office tells it. */
export const officeMessage = messageReading.extend({
  questions: z
    .record(z.string(), z.string())
    .optional()
    .describe('What that office asked its caller besides, by the id of the answer'),
});
export type OfficeMessage = z.infer<typeof officeMessage>;

export const messageHead = tells<MessageHead>()(
  z.object({
    intent: z.string(),
    id: z.string(),
    call: z.string(),
    urgent: z.boolean().optional(),
    state: z.enum(['open', 'partial', 'done']),
    takenAt: momentAt,
    read: z.boolean().describe('Whether anybody has opened it'),
  }),
);

const listedMessage = tells<ListedMessage>()(
  storedMessage.extend({
    restricted: z.literal(true).optional().describe('Its call, or who called, is restricted'),
  }),
);

export const messageList = z.object({ messages: listOf(listedMessage), counts: messageCounts });
