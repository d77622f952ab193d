import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SLOT_KINDS } from '../../agent/understanding/slots/slots.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { casesOf, GOALS, readAs, SETS } from './slots-set.js';

// Reads the sets of slots-*.txt and counts what is read exactly as a careful person would write it down.
// Replaces the table in docs/benchmarks/slots.md. Run by scripts/bench/slots.

const page = join(checkoutRoot, 'docs', 'benchmarks', 'slots.md');
const BEGIN = '<!-- measured -->';
const END = '<!-- /measured -->';

const args = process.argv.slice(2);
const misses = args.includes('--misses');
const only = args[args.indexOf('--set') + 1];
const sets = args.includes('--set') ? SETS.filter((name) => name === only) : SETS;
if (sets.length === 0) throw new Error(`--set is one of ${SETS.join(', ')}`);

interface Count {
  readonly right: number;
  readonly all: number;
}
const counted = new Map<string, Count>();
for (const name of sets) {
  for (const one of await casesOf(name)) {
    const key = `${name} ${one.kind}`;
    const before = counted.get(key) ?? { right: 0, all: 0 };
    const read = readAs(one);
    const right = read === one.value;
    counted.set(key, { right: before.right + (right ? 1 : 0), all: before.all + 1 });
    if (misses && !right) {
      const nothing = '(nothing)';
      process.stdout.write(
        `${key}: “${one.text}”\n    ${read || nothing}  for  ${one.value || nothing}\n`,
      );
    }
  }
}

const cell = (count: Count | undefined): string =>
  count === undefined
    ? ''
    : `${((100 * count.right) / count.all).toFixed(1)} % (${count.right} of ${count.all})`;
const table = [
  `| Kind | Goal | ${sets.join(' | ')} |`,
  `| --- | --- | ${sets.map(() => '---').join(' | ')} |`,
  ...SLOT_KINDS.map((kind) => {
    const cells = sets.map((name) => cell(counted.get(`${name} ${kind}`)));
    return `| ${kind} | ${GOALS[kind]} % | ${cells.join(' | ')} |`;
  }),
].join('\n');
process.stdout.write(`${table}\n`);
if (!misses && sets.length === SETS.length) {
  const text = await readFile(page, 'utf8');
  const [head = '', rest = ''] = text.split(BEGIN);
  const tail = rest.split(END)[1] ?? '';
  await writeFile(page, `${head}${BEGIN}\n\n${table}\n\n${END}${tail}`);
}
