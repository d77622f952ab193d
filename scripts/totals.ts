import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Parser } from 'tap-parser';

// Reads the TAP of a whole run, shows what failed and what took long, and ends with `N passed, N failed`.
// Arguments: [--seconds=N], how long all of it took, and the TAP files. Results of a file that
// tests-again.tap holds take the place of its first ones; what had failed the first time is told. Exit code 1
// if anything failed or nothing ran.

/** How many of the slowest files are named. */
const SLOWEST = 10;

/** What is used of a result of tap-parser. */
interface Assertion {
  readonly ok: boolean;
  readonly name: string;
  readonly fullname: string;
  readonly skip: boolean | string;
  readonly diag?: unknown;
}

const assertionsOf = (file: string): readonly Assertion[] =>
  Parser.parse(readFileSync(file, 'utf8'), { flat: true })
    .filter(([kind]) => kind === 'assert')
    .map((event) => event[1] as Assertion);

/** The test file an assertion is of: build/test/calls/people.test.js. */
const fileOf = ({ fullname, name }: Assertion): string =>
  /build\/test\/[^ ]+\.js/u.exec(`${fullname} ${name}`)?.[0] ?? '';

const detailsOf = ({ diag }: Assertion): readonly string[] =>
  diag === undefined || diag === null ? [] : [JSON.stringify(diag, undefined, 2)];

const named = ({ fullname, name }: Assertion): string =>
  fullname.endsWith(name) ? fullname : `${fullname} ${name}`;

/** The test files of a TAP file, and the seconds that each took. */
const timesOf = (file: string): readonly (readonly [string, number])[] =>
  [
    ...readFileSync(file, 'utf8').matchAll(
      /^(?:not )?ok \d+ - (build\/test\/\S+) .*# time=([\d.]+)ms$/gmu,
    ),
  ].map(([, name = '', ms]) => [name, Number(ms) / 1_000]);

const whole = process.argv.find((one) => one.startsWith('--seconds='))?.slice('--seconds='.length);
const files = process.argv.slice(2).filter((file) => existsSync(file));
const second = files.filter((file) => basename(file) === 'tests-again.tap').flatMap(assertionsOf);
const first = files.filter((file) => basename(file) !== 'tests-again.tap').flatMap(assertionsOf);
const again = new Set(second.map(fileOf));
const counted = [...first.filter((one) => !again.has(fileOf(one))), ...second];

const skipped = counted.filter(({ skip }) => skip !== false);
const ran = counted.filter(({ skip }) => skip === false);
const passed = ran.filter(({ ok }) => ok);
const failed = ran.filter(({ ok }) => !ok);
const shaky = first.filter((one) => again.has(fileOf(one)) && !one.ok && one.skip === false);
const slowest = files
  .flatMap(timesOf)
  .toSorted(([, a], [, b]) => b - a)
  .slice(0, SLOWEST);

const lines = [
  ...[...shaky, ...failed].flatMap(detailsOf),
  ...skipped.map(
    (one) => `skipped: ${named(one)}${typeof one.skip === 'string' ? `: ${one.skip}` : ''}`,
  ),
  ...slowest.map(([file, seconds]) => `slow: ${seconds.toFixed(0).padStart(4)} s ${file}`),
  ...(whole === undefined ? [] : [`all of it took ${(Number(whole) / 60).toFixed(1)} min`]),
  ...shaky.map((one) => `failed at first, and was run again: ${named(one)}`),
  ...failed.map((one) => `FAILED: ${named(one)}`),
  `${passed.length} passed, ${failed.length} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`,
];
process.stdout.write(`${lines.join('\n')}\n`);
process.exitCode = failed.length > 0 || passed.length === 0 ? 1 : 0;
