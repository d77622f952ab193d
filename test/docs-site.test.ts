import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { checkoutRoot } from '../agent/wire/checkout.js';

const SITE = join(checkoutRoot, 'build', 'site');

t.test('the documents build as a site: every link leads somewhere, search is in it', (t) => {
  execFileSync('npm', ['run', '--silent', 'docs:site'], { cwd: checkoutRoot, stdio: 'pipe' });
  for (const page of ['index', 'guide/quick-start', 'guide/dpia', 'errors', 'ARCHITECTURE']) {
    t.ok(existsSync(join(SITE, `${page}.html`)), page);
  }
  const sidebar = readFileSync(join(SITE, 'guide', 'quick-start.html'), 'utf8');
  const listed = readdirSync(join(checkoutRoot, 'docs', 'guide')).filter((file) =>
    sidebar.includes(`/guide/${file.replace(/\.md$/u, '.html')}`),
  );
  t.equal(listed.length, readdirSync(join(checkoutRoot, 'docs', 'guide')).length, 'all are listed');
  const assets = readdirSync(join(SITE, 'assets', 'chunks'));
  t.ok(
    assets.some((file) => file.startsWith('@localSearchIndex')),
    'the search has its index',
  );
  const outside = [...sidebar.matchAll(/(?:src|href)="(https?:\/\/[^"]+)"/gu)].map(([, to]) => to);
  t.strictSame(outside, [], 'nothing is fetched from anywhere');
  t.end();
});
