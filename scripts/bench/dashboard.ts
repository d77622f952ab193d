// Works at the dashboard in a real browser over many calls and measures what its user waits for.
import { chromium } from 'playwright-core';
import { firstLogin } from '../../test/browser/first-login.js';
import { aMorning } from '../../test/browser/office.js';
import { openBeside } from '../../test/records/beside.js';
import { dashboard } from '../../test/web/house.js';
import { Watch, type Work } from './dashboard-watch.js';
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
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

const waits = (values: readonly number[]): string =>
  [0.5, 0.95, 1].map((share) => `${quantile(values, share).toFixed(0)} ms`).join(' / ');

/** What one kind of touches took: how long it was waited for, and what the browser had to do for it. */
function row(what: string, works: readonly Work[]): void {
  const of = (part: (work: Work) => number): number => mean(works.map(part));
  const touches = works.flatMap(({ waits: each }) => each);
  const told = [
    `${of(({ script }) => script).toFixed(1)} + ${of(({ style }) => style).toFixed(1)} ms`,
    `${of(({ longTasks }) => longTasks).toFixed(1)} long`,
    `${of(({ requests }) => requests).toFixed(1)} requests`,
    `${(of(({ bytes }) => bytes) / 1000).toFixed(1)} kB`,
  ];
  print(
    `${what.padEnd(24)} ${String(touches.length).padStart(4)}  ${waits(touches).padEnd(26)} ${told.join(', ')}`,
  );
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
  const watch = await Watch.of(page);

  print(`${String(CALLS)} calls, ${String(ROUNDS)} rounds`);
  print('touch to picture: p50 / p95 / longest; then a round: processor time of the page for');
  print('script + style and layout, tasks longer than 50 ms, requests and what they brought');
  const go = (room: string): Promise<void> => page.getByRole('link', { name: room }).click();
  const rows = page.locator('.row-button');
  const opened: Work[] = [];
  const back: Work[] = [];
  const typed: Work[] = [];
  const keyed: Work[] = [];
  const moved: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await go('Inbox');
    await rows.first().waitFor();
    opened.push(
      await watch.over(async () => {
        await go('Calls');
        await rows.nth(8).waitFor();
      }),
    );
    moved.push(...(await page.evaluate<number[]>(SCROLL)));
    typed.push(
      await watch.over(async () => {
        await page
          .getByRole('textbox', { name: 'Words that were said' })
          .pressSequentially('invoice');
        await page.keyboard.press('Enter');
      }),
    );
    await page.getByRole('button', { name: 'Clear' }).click();
    await rows.nth(8).waitFor();
    keyed.push(
      await watch.over(async () => {
        await page.locator('.pane-list').focus();
        for (const key of ['PageDown', 'PageDown', 'End', 'Home']) await page.keyboard.press(key);
      }),
    );
    back.push(
      await watch.over(async () => {
        await rows.first().click();
        await page.getByRole('link', { name: 'Back' }).click();
        await rows.nth(8).waitFor();
      }),
    );
  }
  const nodes = await page.evaluate<number>(
    `document.querySelectorAll('[role=list] *').length / document.querySelectorAll('.row-button').length`,
  );
  row('opening the list', opened);
  row('a search, by letters', typed);
  row('four keys in the list', keyed);
  row('a call, and back', back);
  print(`between two pictures while scrolling it all ${String(moved.length)}  ${waits(moved)}`);
  print(`elements in the list for each row that is drawn: ${nodes.toFixed(1)}`);
  const { files, kilobytes } = firstLoad();
  print(`first load: ${String(files.length)} files, ${kilobytes.toFixed(1)} kB (brotli)`);
} finally {
  for (const end of endings) await end();
}
