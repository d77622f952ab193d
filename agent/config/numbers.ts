import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { oneLine, type Fault } from '../errors.js';
import { callerNumber, fits } from '../reception/handling-numbers.js';
import { e164 } from '../understanding/slots/phone-rules.js';
import { lineOf } from '../understanding/yaml-lines.js';
import type { Configuration } from './schema.js';

/** What a number may have of its own; everything else is the installation's. */
const AREAS = ['understanding', 'dialogue', 'handling'] as const;

type Area = (typeof AREAS)[number];

/** Settings that running processes or the whole house go by, whatever was dialled. */
const OF_THE_HOUSE: Readonly<Record<Area, readonly string[]>> = {
  understanding: ['language', 'country'],
  dialogue: [],
  handling: ['escalation'],
};

const instead = z.record(z.string(), z.unknown()).optional();

/** Numbers that answer as somebody else than the rest of the configuration says. */
export const numbersSettings = z
  .array(
    z.strictObject({
      /** What the profile is called in commands and logs. */
      id: z
        .string()
        .regex(/^[a-z0-9][a-z0-9_-]*$/u, 'an id has lower-case letters, digits, - and _'),
      /** The numbers as they are dialled: +493012345, an extension, or a beginning and `*`. */
      called: z
        .array(z.string().regex(/^(?!withheld$)[\w+.-]+\*?$/u, 'write a number as it is dialled'))
        .min(1, 'name at least one number'),
      /** YAML file that holds what is below; a relative path begins at the configuration's folder. */
      file: z.string().min(1).optional(),
      /** In place of settings of the same name; what is written here goes before the file. */
      understanding: instead,
      dialogue: instead,
      handling: instead,
    }),
  )
  .superRefine((numbers, context) => {
    const ids = new Set<string>();
    const called = new Set<string>();
    const taken = (path: readonly (string | number)[], message: string): void => {
      context.addIssue({ code: 'custom', path: [...path], message });
    };
    numbers.forEach((one, at) => {
      if (ids.has(one.id)) taken([at, 'id'], 'this id is taken');
      ids.add(one.id);
      one.called.forEach((number, nth) => {
        if (called.has(number)) taken([at, 'called', nth], 'this number is listed twice');
        called.add(number);
      });
    });
  });

type NumberSettings = z.infer<typeof numbersSettings>[number];

/** One profile: who answers when one of `called` was dialled. */
export interface NumberOffice {
  readonly id: string;
  readonly called: readonly string[];
  /** The whole configuration with what is this number's own in it. */
  readonly settings: Configuration;
}

/** Who answers when `called` was dialled; undefined for the office itself. A whole number goes before a beginning. */
export function officeFor(
  offices: readonly NumberOffice[],
  called: string,
  country: string,
): NumberOffice | undefined {
  const whole = (number: string): string | undefined => e164(number, country);
  const dialled = callerNumber(called, whole);
  const fitting = offices.flatMap((office) =>
    office.called
      .filter((pattern) => pattern === called || fits(pattern, dialled, whole))
      .map((pattern) => ({ office, close: pattern.endsWith('*') ? pattern.length : 1000 })),
  );
  return fitting.toSorted((a, b) => b.close - a.close)[0]?.office;
}

/** The settings of the office itself and of every number with a profile of its own. */
export const everyOffice = (settings: Configuration): readonly Configuration[] => [
  settings,
  ...(settings.offices ?? []).map((office) => office.settings),
];

/** The profiles that intents are trained for, each once; the office's own first. */
export const profilesIn = (settings: Configuration): readonly string[] => [
  ...new Set(everyOffice(settings).map(({ understanding }) => understanding.profile)),
];

/** A fault of a whole configuration. */
interface Wrong {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Everything a check of one number needs of the check of the whole. */
export interface NumberCheck {
  /** The configuration as it was written. */
  readonly raw: Readonly<Record<string, unknown>>;
  readonly base: Configuration;
  /** Where the configuration was read: files are looked for beside it. */
  readonly place: string;
  /** Checks a whole configuration: the settings, or what is wrong with it. */
  readonly check: (raw: unknown) => Configuration | { readonly wrong: readonly Wrong[] };
  /** The line of a path in the configuration. */
  readonly line: (path: readonly PropertyKey[]) => number | undefined;
}

/** Who answers each of the numbers, and everything that is wrong with any of them. */
export function officesOf(about: NumberCheck): {
  readonly offices: readonly NumberOffice[];
  readonly faults: readonly Fault[];
} {
  const offices: NumberOffice[] = [];
  const faults: Fault[] = [];
  about.base.numbers.forEach((number, at) => {
    const read = officeOf(number, at, about);
    if ('faults' in read) faults.push(...read.faults);
    else offices.push(read.office);
  });
  return { offices, faults };
}

type Layer = Readonly<Record<string, unknown>>;

function officeOf(
  number: NumberSettings,
  at: number,
  about: NumberCheck,
): { readonly office: NumberOffice } | { readonly faults: readonly Fault[] } {
  const { raw, base, place, check } = about;
  const here = ['numbers', at] as const;
  const fault = (path: readonly PropertyKey[], message: string): Fault => ({
    path: [...here, ...path].map(String).join('.'),
    message,
    line: about.line([...here, ...path]),
  });
  const file =
    number.file === undefined ? undefined : readOwn(resolve(dirname(place), number.file));
  if (typeof file === 'string') return { faults: [fault(['file'], file)] };
  const faultAt = (path: readonly PropertyKey[], message: string): Fault => {
    const [area = '', key = ''] = path.map(String);
    const inline = number[area as Area];
    if (file === undefined || (inline !== undefined && key in inline)) return fault(path, message);
    const line = lineOf(file.document.contents, path, file.lines);
    const where = line === undefined ? '' : `, line ${String(line)} of it`;
    return fault(['file'], `${path.map(String).join('.')}: ${message}${where}`);
  };
  const layers = Object.fromEntries(
    AREAS.map((area) => [area, { ...layerOf(file?.values[area]), ...number[area] }]),
  ) as Readonly<Record<Area, Layer>>;
  const foreign = [
    ...Object.keys(file?.values ?? {})
      .filter((key) => !(AREAS as readonly string[]).includes(key))
      .map((key) => faultAt([key], `a number has only ${AREAS.join(', ')} of its own`)),
    ...AREAS.flatMap((area) =>
      OF_THE_HOUSE[area]
        .filter((key) => key in layers[area])
        .map((key) => faultAt([area, key], 'this is the same for every number: write it outside')),
    ),
  ];
  const merged = Object.fromEntries(
    AREAS.map((area) => [area, replaced(layerOf(raw[area]), layers[area])]),
  );
  const checked = check({ ...raw, ...merged, numbers: [] });
  const wrong = 'wrong' in checked ? checked.wrong : strangers(base, checked);
  const faults = [...foreign, ...wrong.map(({ path, message }) => faultAt(path, message))];
  if (faults.length > 0 || 'wrong' in checked) return { faults };
  return { office: { id: number.id, called: number.called, settings: checked } };
}

const layerOf = (value: unknown): Layer =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Layer) : {};

/** Each setting is replaced whole, so that nothing of the one business is left in the other; null unsets it. */
const replaced = (base: Layer, own: Layer): Layer =>
  Object.fromEntries(Object.entries({ ...base, ...own }).filter(([, value]) => value !== null));

/** An id is one person wherever it stands: absences, waiting lines and messages go by it. */
function strangers(base: Configuration, own: Configuration): readonly Wrong[] {
  const extensions = new Map(base.dialogue.transferTargets.map((one) => [one.id, one.extension]));
  return own.dialogue.transferTargets.flatMap(({ id, extension }, at) => {
    const other = extensions.get(id);
    return other === undefined || other === extension
      ? []
      : [
          {
            path: ['dialogue', 'transferTargets', at, 'id'],
            message: `${id} is extension ${other} elsewhere: give this one an id of its own`,
          },
        ];
  });
}

/** A file of a number, or what is wrong with it. */
function readOwn(path: string):
  | {
      readonly values: Layer;
      readonly document: Document.Parsed;
      readonly lines: LineCounter;
    }
  | string {
  const lines = new LineCounter();
  let document: Document.Parsed;
  try {
    document = parseDocument(readFileSync(path, 'utf8'), {
      prettyErrors: true,
      lineCounter: lines,
    });
  } catch (error) {
    return `${path} cannot be read (${oneLine(error)})`;
  }
  const [broken] = document.errors;
  if (broken !== undefined) {
    const { line } = lines.linePos(broken.pos[0]);
    return `${path} is not YAML: ${broken.message.split(' at line ')[0] ?? ''}, line ${String(line)} of it`;
  }
  const values: unknown = document.toJS();
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    return `${path} holds no settings: write understanding, dialogue or handling in it`;
  }
  return { values: values as Layer, document, lines };
}
