import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { TRANSFER_OUTCOMES } from '../../dialogue/ports.js';
import { oneLine } from '../../errors.js';
import { isKey } from './dtmf.js';
import { CODECS } from './line-codec.js';
import { rehearseErrors } from './errors.js';
import { messageExpectation, pattern } from './expectation.js';
import { answering } from './replies.js';

const line = { say: z.string().min(1).optional(), wav: z.string().min(1).optional() };
const oneLineOnly = (step: { say?: string | undefined; wav?: string | undefined }): boolean =>
  (step.say === undefined) !== (step.wav === undefined);

/** What befalls the packets of one direction. */
const path = {
  'loss-percent': z.number().min(0).max(100).default(0),
  'loss-burst': z.number().min(1).max(50).default(1),
  'jitter-ms': z.number().min(0).max(1000).default(0),
};

const timeout = z.number().positive().max(600).default(20);

/** Steps are maps with one key, as they read best in YAML. */
const step = z.union([
  z.strictObject({
    'wait-for': z.enum(['greeting', 'agent', 'speech', 'silence', 'hang-up']),
    timeout,
  }),
  z.strictObject({ say: z.string().min(1) }),
  z.strictObject({ wav: z.string().min(1) }),
  z.strictObject({ key: z.string().refine(isKey, 'must be one of 0-9 * # A-D') }),
  z.strictObject({ answer: answering }),
  z.strictObject({ silence: z.number().positive().max(600) }),
  z.strictObject({
    'barge-in': z
      .strictObject({ 'after-ms': z.number().min(0).max(60_000), ...line, timeout })
      .refine(oneLineOnly, 'needs say or wav'),
  }),
  z.strictObject({
    'hang-up': z
      .strictObject({
        at: z.enum(['now', 'ringing', 'speech']).default('now'),
        'after-ms': z.number().min(0).max(60_000).default(0),
        saying: z.string().min(1).optional(),
      })
      .nullable()
      .transform((value) => value ?? { at: 'now' as const, 'after-ms': 0 }),
  }),
]);

const scenarioSchema = z.strictObject({
  name: z.string().min(1).optional(),
  /** What it is about, for the reader. */
  about: z.string().optional(),
  to: z.string().regex(/^sip:[^@\s]+@[^\s@]+$/iu, 'must look like sip:user@host'),
  /** User part of the caller's own address. */
  from: z
    .string()
    .regex(/^[\w.+*-]+$/u, 'must be a number or a plain name')
    .default('caller'),
  /** Calls from this name, as telephones show it. */
  'display-name': z.string().optional(),
  /** How transfers end when the scenario is played in text; on the telephone people answer or not. */
  transfers: z.enum(TRANSFER_OUTCOMES).default('answered'),
  language: z.string().default('en'),
  voice: z.string().optional(),
  /** The only codec to offer; G.711 in both its laws if absent. */
  codec: z.enum(Object.keys(CODECS) as [keyof typeof CODECS]).optional(),
  /** Silence after which the receptionist is taken to have finished. */
  'pause-ms': z.number().min(200).max(5000).default(700),
  /** What is wrong with the caller's line; what does not stand under `receiving` is of what it sends. */
  impairments: z
    .strictObject({
      ...path,
      receiving: z.strictObject(path).prefault({}),
      dtx: z.enum(['off', 'nothing', 'comfort-noise']).default('off'),
      'noise-db': z.number().min(-96).max(0).optional(),
      echo: z
        .strictObject({
          db: z.number().min(-96).max(0),
          'delay-ms': z.number().min(20).max(2000).default(150),
        })
        .optional(),
      seed: z.number().int().default(1),
    })
    .prefault({}),
  steps: z.array(step).min(1),
  expect: z
    .strictObject({
      /** Each must be found in what the receptionist said, whatever the order and the case. */
      heard: z.array(pattern).default([]),
      /** None of these may be found. */
      'not-heard': z.array(pattern).default([]),
      /** Who ends the call. */
      'ended-by': z.enum(['us', 'them']).optional(),
      /** Judged by whoever has the store at hand; the rehearsal itself only hears. */
      stored: z
        .strictObject({
          caller: z.array(pattern).optional(),
          agent: z.array(pattern).optional(),
          outcome: z.string().optional(),
          /** What the call was mainly about; `none` for nothing. */
          intent: z.string().optional(),
          urgency: z.enum(['emergency', 'urgent', 'normal', 'unknown']).optional(),
          /** What was told, by the name of the detail: patterns of the values. */
          slots: z.record(z.string(), pattern).optional(),
          summary: z.array(pattern).optional(),
          message: messageExpectation.optional(),
        })
        .optional(),
    })
    .prefault({}),
});

/** What befalls the packets of one direction, as a scenario says it. */
export type PathSettings = Pick<Scenario['impairments'], keyof typeof path>;

/** A step of a scenario. */
export type Step = z.infer<typeof step>;

/** A scenario: whom to call, what to do there, and what to expect. */
export type Scenario = z.infer<typeof scenarioSchema> & { readonly name: string };

/**
 * Checks a scenario. `place` names it in errors and gives the default name; WAV files are looked for
 * beside it. Throws REHEARSE_SCENARIO_BAD with all faults at once.
 */
export function parseScenario(value: unknown, place: string): Scenario {
  const result = scenarioSchema.safeParse(value);
  if (!result.success) {
    const faults = result.error.issues.map(
      (issue) => `${issue.path.map(String).join('.') || 'file'} ${issue.message}`,
    );
    throw rehearseErrors.make('SCENARIO_BAD', { place, detail: faults.join('; ') });
  }
  const near = (file: string): string => resolve(dirname(place), file);
  const steps = result.data.steps.map((entry): Step => {
    if ('wav' in entry) return { wav: near(entry.wav) };
    if ('barge-in' in entry && entry['barge-in'].wav !== undefined) {
      return { 'barge-in': { ...entry['barge-in'], wav: near(entry['barge-in'].wav) } };
    }
    return entry;
  });
  const name = result.data.name ?? basename(place).replace(/\.ya?ml$/u, '');
  return { ...result.data, name, steps };
}

/** What replaces a scenario's own line, under the names that a scenario has for it. */
export interface OtherLine {
  readonly codec?: string;
  readonly impairments?: Readonly<Record<string, unknown>>;
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/**
 * Reads a YAML scenario, to be called over another line if one is given. Throws
 * REHEARSE_SCENARIO_UNREADABLE and REHEARSE_SCENARIO_BAD.
 */
export async function readScenario(path: string, line: OtherLine = {}): Promise<Scenario> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw rehearseErrors.make('SCENARIO_UNREADABLE', { place: path, cause });
  }
  let value: unknown;
  try {
    value = parse(text);
  } catch (cause) {
    const detail = oneLine(cause).replace(/\.$/u, '');
    throw rehearseErrors.make('SCENARIO_BAD', { place: path, detail, cause });
  }
  if (line.codec === undefined && line.impairments === undefined) return parseScenario(value, path);
  const own = recordOf(value);
  const impairments = { ...recordOf(own.impairments), ...line.impairments };
  return parseScenario({ ...own, ...line, impairments }, path);
}
