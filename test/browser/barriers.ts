import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { checkoutRoot } from '../../agent/wire/checkout.js';

/** VESTIBULE_PICTURES=1 writes the pictures of the documents anew. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env.VESTIBULE_PICTURES !== '1') return;
  const folder = process.env.VESTIBULE_PICTURES_IN ?? join(checkoutRoot, 'docs', 'images');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** Faults of accessibility (WCAG 2.2 AA) that axe calls serious or critical. */
export async function barriers(page: Page): Promise<readonly string[]> {
  // As text: the page's policy lets no other script in, and the debugger's way is not bound by it.
  await page.evaluate(axe.source);
  const found = await page.evaluate<{ id: string; impact: string; where: string[] }[]>(`axe
    .run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })
    .then(({ violations }) => violations.map(({ id, impact, nodes }) => ({
      id, impact, where: nodes.map(({ html }) => html.slice(0, 140)),
    })))`);
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, where }) => `${id}: ${where.join(' | ')}`);
}
