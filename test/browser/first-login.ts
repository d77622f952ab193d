import type { Page } from 'playwright-core';
import { codeOf, PASSWORD } from '../web/house.js';

/** Fills in what a first login asks, up to the authenticator's code; returns its secret. */
export async function firstLogin(page: Page, name: string, password: string): Promise<string> {
  await page.goto('/');
  const send = (): Promise<void> => page.locator('button[type=submit]').last().click();
  await page.locator('input[autocomplete^=username]').fill(name);
  await page.locator('input[autocomplete=current-password]').fill(password);
  await send();
  await page.locator('input[autocomplete=new-password]').fill(PASSWORD);
  await page.locator('input[autocomplete=current-password]').fill(password);
  await send();
  await page.getByRole('button', { name: /authenticator app|인증 앱/u }).click();
  const secret = (await page.getByTestId('totp-secret').textContent()) ?? '';
  await page.locator('input[autocomplete=one-time-code]').fill(codeOf(secret));
  return secret;
}
