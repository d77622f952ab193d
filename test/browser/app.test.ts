import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { dashboard } from '../web/house.js';
import { openProfile } from './chromium.js';
import { firstLogin } from './first-login.js';
import { aMorning, CALLERS } from './office.js';
import { barriers, picture, skip } from './page-checks.js';

/** A port that is free now: the server comes back where it was. */
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' ? (address?.port ?? 0) : 0);
      });
    });
  });

/** What callers said, and who they are, as it would stand in a file. */
const PERSONAL = CALLERS.flatMap(({ name, reason }) => [name, reason.slice(0, 24)]);

/** Files below `folder` that hold any of what callers said, in the ways that browsers write text. */
function tellTale(folder: string): readonly string[] {
  const wanted = PERSONAL.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')]);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => {
    const path = join(folder, file);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isFile() !== true) return false;
    const bytes = readFileSync(path);
    return wanted.some((one) => bytes.includes(one));
  });
}

/** Every entry of every cache that pages of ours can see: its address and what it says. */
const CACHED = `(async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const text = await (await cache.match(request)).text();
      found.push({ path: new URL(request.url).pathname, text });
    }
  }
  return found;
})()`;

t.test('the dashboard is an app, and keeps nothing of what callers said', { skip }, async (t) => {
  const port = await freePort();
  const house = await dashboard(t, [], { port });
  await aMorning(house.records, Date.now() - 3 * 3_600_000);
  const url = await house.server.start();
  const { password } = await house.room.accounts.add('anna', 'owner', 'test');
  const profile = mkdtempSync(join(tmpdir(), 'vestibule-profile-'));
  t.teardown(() => {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  const { context, page } = await openProfile(t, profile, url);
  await firstLogin(page, 'anna', password);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('.row-button').first().waitFor();

  await t.test('a browser offers to install it', async (t) => {
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    const debug = await context.newCDPSession(page);
    const manifest = await debug.send('Page.getAppManifest');
    t.strictSame(manifest.errors, []);
    t.match(manifest.url, /\/manifest\.webmanifest$/u);
    const { installabilityErrors } = await debug.send('Page.getInstallabilityErrors');
    t.strictSame(installabilityErrors, []);
    const icons = (JSON.parse(manifest.data ?? '{}') as { icons: { src: string; sizes: string }[] })
      .icons;
    for (const { src, sizes } of icons.filter(({ src }) => src.endsWith('.png'))) {
      const wide = await page.evaluate<string>(`(async () => {
        const image = new Image();
        image.src = ${JSON.stringify(src)};
        await image.decode();
        return image.naturalWidth + 'x' + image.naturalHeight;
      })()`);
      t.equal(wide, sizes, src);
    }
  });

  await t.test('what is kept is the shell, whatever was looked at', async (t) => {
    await page.locator('.row-button').first().click();
    await page.getByRole('heading', { name: 'Margaret Okafor' }).waitFor();
    const heard = page.waitForResponse(/recording\.wav/u);
    await page.getByRole('button', { name: 'Listen: Says' }).click();
    await (await heard).finished();
    for (const place of ['/calls/call-1', '/calls', '/contacts', '/inbox/call-2-1']) {
      await page.goto(place);
      await page.locator('main h2').first().waitFor();
      await page.waitForLoadState('networkidle');
    }
    const cached = await page.evaluate<{ path: string; text: string }[]>(CACHED);
    t.ok(cached.length > 4, 'there is a shell');
    t.strictSame(
      cached
        .map(({ path }) => path)
        .filter(
          (path) =>
            !/^\/(?:assets\/[\w.-]+\.(?:js|css)|offline|icon[\w-]*\.(?:svg|png)|manifest\.webmanifest)$/u.test(
              path,
            ),
        ),
      [],
      'nothing but scripts, styles, icons and the page for no connection',
    );
    t.strictSame(
      PERSONAL.filter((text) => cached.some((one) => one.text.includes(text))),
      [],
    );
    const stored = await page.evaluate<string>(
      'JSON.stringify([{ ...localStorage }, { ...sessionStorage }])',
    );
    t.strictSame(
      PERSONAL.filter((text) => stored.includes(text)),
      [],
    );
    t.strictSame(await page.evaluate('indexedDB.databases()'), []);
  });

  await t.test('without a connection it says so, and goes on by itself', async (t) => {
    await house.server.stop();
    await page.getByText('No connection to the server.').waitFor();
    await page.goto('/inbox');
    await page.getByRole('heading', { name: 'No connection to the reception' }).waitFor();
    await page.getByText('nothing that callers said is kept on this device').waitFor();
    t.notOk(await page.getByRole('button', { name: '다시 시도' }).isVisible(), 'in one language');
    await picture(page, 'offline-phone');
    t.strictSame(await barriers(page), []);
    const again = await house.restarted();
    await again.start();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.row-button').first().waitFor();
    t.pass('the login outlives it, too');
  });

  await context.close();
  t.strictSame(tellTale(profile), [], 'no file of the browser holds what callers said');
});
