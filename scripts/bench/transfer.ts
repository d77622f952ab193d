import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { QuickHouse } from '../../test/calls/quick-house.js';
import { percentile } from './load-report.js';
import { writeMarked } from './marked.js';
import { transferred, type Together, type TransferKind } from './transfer-calls.js';

// From the moment in which a person takes a call until caller and person hear each other, through the product's
// reception and Asterisk. Run by scripts/bench/transfer; writes docs/benchmarks/transfer.md with --page.

const GOAL_MS = 300;
const KINDS: Readonly<Record<TransferKind, string>> = {
  blind: 'blind: from the 200 OK of whoever answers',
  announced: 'announced: from the release of key 1',
};

const HELP = `Usage: scripts/bench/transfer [--count N] [--page]

How soon caller and person hear each other, once the person has taken the call: N transfers (20) of each
kind, about ten seconds each. --page writes docs/benchmarks/transfer.md.
`;

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '20' },
    page: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const count = Number(values.count);
if (!Number.isInteger(count) || count < 1) {
  process.stderr.write('transfer: --count is a whole number, 1 or more\n');
  process.exit(2);
}

const people = (mode: TransferKind) => ({
  ...{ defaultTarget: 'carter', emergencyTarget: 'desk', transfer: { mode } },
  transferTargets: [
    { id: 'desk', name: 'the front desk', extension: '201' },
    { id: 'carter', name: 'Dr Emily Carter', extension: '202' },
  ],
});

async function measured(): Promise<ReadonlyMap<TransferKind, readonly Together[]>> {
  const ends: (() => unknown)[] = [];
  try {
    const house = await QuickHouse.open(
      { teardown: (end) => ends.unshift(end) },
      { ringSeconds: 15 },
      people('blind'),
    );
    const [caller, person] = [await house.pbx.phone('209'), await house.pbx.phone('202')];
    const of = new Map<TransferKind, Together[]>();
    for (const kind of Object.keys(KINDS) as TransferKind[]) {
      house.under(people(kind));
      const all: Together[] = [];
      of.set(kind, all);
      for (let nth = 1; nth <= count; nth += 1) {
        const one = await transferred(house, kind, caller, person);
        all.push(one);
        process.stdout.write(
          `${kind} ${String(nth)}: the person hears after ${ms(one.person)}, the caller after ${ms(one.caller)}\n`,
        );
      }
    }
    return of;
  } finally {
    for (const end of ends) await end();
  }
}

const ms = (value: number | undefined): string =>
  value === undefined ? 'nothing' : `${value.toFixed(0)} ms`;

function row(kind: TransferKind, all: readonly Together[]): string {
  const cell = (values: readonly number[]): string =>
    [percentile(values, 0.5), percentile(values, 0.95), Math.max(...values)].map(ms).join(' / ');
  const heard = (pick: (one: Together) => number | undefined): readonly number[] =>
    all.flatMap((one) => pick(one) ?? []);
  const both = heard(({ person, caller }) =>
    person === undefined || caller === undefined ? undefined : Math.max(person, caller),
  );
  return `| ${[
    KINDS[kind],
    ...[cell(heard(({ person }) => person)), cell(heard(({ caller }) => caller)), cell(both)],
    `${String(both.filter((one) => one <= GOAL_MS).length)} of ${String(all.length)}`,
  ].join(' | ')} |`;
}

const load = loadavg()[0] ?? 0;
const results = await measured();
const text = [
  `${String(count)} transfers of each kind by \`scripts/bench/transfer --count ${String(count)}\`, on ${String(cpus().length)} cores ` +
    `(${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.version}; load of the machine before it ${load.toFixed(1)}. ` +
    'In each cell the median, the 95th percentile and the latest.',
  '',
  `| How the call is taken | The person hears the caller | The caller hears the person | Both hear | Both within ${String(GOAL_MS)} ms |`,
  '| --- | --- | --- | --- | --- |',
  ...[...results].map(([kind, all]) => row(kind, all)),
].join('\n');
process.stdout.write(`${text}\n`);
if (values.page) {
  await writeMarked(join(checkoutRoot, 'docs', 'benchmarks', 'transfer.md'), { measured: text });
}
