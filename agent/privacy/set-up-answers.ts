import { z } from 'zod';
import { CONSENT_MODES } from '../dialogue/consent.js';
import type { ShelvedModel } from '../speech/model-shelf.js';

export const DAYS = [
  ...['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
] as const;

/** What kind of office it is, and in which language it speaks: an example that is made the office's own. */
export const KINDS = ['clinic', 'dentist', 'law', 'trade', 'restaurant', 'clinic-ko'] as const;

/** The language that an office of this kind speaks, ISO 639-1. */
export const languageOf = (kind: (typeof KINDS)[number]): string =>
  kind === 'clinic-ko' ? 'ko' : 'en';

export const extension = z.string().regex(/^\d{2,6}$/u, 'write two to six digits');
export const hoursOfDay = z
  .array(z.string().regex(/^\d\d:\d\d-\d\d:\d\d$/u, 'write spans such as 08:30-12:30'))
  .max(4);
const told = z.string().trim().min(1, 'this may not be empty');
const duty = (what: string): z.ZodLiteral<true> => z.literal(true, `a duty is unset: ${what}`);

/** What the set-up has to know; nothing in it is a secret. */
export const answersSchema = z.strictObject({
  kind: z.enum(KINDS),
  office: z.strictObject({
    name: told,
    address: told,
    directions: z.string().trim().optional(),
    services: z.array(told).max(40).default([]),
  }),
  /** ISO 3166, two letters. */
  country: z.string().regex(/^[a-z]{2}$/u, 'write two small letters, such as gb'),
  timeZone: told,
  /** Days that are left out are closed. */
  hours: z.partialRecord(z.enum(DAYS), hoursOfDay),
  emergencyNumber: z.string().regex(/^\d{2,4}$/u, 'write the digits, such as 999'),
  /** The first one takes what nobody else is for. */
  staff: z
    .array(z.strictObject({ name: told, extension, aliases: z.array(told).default([]) }))
    .min(1),
  recording: z.boolean(),
  /** Where callers are protected by law: a code of `privacy.jurisdiction`. */
  jurisdiction: z.string('a duty is unset: name the jurisdiction').min(2),
  consent: z.enum(CONSENT_MODES, 'a duty is unset: how callers consent to the recording'),
  /** Why less than the jurisdiction asks is enough here. */
  weakerConsent: told.optional(),
  controller: z.strictObject({ name: told, address: told, contact: told }),
  authority: z.strictObject({ name: told, contact: told }),
  duties: z.strictObject({
    by: z.string('a duty is unset: name who takes the duties on').trim().min(1),
    aiDisclosure: duty('callers are told that a machine answers'),
    recordingNotice: duty('callers are told of the recording, and staff of theirs'),
  }),
});

export type Answers = z.infer<typeof answersSchema>;

export interface SetUpDone {
  readonly file: string;
  /** Where what stood there before is kept. */
  readonly before: string | undefined;
}

export type FoundPbx = 'asterisk' | 'freepbx';

/** What the machine has that an office is set up with. */
export interface Surroundings {
  readonly models: readonly ShelvedModel[];
  /** A PBX of its own that Vestibule could join; our own Asterisk serves where there is none. */
  readonly pbx: FoundPbx | undefined;
}

/** Makes the configuration of the answers. @throws CONFIG_…, with every fault; nothing is written then */
export type SetUp = (answers: Answers, force: boolean) => Promise<SetUpDone>;
