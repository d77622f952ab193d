import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { pagesBuilt } from '../web/house.js';
import { noBrowser } from './chromium.js';

/** Why the pages cannot be tried here; false when they can. */
export const skip =
  noBrowser() || (pagesBuilt() ? false : 'the pages are not built; npm run build:ui');
const pictures = join(checkoutRoot, 'docs', 'images');

/** VESTIBULE_PICTURES=1 writes the pictures of the README anew. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env.VESTIBULE_PICTURES !== '1') return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

/** Faults of accessibility (WCAG 2.2 AA) that axe calls serious or critical. */
export async function barriers(page: Page): Promise<readonly string[]> {
  // As text: the page's policy lets no other script in, and the debugger's way is not bound by it.
  await page.evaluate(axe.source);
  // Half faded in, nothing has its colours; what spins for ever is not waited for.
  await page.evaluate(`Promise.allSettled(document.getAnimations()
    .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
    .map((one) => one.finished)).then(() => undefined)`);
  const found = await page.evaluate<{ id: string; impact: string; where: string[] }[]>(`axe
    .run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })
    .then(({ violations }) => violations.map(({ id, impact, nodes }) => ({
      id, impact, where: nodes.map(({ html }) => html.slice(0, 140)),
    })))`);
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, where }) => `${id}: ${where.join(' | ')}`);
}

/** Resolves when the meter of a side that is listened to shows more than `least`, of 100. */
export async function untilLoud(
  page: Page,
  side: 'caller' | 'agent',
  least: number,
): Promise<void> {
  const meter = page.locator(`.meter[data-side="${side}"]`);
  for (let waited = 0; waited < 400; waited += 1) {
    if (Number(await meter.getAttribute('aria-valuenow')) > least) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`nothing is heard of the ${side}`);
}

/** Resolves when what `script` says of the page is so; the page's policy lets no script wait for it there. */
export async function until(page: Page, script: string): Promise<void> {
  for (let waited = 0; waited < 200; waited += 1) {
    if (await page.evaluate<boolean>(script)) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`it does not come: ${script}`);
}
