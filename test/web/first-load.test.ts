import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { checkoutRoot } from '../../agent/wire/checkout.js';

/** What the first look at the dashboard may fetch, in bytes as browsers get them (Brotli). */
const MOST = 250_000;

t.test('the first load of the pages is small', (t) => {
  const folder = join(checkoutRoot, 'build', 'ui');
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const fetched = [...new Set(page.match(/assets\/[^"]+\.(?:js|css)/gu))];
  t.ok(fetched.length > 2, 'scripts and styles are found');
  const bytes = fetched.reduce((sum, name) => sum + statSync(join(folder, `${name}.br`)).size, 0);
  t.ok(bytes < MOST, `${String(bytes)} bytes`);
  t.end();
});
