import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ErrorArea } from '../agent/errors.js';
import { checkoutRoot } from '../agent/wire/checkout.js';

/** The table of docs/errors.md. */
export function errorTable(areas: readonly ErrorArea<string>[]): string {
  const cell = (text: string): string => text.replace(/\|/gu, '\\|');
  const rows = [...areas]
    .sort((a, b) => (a.area < b.area ? -1 : 1))
    .flatMap(({ area, kinds }) =>
      Object.entries(kinds).map(
        ([name, { summary, mend }]) => `| \`${area}_${name}\` | ${cell(summary)} | ${cell(mend)} |`,
      ),
    );
  return ['| Code | What happened | What to do |', '| --- | --- | --- |', ...rows].join('\n');
}

/** Every error table of the built agent. */
export async function allErrorAreas(): Promise<readonly ErrorArea<string>[]> {
  const build = join(checkoutRoot, 'build', 'agent');
  const areas: ErrorArea<string>[] = [];
  for (const file of readdirSync(build, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!/.\/errors\.js$/u.test(file)) continue;
    const module = (await import(pathToFileURL(join(build, file)).href)) as Record<string, unknown>;
    for (const value of Object.values(module)) {
      if (typeof value === 'object' && value !== null && 'kinds' in value) {
        areas.push(value as ErrorArea<string>);
      }
    }
  }
  return areas;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const text = `# Errors

Every error that Vestibule gives on purpose has a code that stays. It is shown as one line: the code,
what happened, where, and what to do. Written by \`npm run docs:errors\` from the tables in
\`agent/*/errors.ts\`; a test holds the two equal.

${errorTable(await allErrorAreas())}
`;
  writeFileSync(join(checkoutRoot, 'docs', 'errors.md'), text);
}
