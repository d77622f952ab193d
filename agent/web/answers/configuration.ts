import { z } from 'zod';
import type { Fault } from '../../errors.js';
import type {
  ConfigurationDiff,
  ConfigurationNow,
  ConfigurationPreview,
  ConfigurationTaken,
  ConfigurationVersion,
} from '../../privacy/configuration-desk.js';
import { listOf, momentAt, tells } from './shapes.js';

export const fault = tells<Fault>()(
  z.object({
    path: z
      .string()
      .describe(
        'Keys and places in lists, joined by dots: `understanding.faq.0.answer`; empty for the whole',
      ),
    message: z.string(),
    line: z.number().optional().describe('From 1; left out where the text has no such place'),
  }),
);

export const configurationNow = tells<ConfigurationNow>()(
  z.object({
    text: z.string(),
    hash: z.string().describe('By which a change says what it was made from'),
    values: z
      .record(z.string(), z.unknown())
      .describe('What the file sets, without defaults; empty for a file that cannot be read'),
    faults: listOf(fault).describe('What is wrong with it, when it was changed by hand'),
    importedDays: listOf(
      z.object({
        date: z.string(),
        name: z.string(),
      }),
    ).describe('Days of the calendar file, which are not part of the text'),
    waits: listOf(z.string()).describe(
      'Paths that are set otherwise than they are in force, and count from the next start',
    ),
  }),
);

export const differentLine = z.object({
  what: z.enum(['same', 'added', 'removed', 'gap']),
  old: z.number().optional().describe('Numbers of the line, from 1, before and after'),
  fresh: z.number().optional(),
  text: z.string(),
});

export const configurationDiff = tells<ConfigurationDiff>()(
  z.object({
    unified: z.string(),
    lines: listOf(differentLine),
    settings: listOf(
      z.object({
        path: z
          .string()
          .describe('Items of lists by their name: `understanding.faq[parking].answer`'),
        was: z.string().optional(),
        is: z.string().optional(),
      }),
    ),
  }),
);

export const configurationPreview = tells<ConfigurationPreview>()(
  z.object({
    faults: listOf(fault),
    waits: listOf(z.string()),
    diff: configurationDiff,
  }),
);

export const configurationTaken = tells<ConfigurationTaken>()(
  z.object({
    version: z
      .number()
      .optional()
      .describe('Number of the version that says so; the newest one if nothing changed'),
    hash: z.string(),
    waits: listOf(z.string()).describe(
      'Paths that count from the next start; while there are any, nothing of the change is in force',
    ),
  }),
);

export const configurationVersion = tells<ConfigurationVersion>()(
  z.object({
    number: z.number().describe('1 for the first; without gaps'),
    at: momentAt,
    who: z
      .string()
      .describe('A user of ours, such as `web:anna`, or `by hand` where only the file is known'),
    why: z.string().optional(),
    hash: z.string().describe('SHA-256 (hex) of the text'),
  }),
);

export const configurationText = configurationVersion.extend({ text: z.string() });
