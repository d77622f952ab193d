// Works at the dashboard in a real browser over many calls and measures what its user waits for.
import { chromium, type Page } from 'playwright-core';
import { firstLogin } from '../../test/browser/first-login.js';
import { aMorning } from '../../test/browser/office.js';
import { openBeside } from '../../test/records/beside.js';
import { dashboard } from '../../test/web/house.js';
import { firstLoad } from './dashboard-size.js';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

if (process.argv.includes('--help')) {
  print('Usage: scripts/bench/dashboard [CALLS]   (10,000 if left out; needs Chromium)');
  print('VESTIBULE_CHROMIUM  the browser (default /usr/bin/chromium)');
  process.exit(0);
}
const CALLS = Number(process.argv[2] ?? '10000');
const ROUNDS = 10;
/** The browser tells events in steps of 8 ms and leaves out those below 16 ms. */
const LEAST_MS = 16;

/** What the browser says of each interaction: from the touch to the next picture (Event Timing, as INP is). */
const WATCH = `
  window.interactions = new Map();
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries()) {
      if (interactionId === 0) continue;
      const before = window.interactions.get(interactionId) ?? 0;
      window.interactions.set(interactionId, Math.max(before, duration));
    }
  }).observe({ type: 'event', durationThreshold: ${String(LEAST_MS)}, buffered: false });
  undefined;`;

/** The longest gap between two pictures while the whole list runs past, in milliseconds. */
const SCROLL = `(async () => {
  const list = document.querySelector('[role=list]');
  const gaps = [];
  let last = await new Promise(requestAnimationFrame);
  for (let step = 1; step <= 120; step += 1) {
    list.scrollTop = (list.scrollHeight * step) / 120;
    const now = await new Promise(requestAnimationFrame);
    gaps.push(now - last);
    last = now;
  }
  return gaps;
})()`;

const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
};

const row = (what: string, values: readonly number[]): void => {
  const told = [0.5, 0.95, 1].map((share) => `${quantile(values, share).toFixed(0)} ms`);
  print(`${what.padEnd(44)} ${String(values.length).padStart(4)}  ${told.join(' / ')}`);
};

async function interactions(page: Page, work: () => Promise<void>): Promise<readonly number[]> {
  await page.evaluate('window.interactions.clear()');
  await work();
  // Two pictures more: the last event has been told then.
  await page.evaluate('new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))');
  return page.evaluate<number[]>('[...window.interactions.values()]');
}

const endings: (() => unknown)[] = [];
const bench = { teardown: (end: () => unknown) => endings.unshift(end) };
try {
  const house = await dashboard(bench);
  const beside = openBeside(house.home, 'main');
  beside
    .prepare(
      `INSERT INTO call (id, started_at, answered_at, ended_at, outcome, called_number, language)
       WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < ?)
       SELECT 'c' || n, $at - n * 60000, $at - n * 60000 + 900, $at - n * 60000 + 50000 + n % 90000,
         CASE n % 3 WHEN 0 THEN 'message' WHEN 1 THEN 'answered' ELSE 'transferred' END, 'reception', 'en'
       FROM number`.replaceAll('$at', String(Date.now() - 86_400_000)),
    )
    .run(CALLS - 1);
  beside.close();
  await aMorning(house.records, Date.now() - 3 * 3_600_000);
  const url = await house.server.start();
  const { password } = await house.room.accounts.add('anna', 'owner', 'bench');
  const browser = await chromium.launch({
    executablePath: process.env.VESTIBULE_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--ignore-certificate-errors'],
  });
  endings.unshift(() => browser.close());
  const context = await browser.newContext({ baseURL: url, ignoreHTTPSErrors: true });
  const page = await context.newPage();
  await firstLogin(page, 'anna', password);
  await page.locator('button[type=submit]').last().click();
  await page.locator('.row-button').first().waitFor();
  await page.evaluate(WATCH);

  print(`${String(CALLS)} calls, ${String(ROUNDS)} rounds; touch to picture: p50 / p95 / longest`);
  const go = (room: string): Promise<void> => page.getByRole('link', { name: room }).click();
  const opened: number[] = [];
  const back: number[] = [];
  const typed: number[] = [];
  const narrowed: number[] = [];
  const moved: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await go('Inbox');
    await page.locator('.row-button').first().waitFor();
    opened.push(
      ...(await interactions(page, async () => {
        await go('Calls');
        await page.locator('.row-button').nth(8).waitFor();
      })),
    );
    moved.push(...(await page.evaluate<number[]>(SCROLL)));
    typed.push(
      ...(await interactions(page, async () => {
        await page
          .getByRole('textbox', { name: 'Words that were said' })
          .pressSequentially('invoice');
        await page.keyboard.press('Enter');
      })),
    );
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.locator('.row-button').nth(8).waitFor();
    narrowed.push(
      ...(await interactions(page, async () => {
        await page.locator('.pane-list').focus();
        for (const key of ['PageDown', 'PageDown', 'End', 'Home']) await page.keyboard.press(key);
      })),
    );
    back.push(
      ...(await interactions(page, async () => {
        await page.locator('.row-button').first().click();
        await page.getByRole('link', { name: 'Back' }).click();
        await page.locator('.row-button').nth(8).waitFor();
      })),
    );
  }
  row('opening the list', opened);
  row('a letter of a search', typed);
  row('keys in the list', narrowed);
  row('a call, and back', back);
  row('between two pictures while scrolling it all', moved);
  const { files, kilobytes } = firstLoad();
  print(`first load: ${String(files.length)} files, ${kilobytes.toFixed(1)} kB (brotli)`);
} finally {
  for (const end of endings) await end();
}
