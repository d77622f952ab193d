import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkoutRoot } from '../agent/wire/checkout.js';
import { RIGHTS, type RightsRow } from './rights-table.js';
import { lastResults, type TestResults } from './test-results.js';

/** How a row stands after a run: the worst that one of its tests came to. */
export function stateOf({ tests, lacks }: RightsRow, of: TestResults['of']): string {
  if (tests.length === 0) return 'open';
  const results = tests.map(([file, name]) => of(file, name) ?? 'not run');
  const worst = (['failed', 'not run', 'left out'] as const).find((one) => results.includes(one));
  if (worst !== undefined) return worst;
  return lacks === undefined ? 'passed' : 'in part';
}

/** docs/rights.md, made of the table and of what a run came to; test/privacy/rights-docs.test.ts holds them equal. */
export function rightsPage(
  rows: readonly RightsRow[],
  stands: (row: RightsRow) => string,
  day: string,
): string {
  const count = (state: string): number => rows.filter((one) => stands(one) === state).length;
  const cell = (text: string): string => text.replace(/\|/gu, '\\|');
  const lines = rows.map((one) => {
    const tests = one.tests.map(([file, name]) => `[${name}](../test/${file}.test.ts)`);
    const proof = [...tests, ...(one.lacks === undefined ? [] : [`_lacking: ${one.lacks}_`])];
    return `| ${cell(one.row)} | ${cell(one.does)} | ${stands(one)} | ${cell(proof.join('<br>'))} |`;
  });
  return `# Which promise is kept by which test

The rows are the statements of the privacy policy of a telephone service in the cloud, in its own order;
each is kept here, on a machine of your own, or is said to be open. Written by \`npm run docs:rights\`
from \`scripts/rights-table.ts\` and from what the run of the tests on ${day} told: of ${String(rows.length)} rows
${String(count('passed'))} passed, in all their tests. Every whole run says how many of them it proves.

| Row | What Vestibule does | Tests | Proof |
| --- | --- | --- | --- |
${lines.join('\n')}
`;
}

/** What of a run does not prove its row, for people. */
const unproven = (of: TestResults['of']): readonly string[] =>
  RIGHTS.flatMap((one) => {
    const state = stateOf(one, of);
    return state === 'passed' ? [] : [`${one.row}: ${state}`];
  });

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { of, at = 0 } = lastResults(process.argv[2] ?? join(checkoutRoot, '.vestibule'));
  const missing = unproven(of);
  const proven = RIGHTS.length - missing.length;
  const told = [`rights: ${String(proven)} of ${String(RIGHTS.length)} rows proven`, ...missing];
  process.stdout.write(`${told.join('\n')}\n`);
  const day = new Date(at).toISOString().slice(0, 10);
  const page = rightsPage(RIGHTS, (row) => stateOf(row, of), day);
  if (process.argv.includes('--tell')) {
    // A row whose test did not run has lost its proof, or the table names another.
    process.exitCode = missing.some((one) => one.endsWith(': not run')) ? 1 : 0;
  } else {
    writeFileSync(join(checkoutRoot, 'docs', 'rights.md'), page);
  }
}
