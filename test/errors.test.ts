import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { VestibuleError, defineErrors, oneLine } from '../agent/errors.js';
import { checkoutRoot } from '../agent/wire/checkout.js';
import { allErrorAreas, errorTable } from '../scripts/error-docs.js';

t.test('an error names the thing, the place and the mend in one line', (t) => {
  const area = defineErrors('TEST', { GONE: { summary: 'it is gone', mend: 'Bring it back' } });
  const error = area.make('GONE', { place: '/a/file', detail: 'since noon' });
  t.ok(error instanceof VestibuleError);
  t.equal(error.code, 'TEST_GONE');
  t.equal(error.message, 'TEST_GONE: it is gone (/a/file): since noon. Bring it back.');
  t.ok(area.is(error, 'GONE'));
  t.notOk(area.is(new Error('other'), 'GONE'));
  t.equal(oneLine(new Error('two\n  lines')), 'two lines');
  t.end();
});

t.test('docs/errors.md lists every error, and no other', async (t) => {
  const areas = await allErrorAreas();
  t.ok(areas.length >= 8, 'the tables are found');
  const names = areas.map(({ area }) => area);
  t.equal(new Set(names).size, names.length, 'every area has one table');
  const docs = readFileSync(join(checkoutRoot, 'docs', 'errors.md'), 'utf8');
  for (const { area, kinds } of areas) {
    for (const [name, kind] of Object.entries(kinds)) {
      t.ok(docs.includes(`\`${area}_${name}\``), `${area}_${name} is documented`);
      t.notMatch(kind.summary, /\.$/u);
      t.notMatch(kind.mend, /\.$/u);
    }
  }
  const documented = [...docs.matchAll(/`([A-Z]+_[A-Z_]+)`/gu)].map((match) => match[1]);
  const known = new Set(
    areas.flatMap(({ area, kinds }) => Object.keys(kinds).map((name) => `${area}_${name}`)),
  );
  for (const code of documented) t.ok(known.has(code ?? ''), `${String(code)} exists`);
  t.ok(docs.includes(errorTable(areas)), 'run `npm run docs:errors` to write the table again');
});
