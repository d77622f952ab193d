import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkoutRoot } from '../agent/wire/checkout.js';
import { FAULTS, type FaultRow } from './faults-table.js';

/** docs/faults.md, made of the table; test/faults-docs.test.ts holds the two equal. */
export function faultsPage(rows: readonly FaultRow[]): string {
  const cell = (text: string): string => text.replace(/\|/gu, '\\|');
  const lines = rows.map(({ fault, expected, figure, tests, lacks, measured = '–' }) => {
    const proof = [
      ...tests.map(([file, name]) => `[${name}](../test/${file}.test.ts)`),
      ...(lacks === undefined ? [] : [`_${lacks}_`]),
    ];
    return `| ${[fault, expected, figure, measured, proof.join('<br>')].map(cell).join(' | ')} |`;
  });
  return `# Which fault is lived through by which test

Each test causes its fault for real and prints its figure as a comment of its own. Written by
\`npm run docs:faults\` from \`scripts/faults-table.ts\`; a test holds that every test that is named exists.
\`scripts/test\` runs the short forms, \`scripts/test --full\` the whole ones. What was measured, was on two
cores that other work shared; what calls for hours leave behind is in [soak.md](benchmarks/soak.md).

| Fault | Expected | Figure to reach | Measured | Proof |
| --- | --- | --- | --- | --- |
${lines.join('\n')}
`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(join(checkoutRoot, 'docs', 'faults.md'), faultsPage(FAULTS));
}
