import { existsSync, readFileSync } from 'node:fs';
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
  /** What callers of all other intents of the set say. */
  readonly calls: readonly string[];
  /** Ordinary calls chosen because they sound like danger. */
  readonly alarming: readonly string[];
}

/** The committed set `number` (1 to 11) without the texts that are `examples`; some have texts of all intents, some emergencies. */
export function readSet(number: number, examples: Iterable<string>): IntentSet {
  const ending = number === 1 ? '' : `-${String(number)}`;
  const taught = new Set(examples);
  const unseen = (text: string): boolean => !taught.has(plain(text));
  const labelled = here(`intents-set${ending}.yaml`);
  const all = existsSync(labelled) ? loadLabelled(labelled) : [];
  const rows = all.filter(({ text }) => unseen(text));
  return {
    rows,
    known: all.length - rows.length,
    emergencies: linesOf(`intents-emergency${ending}.txt`).filter(unseen),
    calls: rows.filter(({ intent }) => intent !== EMERGENCY).map(({ text }) => text),
    alarming: linesOf(`intents-ordinary${ending}.txt`).filter(unseen),
  };
}

/** Answers to a receptionist's questions, the committed set `number` (1 to 3); nobody is in danger. */
export const answerSet = (number: number): readonly string[] =>
  linesOf(`intents-answers${number === 1 ? '' : `-${String(number)}`}.txt`);

/** The lines of a file; none where a set has no such file. */
const linesOf = (file: string): readonly string[] =>
  existsSync(here(file))
    ? readFileSync(here(file), 'utf8')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
    : [];
