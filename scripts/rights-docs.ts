import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkoutRoot } from '../agent/wire/checkout.js';
import { RIGHTS, type RightsRow } from './rights-table.js';

const stateOf = ({ tests, lacks }: RightsRow): string => {
  if (tests.length === 0) return 'open';
  return lacks === undefined ? 'proven' : 'in part';
};

/** docs/rights.md, made of the table; test/privacy/rights-docs.test.ts holds the two equal. */
export function rightsPage(rows: readonly RightsRow[]): string {
  const count = (state: string): string =>
    String(rows.filter((one) => stateOf(one) === state).length);
  const cell = (text: string): string => text.replace(/\|/gu, '\\|');
  const lines = rows.map((one) => {
    const tests = one.tests.map(([file, name]) => `[${name}](../test/${file}.test.ts)`);
    const proof = [...tests, ...(one.lacks === undefined ? [] : [`_lacking: ${one.lacks}_`])];
    return `| ${cell(one.row)} | ${cell(one.does)} | ${stateOf(one)} | ${cell(proof.join('<br>'))} |`;
  });
  return `# Which promise is kept by which test

The rows are the statements of the privacy policy of a telephone service in the cloud, in its own order;
each is kept here, on a machine of your own, or is said to be open. Written by \`npm run docs:rights\`
from \`scripts/rights-table.ts\`; a test holds that every test that is named exists. ${count('proven')} rows
are proven, ${count('in part')} in part, ${count('open')} are open.

| Row | What Vestibule does | State | Proof |
| --- | --- | --- | --- |
${lines.join('\n')}
`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(join(checkoutRoot, 'docs', 'rights.md'), rightsPage(RIGHTS));
}
