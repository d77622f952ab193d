import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { checkoutRoot } from '../agent/wire/checkout.js';
import { faultsPage } from '../scripts/faults-docs.js';
import { FAULTS } from '../scripts/faults-table.js';

const plain = (text: string): string => text.replace(/\s+/gu, ' ');

t.test('every test that docs/faults.md names exists', (t) => {
  for (const { fault, tests, measured } of FAULTS) {
    t.ok(tests.length > 0, `${fault}: a test`);
    t.ok(measured !== undefined, `${fault}: what a run came to`);
    for (const [file, name] of tests) {
      const path = join(checkoutRoot, 'test', `${file}.test.ts`);
      const source = existsSync(path) ? plain(readFileSync(path, 'utf8')) : '';
      const found = [`'${name}'`, `"${name}"`, `\`${name}\``].some((one) => source.includes(one));
      t.ok(found, `${file}: ${name}`);
    }
  }
  t.ok(FAULTS.length >= 18, 'every row');
  t.equal(new Set(FAULTS.map(({ fault }) => fault)).size, FAULTS.length, 'each once');
  t.end();
});

t.test('docs/faults.md is made of the table: npm run docs:faults', (t) => {
  const written = readFileSync(join(checkoutRoot, 'docs', 'faults.md'), 'utf8');
  // Prettier aligns the table.
  const bare = (text: string): string => text.replace(/[ -]+/gu, ' ');
  t.equal(bare(written), bare(faultsPage(FAULTS)));
  t.end();
});
