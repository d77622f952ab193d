import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { understandingErrors } from './errors.js';
import { plain } from './text.js';
import { inLine, lineOf } from './yaml-lines.js';

/** The intent of everything that nobody in the office can help with. */
export const OUT_OF_SCOPE = 'oos';
/**
 * What answers to questions are learnt as, after the intents; no file can name it. Whoever answers wants nothing
 * new: it counts as out of scope, and takes a text from danger without taking one from a weak intent.
 */
export const ANSWER = '_answer';
/** The intent of a caller in danger. */
export const EMERGENCY = 'emergency';
/** Changes when heads are trained otherwise than before, so that old ones are trained anew. */
const TRAINING = 6;
/** Fewer examples than this teach the model nothing that holds. */
export const LEAST_EXAMPLES = 8;

const intentId = z
  .string()
  .regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$/u, 'an intent is named like area.action');

const examplesFile = z.strictObject({
  profile: z.string().min(1),
  language: z.string().min(2),
  intents: z.record(intentId, z.array(z.string().min(1))),
});

/** What an intent head is trained from. */
export interface IntentExamples {
  readonly profile: string;
  readonly language: string;
  /** Intents in the order of the file; `oos` is one of them. */
  readonly intents: ReadonlyMap<string, readonly string[]>;
  /** SHA-256 (hex) of what the training depends on: intents and examples, not comments. */
  readonly hash: string;
}

/**
 * Reads and checks a file of intent examples, and those of the office's own in the file `own`, if there
 * is one, which belong to intents of the first. Every fault of a kind is named at once, with the file,
 * the path inside it and its line.
 * @throws UNDERSTANDING_EXAMPLES_UNREADABLE, _MALFORMED, _FEW, _DUPLICATE
 */
export function loadExamples(file: string, own?: string): IntentExamples {
  const sources = [file, ...(own !== undefined && existsSync(own) ? [own] : [])];
  return examplesOf(sources.map((place) => ({ place, source: read(place) })));
}

/** The same from text that was already read; `place` names it in errors. */
export const parseExamples = (source: string, place: string): IntentExamples =>
  examplesOf([{ place, source }]);

function read(place: string): string {
  try {
    return readFileSync(place, 'utf8');
  } catch (cause) {
    throw understandingErrors.make('EXAMPLES_UNREADABLE', { place, cause });
  }
}

function examplesOf(
  sources: readonly { readonly place: string; readonly source: string }[],
): IntentExamples {
  const few: string[] = [];
  const twice: string[] = [];
  const seen = new Map<string, string>();
  const intents = new Map<string, string[]>();
  const [main, ...added] = sources.map(({ place, source }) => checkedShape(source, place));
  if (main === undefined) throw understandingErrors.make('EXAMPLES_UNREADABLE');
  const { content, place } = main;
  for (const { content: one, lineAt, place: where } of [main, ...added]) {
    for (const [intent, examples] of Object.entries(one.intents)) {
      if (one !== content && !intents.has(intent)) {
        const detail = `intents.${intent}: the profile has no such intent${inLine(lineAt(['intents', intent]))}`;
        throw understandingErrors.make('EXAMPLES_MALFORMED', { place: where, detail });
      }
      if (one === content && examples.length < LEAST_EXAMPLES) {
        const line = inLine(lineAt(['intents', intent]));
        few.push(`intents.${intent} has ${String(examples.length)}${line}`);
      }
      examples.forEach((example, index) => {
        const line = inLine(lineAt(['intents', intent, index]));
        const file = one === content ? '' : `${where}: `;
        const here = `${file}intents.${intent}[${String(index)}]${line}`;
        const key = plain(example);
        const there = seen.get(key);
        if (there === undefined) seen.set(key, here);
        else twice.push(`${here} repeats ${there}`);
      });
      intents.set(intent, [...(intents.get(intent) ?? []), ...examples.map(plain)]);
    }
  }
  if (!intents.has(OUT_OF_SCOPE)) few.push(`intents.${OUT_OF_SCOPE} has 0`);
  if (few.length > 0) {
    throw understandingErrors.make('EXAMPLES_FEW', { place, detail: few.join('; ') });
  }
  if (twice.length > 0) {
    throw understandingErrors.make('EXAMPLES_DUPLICATE', { place, detail: twice.join('; ') });
  }
  return { profile: content.profile, language: content.language, intents, hash: hashOf(intents) };
}

interface Checked {
  readonly place: string;
  readonly content: z.infer<typeof examplesFile>;
  readonly lineAt: (path: readonly PropertyKey[]) => number | undefined;
}

function checkedShape(source: string, place: string): Checked {
  const lineCounter = new LineCounter();
  const document = parseDocument(source, { lineCounter });
  const [broken] = document.errors;
  if (broken !== undefined) {
    const { line } = lineCounter.linePos(broken.pos[0]);
    const detail = `not YAML${inLine(line)}`;
    throw understandingErrors.make('EXAMPLES_MALFORMED', { place, detail, cause: broken });
  }
  const lineAt = (path: readonly PropertyKey[]): number | undefined =>
    lineOf(document.contents, path, lineCounter);
  const checked = examplesFile.safeParse(document.toJS());
  if (checked.success) return { content: checked.data, lineAt, place };
  const detail = checked.error.issues
    .map(({ path, message }) => `${path.map(String).join('.')}: ${message}${inLine(lineAt(path))}`)
    .join('; ');
  throw understandingErrors.make('EXAMPLES_MALFORMED', { place, detail });
}

function hashOf(intents: ReadonlyMap<string, readonly string[]>): string {
  return createHash('sha256')
    .update(JSON.stringify([TRAINING, ...intents]))
    .digest('hex');
}
