import { join } from 'node:path';
import { SLOT_KINDS } from '../../agent/understanding/slots/slots.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { likeliestAmong } from '../../agent/understanding/slots/readings.js';
import { writeMarked } from './marked.js';
import { casesOf, contextOf, GOALS, readAs, SETS, type SetName } from './slots-set.js';
import { heardCases, VOICES } from './slots-spoken.js';

// Reads the sets of slots-*.txt and counts what is read exactly as a careful person would write it down.
// Replaces the table in docs/benchmarks/slots.md. Run by scripts/bench/slots. With --spoken the texts are said by
// two voices over a telephone line, heard by our recogniser, and read from what it heard; that is printed only.

const page = join(checkoutRoot, 'docs', 'benchmarks', 'slots.md');

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
for (const name of args.includes('--spoken') ? [] : sets) {
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

function cell(count: Count | undefined): string {
  if (count === undefined) return '';
  const share = ((100 * count.right) / count.all).toFixed(1);
  return `${share} % (${String(count.right)} of ${String(count.all)})`;
}

/** Sets that are spoken: those that tell most of new callers. */
const SPOKEN: readonly SetName[] = ['fresh', 'seventh', 'third', 'sixth'];
if (args.includes('--spoken')) {
  await measureSpoken(args.includes('--set') ? sets : SPOKEN);
  process.exit(0);
}

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
  await writeMarked(page, { measured: table });
}

/** Counts what is read of what was heard. */
async function measureSpoken(wanted: readonly SetName[]): Promise<void> {
  const rows = new Map<string, Count>();
  const add = (key: string, right: boolean): void => {
    const before = rows.get(key) ?? { right: 0, all: 0 };
    rows.set(key, { right: before.right + (right ? 1 : 0), all: before.all + 1 });
  };
  for (const name of wanted) {
    // What holds nothing of the kind is not said: silence about it is no feat.
    const cases = (await casesOf(name)).filter(({ value }) => value !== '');
    for (const voice of VOICES) {
      const heard = await heardCases(cases, voice, args.includes('--afresh'));
      cases.forEach((one, at) => {
        const text = likeliestAmong(one.kind, heard[at]?.texts ?? [''], contextOf(one));
        const read = readAs({ ...one, text });
        add(`${name} ${one.kind} ${voice}`, read === one.value);
        if (voice === VOICES[0]) add(`${name} ${one.kind} text`, readAs(one) === one.value);
        if (!misses || read === one.value) return;
        process.stdout.write(
          `${name} ${one.kind} ${voice}: “${one.text}”\n    heard “${text}”\n    ${read || '(nothing)'}  for  ${one.value}\n`,
        );
      });
    }
  }
  const columns = ['text', ...VOICES];
  const lines = [
    `| Set | Kind | ${columns.join(' | ')} |`,
    `| --- | --- | ${columns.map(() => '---').join(' | ')} |`,
    ...wanted.flatMap((name) =>
      SLOT_KINDS.filter((kind) => rows.has(`${name} ${kind} text`)).map((kind) => {
        const cells = columns.map((column) => cell(rows.get(`${name} ${kind} ${column}`)));
        return `| ${name} | ${kind} | ${cells.join(' | ')} |`;
      }),
    ),
  ].join('\n');
  process.stdout.write(`${lines}\n`);
}
