import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { rightsPage } from '../../scripts/rights-docs.js';
import { RIGHTS } from '../../scripts/rights-table.js';

const plain = (text: string): string => text.replace(/\s+/gu, ' ');

t.test('every test that docs/rights.md names exists', (t) => {
  let named = 0;
  for (const { row, tests, lacks } of RIGHTS) {
    t.ok(tests.length > 0 || lacks !== undefined, `${row}: a test, or what is lacking`);
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

t.test('docs/rights.md is made of the table: npm run docs:rights', (t) => {
  const written = readFileSync(join(checkoutRoot, 'docs', 'rights.md'), 'utf8');
  // Prettier aligns the table.
  const bare = (text: string): string => text.replace(/[ -]+/gu, ' ');
  t.equal(bare(written), bare(rightsPage(RIGHTS)));
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
