import { z } from 'zod';
import type { EraseDesk, ErasurePlan } from '../../privacy/erase-desk.js';
import type { CallBack, QueuedRequest } from '../../privacy/request-desk.js';
import type { WaitingForGuardian } from '../../privacy/guardian-desk.js';
import type { Freeze } from '../../privacy/freeze-desk.js';
import type { StoredObjection } from '../../privacy/objection-desk.js';
import { guardianAnswer } from './call-reading.js';
import { lengthMs, listOf, momentAt, tells } from './shapes.js';

export const kept = z.object({
  what: z.string(),
  ids: listOf(z.string()),
  why: z.string(),
});

export const mention = z.object({
  call: z.string(),
  atMs: lengthMs.describe("From the call's start"),
  what: z.enum(['number', 'name', 'email', 'maybe-name']),
});

export const erasurePlan = tells<ErasurePlan>()(
  z.object({
    calls: listOf(z.string()),
    contacts: listOf(z.string()),
    recordings: listOf(z.string()),
    utterances: z.number(),
    messages: z.number(),
    kept: listOf(kept),
    mentions: listOf(mention).describe(
      "Others' calls in which the person is spoken of: somebody has to look at them",
    ),
  }),
);

export const signature = z.object({
  algorithm: z.literal('Ed25519'),
  key: z.string().describe('SHA-256 of the public key (DER), hexadecimal'),
  value: z
    .string()
    .describe("Base64, of the document's JSON without `signature` and without white space"),
});

/** The signed receipt of an erasure. */
export const receipt = tells<Awaited<ReturnType<EraseDesk['erase']>>>()(
  erasurePlan.extend({
    document: z.literal('vestibule erasure receipt'),
    version: z.literal(1),
    id: z.string(),
    askedBy: z.string(),
    identity: z.string(),
    startedAt: momentAt,
    completedAt: momentAt.describe(
      'When keys, files and rows were gone and the write-ahead logs were empty',
    ),
    signature,
  }),
);

export const requestBody = z.object({
  name: z.string().optional(),
  number: z.string().optional(),
  email: z.string().optional(),
  note: z.string().optional(),
});

export const storedRequest = z.object({
  id: z.number(),
  kind: z.string(),
  state: z.enum(['open', 'refused', 'done', 'verified']),
  via: z.enum(['voice', 'staff']),
  receivedAt: momentAt,
  dueAt: momentAt,
  extended: z
    .object({
      at: momentAt,
      why: z.string(),
    })
    .optional(),
  message: z.string().optional().describe('Id of the message in which it was said'),
  verified: z
    .object({
      at: momentAt,
      by: z.string(),
      how: z.string(),
    })
    .optional(),
  closed: z
    .object({
      at: momentAt,
      by: z.string(),
      outcome: z.string(),
    })
    .optional(),
  body: requestBody.optional().describe('Left out when its key was erased'),
});

export const queuedRequest = tells<QueuedRequest>()(
  storedRequest.extend({
    urgency: z.enum(['closed', 'in-time', 'due-soon', 'overdue']),
  }),
);

export const callBack = tells<CallBack>()(
  z.object({
    code: z.string(),
    numbers: listOf(z.string()).describe('Numbers that were known before the request came'),
  }),
);

export const waitingForGuardian = tells<WaitingForGuardian>()(
  z.object({
    call: z.string(),
    startedAt: momentAt.optional(),
    number: z
      .string()
      .optional()
      .describe('Whom to call: the number the call came from, where it showed one'),
    answer: guardianAnswer
      .optional()
      .describe('What the guardian said last; left out if its row is gone'),
    request: z
      .number()
      .optional()
      .describe(
        'Number of its request for erasure in the queue, and when it is due; left out if that is closed',
      ),
    dueAt: momentAt.optional(),
  }),
);

export const freeze = tells<Freeze>()(
  z.object({
    id: z.number(),
    kind: z.enum(['restriction', 'hold']),
    call: z.string().optional(),
    contact: z.string().optional(),
    at: momentAt,
    by: z.string(),
    why: z.string(),
    lifted: z
      .object({
        at: momentAt,
        by: z.string(),
      })
      .optional(),
  }),
);

export const storedObjection = tells<StoredObjection>()(
  z.object({
    id: z.string(),
    kind: z.enum(['no-record', 'no-assistant']),
    number: z.string().optional().describe('E.164; left out when its key is gone'),
    at: momentAt,
    by: z.string(),
  }),
);
