import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { firstLoad } from '../../scripts/bench/dashboard-size.js';
import { dashboard, pagesBuilt } from './house.js';

const skip = pagesBuilt() ? false : 'the pages are not built; npm run build:ui';

/** What a first look may load, compressed, in thousands of bytes: docs/benchmarks/dashboard.md. */
const MOST_KILOBYTES = 250;

t.test('a first look loads little', { skip }, (t) => {
  const { files, kilobytes } = firstLoad();
  t.ok(files.some((file) => file.endsWith('.js')));
  t.ok(files.some((file) => file.endsWith('.css')));
  t.ok(kilobytes > 50, 'something is loaded at all');
  t.ok(kilobytes <= MOST_KILOBYTES, `${kilobytes.toFixed(1)} kB`);
  t.end();
});

t.test('the worker and the icons are served, and bound to this server', { skip }, async (t) => {
  const { server } = await dashboard(t);
  const get = (url: string) =>
    server.app.inject({ method: 'GET', url, headers: { host: 'localhost' } });
  const worker = await get('/sw.js');
  t.match(worker.headers, {
    'content-type': /^text\/javascript/u,
    'content-security-policy': "default-src 'none'; connect-src 'self'",
    'cache-control': 'no-store',
  });
  const listed = [...worker.body.matchAll(/"(\/[\w./-]+)"/gu)].map(([, path = '']) => path);
  t.ok(listed.includes('/offline'));
  for (const path of listed) t.equal((await get(path)).statusCode, 200, path);
  const manifest = JSON.parse(
    readFileSync(join(checkoutRoot, 'build', 'ui', 'manifest.webmanifest'), 'utf8'),
  ) as { icons: { src: string; type: string }[]; start_url: string; shortcuts: { url: string }[] };
  for (const { src, type } of manifest.icons) {
    const { statusCode, headers } = await get(src);
    t.match([statusCode, headers['content-type']], [200, type], src);
  }
  for (const url of [manifest.start_url, ...manifest.shortcuts.map((one) => one.url)]) {
    t.equal((await get(url)).statusCode, 200, url);
  }
});
