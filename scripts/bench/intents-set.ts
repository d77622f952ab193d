import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EMERGENCY } from '../../agent/understanding/intents.js';
import { loadLabelled, type Labelled } from '../../agent/understanding/labelled.js';
import { plain } from '../../agent/understanding/text.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';

const here = (file: string): string => join(checkoutRoot, 'scripts', 'bench', file);

/** What is measured on: none of it stands in the examples. */
export interface IntentSet {
  readonly rows: readonly Labelled[];
  /** Lines that do stand in the examples ("hello", "no thank you") and are left out. */
  readonly known: number;
  readonly emergencies: readonly string[];
  readonly ordinary: readonly string[];
}

/** The committed set without the texts that are `examples`. */
export function readSet(examples: Iterable<string>): IntentSet {
  const taught = new Set(examples);
  const unseen = (text: string): boolean => !taught.has(plain(text));
  const all = loadLabelled(here('intents-set.yaml'));
  const rows = all.filter(({ text }) => unseen(text));
  return {
    rows,
    known: all.length - rows.length,
    emergencies: linesOf('intents-emergency.txt').filter(unseen),
    ordinary: [
      ...linesOf('intents-ordinary.txt'),
      ...all.filter(({ intent }) => intent !== EMERGENCY).map(({ text }) => text),
    ],
  };
}

const linesOf = (file: string): readonly string[] =>
  readFileSync(here(file), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
