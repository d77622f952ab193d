import t from 'tap';
import type { Page } from 'playwright-core';
import { dashboard } from '../web/house.js';
import { openBrowser, openWindow } from './chromium.js';
import { firstLogin } from './first-login.js';
import { aMorning, sixWeeks } from './office.js';
import { barriers, skip } from './page-checks.js';

const SECTIONS = [
  ...['hours', 'faq', 'office', 'staff', 'numbers', 'handling', 'prompts', 'intents', 'privacy'],
  ...['notifications', 'offices', 'text', 'versions', 'lines', 'calls', 'appointments', 'forms'],
  ...['speech', 'store', 'access'],
];
const PLACES = [
  ...['/inbox', '/inbox/call-1-1', '/running', '/calls', '/calls/call-1', '/contacts', '/staff'],
  ...['/insights', '/privacy', '/audit', '/health', '/accounts', '/account', '/set-up'],
  ...SECTIONS.map((section) => `/settings/${section}`),
];

/** Everything of the place is there: what it fetched has come, and what it draws stands still. */
async function settled(page: Page, place: string): Promise<void> {
  await page.goto(place);
  await page.locator('main h2').first().waitFor();
  await page.waitForLoadState('networkidle');
}

t.test('no page has a barrier, by day and by night, in both languages', { skip }, async (t) => {
  const house = await dashboard(t);
  await sixWeeks(house.records, Date.now() - 3 * 3_600_000);
  await aMorning(house.records, Date.now() - 2 * 3_600_000);
  const url = await house.server.start();
  const browser = await openBrowser(t);
  const looks = [
    ['phone', { dark: true, locale: 'ko-KR', width: 390, height: 844 }, '저장'],
    ['minji', { dark: true, locale: 'ko-KR' }, '저장'],
    ['anna', { dark: false, locale: 'en-GB' }, 'Save'],
    ['small', { dark: false, locale: 'en-GB', width: 390, height: 844 }, 'Save'],
  ] as const;
  // Each look takes a minute: one of them each time, all with VESTIBULE_FULL.
  const tried = process.env.VESTIBULE_FULL === '1' ? looks : looks.slice(0, 1);
  for (const [name, look, save] of tried) {
    const { password } = await house.room.accounts.add(name, 'owner', 'test');
    const { page, faults, context } = await openWindow(browser, url, look);
    await firstLogin(page, name, password);
    await page.getByRole('button', { name: save }).click();
    await page.locator('.row-button').first().waitFor();
    for (const place of PLACES) {
      await settled(page, place);
      t.strictSame(await barriers(page), [], `${name}: ${place}`);
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
      t.ok(
        wide <= (page.viewportSize()?.width ?? 0),
        `${name}: ${place} is no wider than its window`,
      );
      const shots = process.env.VESTIBULE_SHOTS;
      if (shots !== undefined) {
        await page.screenshot({ path: `${shots}/${name}${place.replaceAll('/', '-')}.png` });
      }
    }
    t.strictSame(faults, [], 'nothing on the console');
    await context.close();
  }
});
