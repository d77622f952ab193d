import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkoutRoot } from '../agent/wire/checkout.js';
import { ASVS } from './asvs-table.js';
import type { AsvsRow } from './asvs/row.js';

/** The single requirements of a row: `3.3.1-4` are four. */
export function idsOf({ ids }: AsvsRow): readonly string[] {
  const [, section = '', from = '', to = from] = /^(\d+\.\d+)\.(\d+)(?:-(\d+))?$/u.exec(ids) ?? [];
  const first = Number(from);
  return Array.from(
    { length: Number(to) - first + 1 },
    (_, index) => `${section}.${String(first + index)}`,
  );
}

/** docs/asvs.md, made of the table; test/asvs.test.ts holds the two equal. */
export function asvsPage(rows: readonly AsvsRow[]): string {
  const count = (state: AsvsRow['state']): string =>
    String(rows.filter((one) => one.state === state).flatMap(idsOf).length);
  const cell = (text: string): string => text.replace(/\|/gu, '\\|');
  const lines = rows.map((one) => {
    const tests = one.tests.map(([file, name]) => `[${name}](../test/${file}.test.ts)`);
    const proof = [...tests, ...(one.why === '' ? [] : [one.why])].join('<br>');
    return `| V${one.ids} | ${cell(one.asks)} | ${one.state} | ${cell(proof)} |`;
  });
  return `# OWASP ASVS 5.0, levels 1 and 2

How the dashboard and the APIs meet each requirement of the
[Application Security Verification Standard](https://owasp.org/www-project-application-security-verification-standard/),
in our own words: proven by the tests that are named, by design at the place that is named, not applicable,
or open. Written by \`npm run docs:asvs\` from \`scripts/asvs-table.ts\`; a test holds that every test exists and
every requirement is answered. It is our own assessment, not that of an auditor.

Of ${String(rows.flatMap(idsOf).length)} requirements ${count('proven')} are proven, ${count('by design')} are met by design, ${count('not applicable')} do not apply, ${count('open')} are open.

| Requirement | What is asked | State | How |
| --- | --- | --- | --- |
${lines.join('\n')}
`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(join(checkoutRoot, 'docs', 'asvs.md'), asvsPage(ASVS));
}
