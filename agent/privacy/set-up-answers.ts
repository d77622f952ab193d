import { IANAZone } from 'luxon';
import { z } from 'zod';
import { CONSENT_MODES } from '../dialogue/consent.js';
import type { ShelvedModel } from '../speech/model-shelf.js';
import { timeRanges, WEEKDAYS } from '../understanding/settings.js';

export const DAYS = WEEKDAYS;

export const extension = z.string().regex(/^\d{2,6}$/u, 'write two to six digits');
/** As they are written; the faults are those that the configuration would be refused for. */
export const hoursOfDay = z
  .array(z.string())
  .max(4, 'at most four spans a day')
  .superRefine((spans, context) => {
    for (const { message } of timeRanges.safeParse(spans).error?.issues ?? []) {
      context.addIssue({ code: 'custom', message });
    }
  });
export const timeZone = z
  .string()
  .trim()
  .refine((zone) => IANAZone.isValidZone(zone), 'write a zone such as Europe/London');
export const holiday = z.strictObject({
  date: z.iso.date('write a day as 2026-12-25'),
  /** As callers say it. */
  name: z.string().trim().min(1, 'a holiday has a name, such as Christmas Day'),
});
const told = z.string().trim().min(1, 'this may not be empty');
const duty = (what: string): z.ZodLiteral<true> => z.literal(true, `a duty is unset: ${what}`);

/** The PBX or provider that calls come from. */
export const trunk = z.strictObject({
  host: told,
  /** Our name there; left out where both sides know each other by address. */
  user: told.optional(),
  /** File of the password only; not the password. */
  passwordFile: told.optional(),
  /** Numbers that it reaches us by, as they are dialled; none: every one. */
  numbers: z
    .array(z.string().regex(/^\+?[\w.*#-]{1,40}$/u, 'write the number as it is dialled'))
    .default([]),
  /** Whether people without an extension here are reached over it. */
  outbound: z.boolean().default(true),
});

export const lines = z.strictObject({
  /** Address of this machine that telephones and the PBX reach it at. */
  bind: z.union([z.ipv4('write an address such as 192.168.1.10'), z.ipv6()]),
  /** Networks that reach it directly, such as 192.168.1.0/24. */
  localNetworks: z
    .array(z.union([z.cidrv4('write a network as 192.168.1.0/24'), z.cidrv6()]))
    .default([]),
  trunk: trunk.optional(),
});

/** What the set-up has to know; nothing in it is a secret. */
export const answersSchema = z.strictObject({
  /** One that comes along (`KINDS`), or a profile of one's own: `optician`, or `optician.de`. */
  kind: z.string().regex(/^[a-z0-9-]+(?:\.[a-z]{2})?$/u, 'write a kind of office, such as clinic'),
  office: z.strictObject({
    name: told,
    address: told,
    directions: z.string().trim().optional(),
    services: z.array(told).max(40).default([]),
  }),
  /** ISO 3166, two letters. */
  country: z.string().regex(/^[a-z]{2}$/u, 'write two small letters, such as gb'),
  timeZone,
  /** Days that are left out are closed. */
  hours: z.partialRecord(z.enum(DAYS), hoursOfDay),
  /** Days on which it is closed whatever the hours say. */
  holidays: z.array(holiday).max(100).default([]),
  emergencyNumber: z.string().regex(/^\d{2,4}$/u, 'write the digits, such as 999'),
  /** The first one takes what nobody else is for. */
  staff: z
    .array(z.strictObject({ name: told, extension, aliases: z.array(told).default([]) }))
    .min(1)
    .refine(
      (people) => new Set(people.map((one) => one.extension)).size === people.length,
      'an extension is one person’s: write each once',
    ),
  /** How calls reach it from outside of this machine; without it only telephones on it do. */
  lines: lines.optional(),
  recording: z.boolean(),
  /** Where callers are protected by law: a code of `privacy.jurisdiction`. */
  jurisdiction: z.string('a duty is unset: name the jurisdiction').min(2),
  consent: z.enum(CONSENT_MODES, 'a duty is unset: how callers consent to the recording'),
  /** Why less than the jurisdiction asks is enough here. */
  weakerConsent: told.optional(),
  /** What a jurisdiction that Vestibule does not know asks at least for, and where that stands. */
  jurisdictionRule: z.strictObject({ mode: z.enum(CONSENT_MODES), source: told }).optional(),
  controller: z.strictObject({ name: told, address: told, contact: told }),
  authority: z.strictObject({ name: told, contact: told }),
  duties: z.strictObject({
    by: z.string('a duty is unset: name who takes the duties on').trim().min(1),
    aiDisclosure: duty('callers are told that a machine answers'),
    recordingNotice: duty('callers are told of the recording, and staff of theirs'),
  }),
});

/** What is typed and stands in no answer. */
export const secretsSchema = z.strictObject({
  /** Of `lines.trunk.user`; it is written to a file of its own in the data folder. */
  trunkPassword: told.optional(),
});
export type SetUpSecrets = z.infer<typeof secretsSchema>;

export type Answers = z.infer<typeof answersSchema>;

export interface SetUpDone {
  readonly file: string;
  /** Where what stood there before is kept. */
  readonly before: string | undefined;
  /** Where the password of the trunk was written to, if one was told. */
  readonly passwordFile: string | undefined;
  /** Settings whose values are the example's still: nothing that was asked. */
  readonly kept: readonly string[];
}

export type FoundPbx = 'asterisk' | 'freepbx';

/** What the machine has that an office is set up with. */
export interface Surroundings {
  readonly models: readonly ShelvedModel[];
  /** A PBX of its own that Vestibule could join; our own Asterisk serves where there is none. */
  readonly pbx: FoundPbx | undefined;
  /** Where its network reaches it; the loopback is not among them. */
  readonly addresses: readonly OwnAddress[];
}

/** An address of this machine and its network, such as 192.168.1.10 and 192.168.1.0/24. */
export interface OwnAddress {
  readonly address: string;
  readonly network: string;
}

/** Makes the configuration of the answers. @throws CONFIG_…, with every fault; nothing is written then */
export type SetUp = (
  answers: Answers,
  force: boolean,
  secrets?: SetUpSecrets,
) => Promise<SetUpDone>;

/** The answers with the file of the trunk's password in its place. */
export function withPasswordFile(answers: Answers, passwordFile: string | undefined): Answers {
  const { lines } = answers;
  return lines?.trunk === undefined || passwordFile === undefined
    ? answers
    : { ...answers, lines: { ...lines, trunk: { ...lines.trunk, passwordFile } } };
}

/** Answers of a set-up that was left before its end, by the key of each question. */
export interface SetUpDraft {
  /** Nothing where there is none. */
  read(): Readonly<Record<string, z.core.util.JSONType>>;
  keep(answers: Readonly<Record<string, z.core.util.JSONType>>): void;
  drop(): void;
}
