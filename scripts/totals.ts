import { readFileSync } from 'node:fs';
import { Parser } from 'tap-parser';

// Reads the TAP of a whole run, shows what failed, and ends with `N passed, N failed`.
// Arguments: the TAP files. Exit code 1 if anything failed or nothing ran.

/** What is used of a result of tap-parser. */
interface Assertion {
  readonly ok: boolean;
  readonly name: string;
  readonly fullname: string;
  readonly skip: boolean | string;
  readonly diag?: unknown;
}

let passed = 0;
let failed = 0;
let skipped = 0;
const lines: string[] = [];
const events = process.argv
  .slice(2)
  .flatMap((file) => Parser.parse(readFileSync(file, 'utf8'), { flat: true }));
for (const event of events) {
  if (event[0] !== 'assert') continue;
  const result = event[1] as Assertion;
  if (result.skip !== false) {
    skipped += 1;
    const why = typeof result.skip === 'string' ? `: ${result.skip}` : '';
    lines.push(`skipped: ${result.fullname} ${result.name}${why}`);
  } else if (result.ok) {
    passed += 1;
  } else {
    failed += 1;
    lines.push(`FAILED: ${result.fullname} ${result.name}`);
    if (result.diag !== undefined) lines.push(JSON.stringify(result.diag, undefined, 2));
  }
}
const tail = skipped > 0 ? `, ${skipped} skipped` : '';
process.stdout.write(`${[...lines, `${passed} passed, ${failed} failed${tail}`].join('\n')}\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
