import type { z } from 'zod';
import { distance } from '../speech/edit-distance.js';

/** So many letters may be wrong in a word that is taken for a slip of another. */
const SLIPS = 2;

/** What a value of each kind looks like in the file. */
const WRITTEN: Readonly<Record<string, string>> = {
  string: "write a text; digits and true or false in quotes, such as '201'",
  number: 'write a number, without quotes',
  int: 'write a whole number, without quotes',
  boolean: 'write true or false, without quotes',
  array: 'write a list, such as [one, another]',
  object: 'write settings below it, one a line and further in',
  record: 'write settings below it, one a line and further in',
};

/** What a value of a known form looks like. */
const FORMATS: Readonly<Record<string, string>> = {
  'Invalid email address': 'write an e-mail address, such as desk@clinic.example',
  'Invalid URL': 'write a whole address, such as https://crm.clinic.lan/hooks',
};

/**
 * A fault as whoever wrote the file reads it: what zod says of kinds as what to write, and of a name that no
 * setting has, which one was meant. Sentences of ours stay as they are.
 */
export function plainly(
  message: string,
  path: readonly PropertyKey[],
  schema: z.core.$ZodType,
): string {
  const [, kind = '', got = ''] =
    /^Invalid input: expected (\w+), received (.+)$/u.exec(message) ?? [];
  if (got === 'undefined' || got === 'null') return 'this must be filled in';
  const written = WRITTEN[kind];
  if (written !== undefined) return `${written} (this is ${kindOf(got)})`;
  const [, options] =
    /^Invalid (?:option: expected one of|discriminator value\. Expected) (.+)$/u.exec(message) ??
    [];
  if (options !== undefined) {
    return `write one of ${options.replaceAll(/["']/gu, '').replaceAll(/ ?\| ?/gu, ', ')}`;
  }
  const format = FORMATS[message];
  if (format !== undefined) return format;
  const [, names] = /^Unrecognized keys?: (.+)$/u.exec(message) ?? [];
  if (names === undefined) return message;
  const known = keysAt(schema, path);
  return [...names.matchAll(/"([^"]*)"/gu)]
    .map(([, name = '']) => {
      const meant = nearest(name, known);
      return `there is no setting ${name} here${meant === undefined ? '' : `; is ${meant} meant?`}`;
    })
    .join(', ');
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of settings',
};
const kindOf = (got: string): string => KINDS[got] ?? `a ${got}`;

/** The one of `known` that differs least, if it does by slips only. */
function nearest(name: string, known: readonly string[]): string | undefined {
  const bare = (text: string): string => text.toLowerCase().replaceAll(/[_-]/gu, '');
  const [found] = known
    .map((key) => ({ key, far: distance(bare(name), bare(key)) }))
    .filter(({ key, far }) => far <= SLIPS && far < key.length / 2)
    .sort((a, b) => a.far - b.far);
  return found?.key;
}

type Def = z.core.$ZodTypeDef & {
  readonly innerType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly element?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
};

/** The names of the settings at `path`; none where there are no names of ours. */
function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  const { innerType, in: before, shape, element, valueType } = schema._zod.def as Def;
  const around = innerType ?? before;
  if (around !== undefined) return keysAt(around, path);
  const [step, ...rest] = path;
  if (step === undefined) return Object.keys(shape ?? {});
  const below = shape?.[String(step)] ?? element ?? valueType;
  return below === undefined ? [] : keysAt(below, rest);
}
