import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { Test } from 'tap';

const PROGRAM = process.env.VESTIBULE_CHROMIUM ?? '/usr/bin/chromium';

/** Why browser tests cannot run here; false when they can. */
export const noBrowser = (): string | false =>
  existsSync(PROGRAM) ? false : `there is no ${PROGRAM}; install Debian's chromium`;

const launch = (more: readonly string[] = []): { executablePath: string; args: string[] } => ({
  executablePath: PROGRAM,
  // A test machine is often a container run as root, where the sandbox cannot be.
  args: [
    ...['--no-sandbox', '--autoplay-policy=no-user-gesture-required', '--disable-gpu'],
    // Scripts of service workers are fetched by the browser itself, outside of any window.
    '--ignore-certificate-errors',
    ...more,
  ],
});

/** A browser that ends with the test. It trusts every certificate: the tests' authority is unknown. */
export async function openBrowser(t: Test, more: readonly string[] = []): Promise<Browser> {
  const browser = await chromium.launch(launch(more));
  t.teardown(() => browser.close());
  return browser;
}

/** A browser as somebody has it: what it remembers lies in `profile`, so that apps can be installed. */
export async function openProfile(
  t: Test,
  profile: string,
  baseURL: string,
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await chromium.launchPersistentContext(profile, {
    ...launch(),
    ...{ baseURL, locale: 'en-GB', ignoreHTTPSErrors: true },
    viewport: { width: 390, height: 844 },
  });
  t.teardown(() => context.close());
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(20_000);
  return { context, page };
}

export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  readonly locale?: string;
}

/** A window of its own with nothing remembered. Faults of the page are kept in `faults`. */
export async function openWindow(
  browser: Browser,
  baseURL: string,
  { width = 1280, height = 800, dark = false, locale = 'en-GB' }: Look = {},
): Promise<{ context: BrowserContext; page: Page; faults: string[] }> {
  const context = await browser.newContext({
    ...{ baseURL, locale, ignoreHTTPSErrors: true },
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    // A refused request is told by the page itself, and what has no address is a test's own script;
    // anything else on the console is a fault.
    const ours =
      message.location().url === '' || message.text().includes('Failed to load resource');
    if (message.type() === 'error' && !ours) faults.push(message.text());
  });
  return { context, page, faults };
}
