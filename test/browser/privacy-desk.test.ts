import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { CallerRights } from '../../agent/privacy/caller-rights.js';
import { privacySettings } from '../../agent/privacy/settings.js';
import { dashboard } from '../web/house.js';
import { openBrowser, openWindow } from './chromium.js';
import { firstLogin } from './first-login.js';
import { aMorning } from './office.js';
import { barriers, picture, skip } from './page-checks.js';

t.test('the privacy desk', { skip }, async (t) => {
  const house = await dashboard(t);
  await aMorning(house.records, Date.now() - 3 * 3_600_000);
  const url = await house.server.start();
  const { password } = await house.room.accounts.add('pat', 'privacy', 'test');
  const { page, faults } = await openWindow(await openBrowser(t), url);
  await firstLogin(page, 'pat', password);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: 'Privacy desk' }).click();

  await t.test('a request is entered, and who asks is made sure of', async (t) => {
    await page.getByText('No request is waiting.').waitFor();
    const asked = page.locator('form');
    await asked.getByLabel('Name').fill('Priya Raman');
    await asked.getByLabel('Number').fill('01632 960983');
    await asked.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Priya Raman · 01632 960983').waitFor();
    await page.getByRole('button', { name: 'Code to call back' }).click();
    const told = await page.getByText('have this code read back').textContent();
    await page.getByLabel('Code that was read back').fill(/(\d+)$/u.exec(told ?? '')?.[1] ?? '');
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByText('checked: call-back code').waitFor();
    t.strictSame(await barriers(page), []);
  });

  await t.test('a legal hold is placed and lifted, each with its reason', async (t) => {
    await page.getByRole('tab', { name: 'Holds and restrictions' }).click();
    await page.getByTestId('whom-number').fill('020 7946 0377');
    await page.getByTestId('freeze-why').fill('a claim is threatened');
    await page.getByRole('button', { name: 'Place', exact: true }).click();
    await page.getByText('a claim is threatened').waitFor();
    await picture(page, 'privacy-holds');
    t.strictSame(await barriers(page), []);
    await page.getByLabel('Why it is lifted').first().fill('the claim was dropped');
    await page.getByRole('button', { name: 'Lift', exact: true }).first().click();
    await page.getByText('lifted', { exact: true }).waitFor();
  });

  await t.test('a number objects', async (t) => {
    await page.getByRole('tab', { name: 'Objections' }).click();
    await page.getByTestId('objection-number').fill('not a number');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByText('this is no whole telephone number', { exact: false }).waitFor();
    await page.getByTestId('objection-number').fill('020 7946 0142');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('cell', { name: '+442079460142' }).waitFor();
    t.strictSame(await barriers(page), []);
    t.match(await house.records.rights.objections.of('+442079460142'), ['no-record']);
  });

  await t.test('a guardian who is called back agrees for a child', async (t) => {
    const { records } = house;
    const [one] = await records.reading.calls.list(1);
    const call = one?.id ?? '';
    const rights = new CallerRights({
      ...{ records, clock: systemClock(), law: privacySettings.parse({}).law },
      ...{ country: 'gb', timeZone: 'Europe/London' },
    });
    await rights.guardian({ call, what: 'absent', who: null, how: 'silence' });
    await page.getByRole('tab', { name: 'Children' }).click();
    await page.getByText('was not there').waitFor();
    await picture(page, 'privacy-children');
    t.strictSame(await barriers(page), []);
    const agree = page.getByRole('button', { name: 'They agree' });
    t.ok(await agree.isDisabled());
    await page.getByLabel('Name of the guardian').fill('Mary Doe');
    await page.getByLabel('How it is known that they are').fill('called back');
    await page.getByRole('button', { name: 'Show what would be erased' }).click();
    await page.getByText('Erased would be').waitFor();
    await page.getByText('1 call', { exact: true }).waitFor();
    await agree.click();
    await page.getByText('No call waits for a guardian.').waitFor();
    t.match(await records.rights.guardians.of(call), { who: 'Mary Doe', how: 'staff' });
    await page.goto(`${url}/calls/${call}`);
    await page.getByText('Mary Doe, agreed, noted by', { exact: false }).waitFor();
    await page.goto(`${url}/privacy`);
  });

  await t.test('what goes when', async (t) => {
    await page.getByRole('tab', { name: 'What goes when' }).click();
    await page.getByRole('rowheader', { name: 'Recordings' }).waitFor();
    await picture(page, 'privacy-schedule');
    t.strictSame(await barriers(page), []);
  });

  await t.test('a report is saved: it holds what is held, and a signed list', async (t) => {
    await page.getByRole('tab', { name: 'One person' }).click();
    await page.getByTestId('whom-number').fill('01632 960983');
    await page.getByLabel('By request').fill('1');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the archive' }).click();
    const files = unzipSync(readFileSync(await (await download).path()));
    t.match(strFromU8(files['report.json'] ?? new Uint8Array()), 'Priya Raman');
    t.match(Object.keys(files), ['report.html', 'report.json']);
    t.match(strFromU8(files['manifest.json'] ?? new Uint8Array()), '"signature"');
    t.ok(
      Object.keys(files).some((name) => name.endsWith('.wav')),
      'and what was recorded',
    );
  });

  await t.test('and then they are erased', async (t) => {
    await page.getByRole('button', { name: 'Show what would be erased' }).click();
    await page.getByText('1 recording').waitFor();
    await picture(page, 'privacy-desk');
    t.strictSame(await barriers(page), []);
    t.ok(await page.getByRole('button', { name: 'Erase', exact: true }).isDisabled());
    await page.getByLabel('Type “erase” to erase').fill('erase');
    await page.getByRole('button', { name: 'Erase', exact: true }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the receipt' }).click();
    t.equal((await download).suggestedFilename(), 'erasure-receipt.json');
    await page.getByRole('link', { name: 'Inbox' }).click();
    await page.locator('.row-button').first().waitFor();
    t.equal(await page.locator('.row-button', { hasText: 'Priya Raman' }).count(), 0);
  });
  t.strictSame(faults, [], 'nothing on the console');
});
