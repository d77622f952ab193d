import { z } from 'zod';

const time = z.iso.datetime().describe('ISO 8601, UTC');
const maybe = <T extends z.ZodType>(schema: T) => schema.nullable();

const detail = z
  .strictObject({
    value: maybe(z.string()).describe('as it was understood'),
    heard: z.string().describe('the words, or the keys'),
    confidence: z.number().min(0).max(1),
    by: z.string().describe('voice, keys or caller-id'),
  })
  .describe('a detail of a message');

const correction = z.strictObject({
  thing: z
    .string()
    .describe('utterance:3 is the third turn; message:1:phone a detail of a message'),
  at: time,
  text: z.string().describe('how it should read'),
  originalSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/u)
    .describe('of what was there before, which is kept'),
});

const call = z.strictObject({
  id: z.string(),
  startedAt: time,
  answeredAt: maybe(time),
  endedAt: maybe(time),
  outcome: maybe(z.string()),
  endedBy: maybe(z.string()),
  language: z.string(),
  callerNumber: maybe(z.string()),
  consent: maybe(
    z.strictObject({ basis: z.string(), noticeVersion: z.string(), at: time }),
  ).describe('the consent to the recording'),
  guardian: maybe(
    z.strictObject({
      what: z.enum(['agreed', 'refused', 'absent']),
      who: maybe(z.string()),
      how: z.enum(['voice', 'key', 'silence', 'hang-up', 'staff']),
      by: z.string().optional().describe('who noted what was told to staff after the call'),
      at: time,
    }),
  ).describe('what the guardian of a caller under age said'),
  utterances: z.array(
    z.strictObject({
      party: z.enum(['caller', 'agent']),
      atMs: z.number().int().min(0).describe('milliseconds from the start of the call'),
      lengthMs: z.number().int().min(0),
      text: z.string(),
      secondHearing: maybe(z.string()).describe('what was heard when it was listened to again'),
    }),
  ),
  decisions: z.array(z.strictObject({ atMs: z.number().int(), reason: z.string() })),
  messages: z.array(
    z.strictObject({
      id: z.string(),
      takenAt: time,
      state: z.enum(['partial', 'open', 'done']),
      urgent: maybe(z.boolean()),
      recipient: maybe(z.string()),
      intent: z.string(),
      confirmed: z.boolean(),
      name: maybe(detail),
      phone: maybe(detail),
      reason: maybe(detail),
      callbackTime: maybe(detail),
      details: z.record(z.string(), detail).describe('what was asked besides, by its id'),
      notes: z.array(z.strictObject({ at: time, text: z.string() })).describe('notes of staff'),
    }),
  ),
  recording: maybe(
    z.strictObject({
      file: z.string().describe('in this archive: stereo WAV, left the caller'),
      seconds: z.number().int().min(0),
    }),
  ),
  recordingDamaged: z
    .boolean()
    .describe('there is a recording, but it cannot be read, or not all of it'),
  damagedSeconds: z
    .array(z.number().int().min(0))
    .optional()
    .describe('seconds since the start of the call that are damaged, and silent in the file'),
  corrections: z.array(correction),
});

/** What a person gets who asks for their data (GDPR Art. 15 and 20). */
export const reportSchema = z
  .strictObject({
    format: z.literal('vestibule-subject-report'),
    version: z.literal(1),
    madeAt: time,
    office: z.string(),
    contact: maybe(z.string()).describe('whom to write to'),
    contacts: z.array(
      z.strictObject({
        id: z.string(),
        names: z.array(z.string()),
        numbers: z.array(z.string()),
        firstAt: time,
        lastAt: time,
      }),
    ),
    calls: z.array(call),
    objections: z.array(z.strictObject({ kind: z.string(), number: z.string(), at: time })),
    rules: z
      .array(z.strictObject({ way: z.string(), since: time, until: maybe(time) }))
      .describe('how the office has calls from these numbers handled'),
    requests: z.array(
      z.strictObject({
        kind: z.string(),
        receivedAt: time,
        dueAt: time,
        state: z.string(),
        outcome: maybe(z.string()),
      }),
    ),
    processing: z
      .array(
        z.strictObject({
          purpose: z.string(),
          basis: z.string(),
          data: z.string(),
          kept: z.string(),
        }),
      )
      .describe('what data are kept for (GDPR Art. 15(1)(a), (b), (d))'),
  })
  .describe('Everything that a Vestibule holds of one person');

export type SubjectReport = z.infer<typeof reportSchema>;
export type ReportedCall = SubjectReport['calls'][number];

/** The schema as it is published: JSON Schema 2020-12. */
export const publishedSchema = (): object => ({
  $id: 'subject-report.schema.json',
  title: 'Vestibule subject report, version 1',
  ...z.toJSONSchema(reportSchema, { target: 'draft-2020-12' }),
});
