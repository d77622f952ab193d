import t from 'tap';
import { dashboard } from '../web/house.js';
import { openBrowser, openWindow } from './chromium.js';
import { firstLogin } from './first-login.js';
import { skip } from './page-checks.js';

t.test('2.4 cookies: a browser gets one, and asks nobody but us', { skip }, async (t) => {
  const house = await dashboard(t);
  const url = await house.server.start();
  const browser = await openBrowser(t);
  const { password } = await house.room.accounts.add('anna', 'owner', 'test');
  const { page, context } = await openWindow(browser, url);
  const asked = new Set<string>();
  context.on('request', (request) => {
    if (!request.url().startsWith('data:')) asked.add(new URL(request.url()).origin);
  });
  await firstLogin(page, 'anna', password);
  await page.getByRole('button', { name: 'Save' }).click();
  for (const place of ['/inbox', '/calls', '/insights', '/health', '/settings/hours']) {
    await page.goto(place);
    await page.locator('main h2').first().waitFor();
    await page.waitForLoadState('networkidle');
  }
  t.strictSame([...asked], [new URL(url).origin]);
  const cookies = await context.cookies();
  t.strictSame(
    cookies.map(({ name, httpOnly, secure, sameSite }) => [name, httpOnly, secure, sameSite]),
    [['__Host-vestibule', true, true, 'Strict']],
  );
  const kept = await page.evaluate('[localStorage.length, sessionStorage.length]');
  t.comment(`kept by the page itself: ${JSON.stringify(kept)}`);
});
