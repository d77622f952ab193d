import { IANAZone } from 'luxon';
import { z } from 'zod';
import { languageModelSettings } from './language-model-settings.js';
import { DEFAULT_EMERGENCY_PHRASES } from './emergency-phrases.js';

/** Days in the order of ISO 8601: Monday is 1. */
export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/** Minutes since midnight by the office's wall clock; `to` may be 1440. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

const timeRange = z
  .string()
  .regex(/^\d{2}:\d{2}-\d{2}:\d{2}$/u, 'write a range as 08:30-12:30')
  .transform((text, context): TimeRange => {
    const [from, to] = text.split('-').map(minutesOf);
    if (from === undefined || to === undefined || from >= to || to > 1440) {
      context.addIssue({
        code: 'custom',
        message: 'a range ends after it begins and not after 24:00; split it at midnight',
      });
      return z.NEVER;
    }
    return { from, to };
  });

/** The hours of one day. */
export const timeRanges = z.array(timeRange).superRefine((ranges, context) => {
  const sorted = [...ranges].sort((a, b) => a.from - b.from);
  sorted.slice(1).forEach((range, index) => {
    if (range.from < (sorted[index]?.to ?? 0)) {
      context.addIssue({ code: 'custom', message: 'ranges of one day must not overlap' });
    }
  });
});

const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/u, 'write a date as 2026-12-25')
  .refine((text) => !Number.isNaN(Date.parse(text)), 'there is no such day');

const faqEntry = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9_-]*$/u, 'an id has lower-case letters, digits, - and _'),
  questions: z.array(z.string().min(1)).min(1),
  /** The approved text, spoken word for word. */
  answer: z.string().min(1),
  /** Intents that it answers, in whatever words they are told. */
  intents: z.array(z.string().min(1)).optional(),
});

/** An approved answer and the ways in which callers ask for it. */
export type FaqEntry = z.infer<typeof faqEntry>;

/** The understanding's slice of the configuration: the language and the facts of the office. */
export const understandingSettings = z.strictObject({
  language: z.string().min(2).default('en'),
  /** Where the office is, as ISO 3166: how telephone numbers and dates are read. */
  country: z
    .string()
    .regex(/^[a-z]{2}$/u, 'write a country as two lower-case letters, such as gb')
    .default('us'),
  /** Names the file of intent examples, models/intents/PROFILE.LANGUAGE.yaml. */
  profile: z.string().regex(/^[a-z0-9-]+$/u),
  office: z.strictObject({
    /** As it is spoken: "thank you for calling NAME". */
    name: z.string().min(1),
    /** As it is spoken after "we're at". */
    address: z.string().min(1).optional(),
    /** Whole sentences said after the address. */
    directions: z.string().min(1).optional(),
    /** As they are spoken after "we offer". */
    services: z.array(z.string().min(1)).default([]),
    /** What things cost. What is not listed is noted for people. */
    prices: z
      .array(
        z.strictObject({
          /** As it is spoken after "the price for". */
          service: z.string().min(1),
          /** What else callers call it. */
          aliases: z.array(z.string().min(1)).default([]),
          /** As it is spoken: "forty pounds". */
          price: z.string().min(1),
        }),
      )
      .default([]),
  }),
  /** IANA name, such as America/New_York. */
  timeZone: z.string().refine((zone) => IANAZone.isValidZone(zone), {
    message: 'write an IANA time zone such as Europe/Berlin',
  }),
  /** Days that are not listed are closed. */
  hours: z.partialRecord(z.enum(WEEKDAYS), timeRanges).default({}),
  holidays: z
    .array(
      z.strictObject({
        date,
        /** As callers say it: "Christmas Day". */
        name: z.string().min(1),
        /** Other things callers call it. */
        aliases: z.array(z.string().min(1)).default([]),
        /** Open at these times all the same; closed all day if there are none. */
        hours: timeRanges.default([]),
      }),
    )
    .default([]),
  /** iCalendar file (.ics) whose whole days are holidays too; read with the configuration. */
  holidaysFile: z.string().min(1).optional(),
  faq: z
    .array(faqEntry)
    .superRefine((entries, context) => {
      const ids = new Set<string>();
      entries.forEach(({ id }, index) => {
        if (ids.has(id)) {
          context.addIssue({ code: 'custom', path: [index, 'id'], message: 'this id is taken' });
        }
        ids.add(id);
      });
    })
    .default([]),
  /** Least score of an entry of the FAQ; where none is set, what suits the language: see `leastFaqScore`. */
  faqScore: z.number().min(0).max(1).optional(),
  /** Its least lead over the next one. */
  faqMargin: z.number().min(0).max(1).default(0.08),
  /** A language model on the own network, off by default; it never speaks to a caller. */
  languageModel: languageModelSettings.optional(),
  /** Said by a caller, each of these is an emergency, whatever the intent model thinks. */
  emergencyPhrases: z.array(z.string().min(2)).default([...DEFAULT_EMERGENCY_PHRASES]),
});

export type UnderstandingSettings = z.infer<typeof understandingSettings>;

function minutesOf(text: string): number | undefined {
  const [hours, minutes] = text.split(':').map(Number);
  if (hours === undefined || minutes === undefined || hours > 24 || minutes > 59) return undefined;
  return hours * 60 + minutes;
}
