import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { understandingErrors } from './errors.js';

/** A text and the intent that a person gave it. */
export interface Labelled {
  readonly text: string;
  readonly intent: string;
}

const labelled = z.object({ text: z.string().min(1), intent: z.string().min(1) });
const yamlFile = z.union([
  z.array(labelled),
  z.object({ intents: z.record(z.string(), z.array(z.string().min(1))) }),
]);

/**
 * Reads texts with their intents: YAML as the examples are written, or a list of `text` and `intent`;
 * JSON lines of the same; or tab-separated values, text first.
 * @throws UNDERSTANDING_EXAMPLES_UNREADABLE, UNDERSTANDING_EXAMPLES_MALFORMED
 */
export function loadLabelled(file: string): readonly Labelled[] {
  let source: string;
  try {
    source = readFileSync(file, 'utf8');
  } catch (cause) {
    throw understandingErrors.make('EXAMPLES_UNREADABLE', { place: file, cause });
  }
  const ending = extname(file).toLowerCase();
  const rows =
    ending === '.yaml' || ending === '.yml' ? fromYaml(source, file) : fromLines(source, file);
  if (rows.length === 0) {
    throw understandingErrors.make('EXAMPLES_MALFORMED', { place: file, detail: 'it is empty' });
  }
  return rows;
}

function fromYaml(source: string, place: string): readonly Labelled[] {
  let raw: unknown;
  try {
    raw = parse(source);
  } catch (cause) {
    throw understandingErrors.make('EXAMPLES_MALFORMED', { place, detail: 'not YAML', cause });
  }
  const checked = yamlFile.safeParse(raw);
  if (!checked.success) {
    const detail = 'write a list of text and intent, or intents with their texts';
    throw understandingErrors.make('EXAMPLES_MALFORMED', { place, detail });
  }
  if (Array.isArray(checked.data)) return checked.data;
  return Object.entries(checked.data.intents).flatMap(([intent, texts]) =>
    texts.map((text) => ({ text, intent })),
  );
}

function fromLines(source: string, place: string): readonly Labelled[] {
  const rows: Labelled[] = [];
  const wrong: number[] = [];
  source.split(/\r?\n/u).forEach((line, index) => {
    if (line.trim() === '') return;
    const row = line.trimStart().startsWith('{') ? fromJson(line) : fromTabs(line);
    const heading = index === 0 && row?.text === 'text' && row.intent === 'intent';
    if (row === undefined) wrong.push(index + 1);
    else if (!heading) rows.push(row);
  });
  if (wrong.length > 0) {
    const detail = `no text and intent in line ${wrong.slice(0, 5).join(', ')}`;
    throw understandingErrors.make('EXAMPLES_MALFORMED', { place, detail });
  }
  return rows;
}

function fromJson(line: string): Labelled | undefined {
  try {
    return labelled.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function fromTabs(line: string): Labelled | undefined {
  const [text = '', intent = ''] = line.split('\t').map((cell) => cell.trim());
  return text === '' || intent === '' ? undefined : { text, intent };
}
