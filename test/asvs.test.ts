import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { checkoutRoot } from '../agent/wire/checkout.js';
import { asvsPage, idsOf } from '../scripts/asvs-docs.js';
import { ASVS, SECTIONS } from '../scripts/asvs-table.js';

const plain = (text: string): string => text.replace(/\s+/gu, ' ');

t.test('5 security assessments: every requirement of levels 1 and 2 is answered, once', (t) => {
  const all = Object.entries(SECTIONS).flatMap(([section, most]) =>
    Array.from({ length: most }, (_, index) => `${section}.${String(index + 1)}`),
  );
  t.equal(all.length, 253, 'as many as ASVS 5.0 has');
  t.strictSame([...ASVS.flatMap(idsOf)].sort(), [...all].sort());
  t.end();
});

t.test('every test that docs/asvs.md names exists, and every other state has a reason', (t) => {
  for (const { ids, state, tests, why } of ASVS) {
    if (state === 'proven') t.ok(tests.length > 0, `${ids}: a test`);
    else t.ok(why !== '', `${ids}: where, why, or what is lacking`);
    for (const [file, name] of tests) {
      const path = join(checkoutRoot, 'test', `${file}.test.ts`);
      const source = existsSync(path) ? plain(readFileSync(path, 'utf8')) : '';
      t.ok(
        [`'${name}'`, `"${name}"`, `\`${name}\``].some((one) => source.includes(one)),
        `${file}: ${name}`,
      );
    }
  }
  t.end();
});

t.test('docs/asvs.md is made of the table: npm run docs:asvs', (t) => {
  const written = readFileSync(join(checkoutRoot, 'docs', 'asvs.md'), 'utf8');
  // Prettier aligns the table.
  const bare = (text: string): string => text.replace(/[ -]+/gu, ' ');
  t.equal(bare(written), bare(asvsPage(ASVS)));
  t.end();
});
