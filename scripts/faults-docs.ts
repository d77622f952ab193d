import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkoutRoot } from '../agent/wire/checkout.js';
import { FAULTS, type FaultRow } from './faults-table.js';

/** docs/faults.md, made of the table; test/faults-docs.test.ts holds the two equal. */
export function faultsPage(rows: readonly FaultRow[]): string {
  const cell = (text: string): string => text.replace(/\|/gu, '\\|');
  const lines = rows.map(({ fault, expected, figure, measured = '–' }) => {
    return `| ${[fault, expected, figure, measured].map(cell).join(' | ')} |`;
  });
  const proofs = rows.map(({ fault, tests, lacks }) => {
    const named = tests.map(([file, name]) => `- [${name}](../test/${file}.test.ts)`).join('\n');
    const note =
      lacks === undefined ? '' : `\n\n${lacks.charAt(0).toUpperCase()}${lacks.slice(1)}.`;
    return `### ${fault}\n\n${named}${note}\n`;
  });
  return `# Which fault is lived through by which test

The faults are caused for real: a process is killed, a disk is full, a server stops. Where a clock of the tests
stands for hours and days, it is said below. What was measured, was on two cores that other work shared; what
calls for hours leave behind is in [soak.md](benchmarks/soak.md).

| Fault | Expected | Figure to reach | Measured |
| --- | --- | --- | --- |
${lines.join('\n')}

## Where each is proven

\`scripts/test\` runs the short forms, \`scripts/test --full\` the whole ones. This page is written by
\`npm run docs:faults\` from \`scripts/faults-table.ts\`; a test holds that every test that is named exists.

${proofs.join('\n')}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(join(checkoutRoot, 'docs', 'faults.md'), faultsPage(FAULTS));
}
