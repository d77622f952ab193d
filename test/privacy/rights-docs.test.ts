import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { rightsPage, stateOf } from '../../scripts/rights-docs.js';
import { RIGHTS } from '../../scripts/rights-table.js';
import { resultsIn } from '../../scripts/test-results.js';

const plain = (text: string): string => text.replace(/\s+/gu, ' ');

t.test('every test that docs/rights.md names exists', (t) => {
  let named = 0;
  for (const { row, tests, lacks } of RIGHTS) {
    t.ok(tests.length > 0 || lacks !== undefined, `${row}: a test, or what is lacking`);
    const [title = ''] = row.split(',');
    t.ok(
      tests.some(([, name]) => name.startsWith(title)),
      `${row}: a test is named after it`,
    );
    for (const [file, name] of tests) {
      const path = join(checkoutRoot, 'test', `${file}.test.ts`);
      const source = existsSync(path) ? plain(readFileSync(path, 'utf8')) : '';
      const found = [`'${name}'`, `"${name}"`, `\`${name}\``].some((one) => source.includes(one));
      t.ok(found, `${file}: ${name}`);
      named += 1;
    }
  }
  t.ok(named > 40, 'tests are named');
  t.equal(new Set(RIGHTS.map(({ row }) => row)).size, RIGHTS.length, 'each row once');
  t.end();
});

t.test('docs/rights.md is made of the table and of a run: npm run docs:rights', (t) => {
  const written = readFileSync(join(checkoutRoot, 'docs', 'rights.md'), 'utf8');
  // Prettier aligns the table.
  const bare = (text: string): string => text.replace(/[ -]+/gu, ' ');
  const lines = written.split('\n').map((line) => line.split(' | ').map((cell) => cell.trim()));
  const states = new Map(
    lines.map(([row = '', , state = '']) => [row.replace(/^\| /u, ''), state]),
  );
  const [, day = ''] = /tests on (\d{4}-\d\d-\d\d) told/u.exec(written) ?? [];
  t.not(day, '');
  t.equal(bare(written), bare(rightsPage(RIGHTS, ({ row }) => states.get(row) ?? '', day)));
  for (const { row } of RIGHTS) t.equal(states.get(row), 'passed', row);
  t.end();
});

t.test('what a run told of a row: its worst test counts, and the last time that it ran', (t) => {
  const report = (...lines: readonly string[]): string =>
    ['TAP version 14', '# Subtest: build/test/some/file.test.js', ...lines, ''].join('\n');
  const first = report(
    '    ok 1 - 7 access: all of it # time=3ms',
    '    not ok 2 - it ran twice # time=3ms',
    '        ok 1 - dtls: sealed # time=2ms',
    '        not ok 2 - sdes: sealed # time=2ms',
    '    ok 3 - as root # SKIP needs root',
  );
  const again = report('    ok 1 - it ran twice # time=3ms');
  const of = resultsIn([first, again]);
  const stands = (...names: readonly string[]): string =>
    stateOf({ row: 'x', does: 'x', tests: names.map((name) => ['some/file', name]) }, of);
  t.equal(stands('7 access: all of it', 'it ran twice'), 'passed');
  t.equal(stands('7 access: all of it', '${kind}: sealed'), 'failed');
  t.equal(stands('7 access: all of it', 'as root'), 'left out');
  t.equal(stands('7 access: all of it', 'another'), 'not run');
  t.equal(stands(), 'open');
  t.end();
});

t.test('5 training, physical safeguards: the checklist for the house is there', (t) => {
  const page = readFileSync(join(checkoutRoot, 'docs', 'guide', 'dpia.md'), 'utf8');
  const [, list = ''] = /## 5\. What the house does\n([^#]*)/u.exec(page) ?? [];
  t.ok((list.match(/^- ▢ /gmu) ?? []).length >= 6, 'points to tick');
  for (const about of [/locked/u, /encrypted/u, /was shown/u, /recovery words/u])
    t.match(list, about);
  t.end();
});

t.test('every row of the policy that can be answered is in the table', (t) => {
  const all = RIGHTS.map(({ row }) => row);
  for (const row of ['4 with consent', '5 training, physical safeguards', '3 security, fraud'])
    t.ok(all.includes(row), row);
  t.equal(all.length, 53);
  t.end();
});
