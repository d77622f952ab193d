import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { encodeWav } from '../../agent/audio/wav.js';
import { tone } from '../records/store.js';
import { dashboard } from '../web/house.js';
import { EXAMPLE } from '../web/workshop.js';
import { openBrowser, openWindow } from './chromium.js';
import { firstLogin } from './first-login.js';
import { barriers, picture, skip } from './page-checks.js';

/** What the browser's microphone hears: half a second of a tone, and again. */
function microphone(): readonly string[] {
  const file = join(tmpdir(), `vestibule-microphone-${String(process.pid)}.wav`);
  writeFileSync(file, encodeWav([tone(4, 9_000)], 16_000));
  return [
    ...['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
    `--use-file-for-fake-audio-capture=${file}`,
  ];
}

async function until(met: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await met()) return;
    await sleep(100);
  }
  throw new Error('it did not come to it');
}

/** The next Monday on which nothing special is. */
function aMonday(): { iso: string; label: RegExp } {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7 || 7));
  const name = new Intl.DateTimeFormat('en-GB', {
    ...{ weekday: 'long', day: 'numeric', month: 'long' },
    timeZone: 'UTC',
  }).format(day);
  return { iso: day.toISOString().slice(0, 10), label: new RegExp(`^${name}:`, 'u') };
}

t.test('an owner sets up the office in the page', { skip }, async (t) => {
  const house = await dashboard(t);
  const { workshop } = house;
  const file = (): string => readFileSync(workshop.file, 'utf8');
  const url = await house.server.start();
  const { password } = await house.room.accounts.add('olga', 'owner', 'test');
  const { page, faults } = await openWindow(await openBrowser(t, microphone()), url);
  await firstLogin(page, 'olga', password);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Inbox' }).waitFor();
  await page.getByText('Callers still hear the example office.').waitFor();
  const go = async (section: string): Promise<void> => {
    await page.goto(`/settings/${section}`);
    await page.getByRole('heading', { level: 2 }).waitFor();
  };
  const save = async (why = ''): Promise<void> => {
    if (why !== '') await page.getByLabel('Why (kept with the version)').fill(why);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText(/^Saved as version \d+; new calls/u).waitFor();
  };

  await t.test('hours: another beginning, and a day closed by a click', async (t) => {
    const monday = aMonday();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByLabel('Monday, opens').first().fill('10:00');
    const months = page.getByRole('button', { name: 'Next month' });
    if ((await page.getByRole('button', { name: monday.label }).count()) === 0)
      await months.click();
    await page.getByRole('button', { name: monday.label }).click();
    await page.getByRole('button', { name: 'Closed on this day' }).click();
    await page.getByLabel('What the day is called').fill('the summer fair');
    await picture(page, 'settings-hours');
    t.strictSame(await barriers(page), []);
    await save('the fair');
    t.match(file(), 'monday: [10:00-12:30, 13:30-17:30]');
    t.match(file(), `date: ${monday.iso}`);
    t.match(file(), '# The notice is spoken', 'comments stay');
    const { hours, holidays } = workshop.inForce().understanding;
    t.equal(hours.monday?.[0]?.from, 600, 'and in force');
    t.match(
      holidays.find(({ date }) => date === monday.iso),
      { name: 'the summer fair', hours: [] },
    );
  });

  await t.test('what is wrong is shown at its field, and nothing is written', async (t) => {
    const before = file();
    await go('hours');
    await page.getByLabel('Tuesday, opens').first().fill('13:00');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('a range ends after it begins').first().waitFor();
    t.strictSame(await barriers(page), []);
    t.equal(file(), before);
    await page.getByRole('button', { name: 'Discard' }).click();
  });

  await t.test('a frequent question: added, tried before it is saved, heard', async (t) => {
    await go('faq');
    await page.getByRole('button', { name: 'Add a question' }).click();
    await page.getByLabel('Callers ask 1').fill('Do you have a play corner?');
    await page.getByLabel('The approved answer').fill('Yes, beside the reception.');
    await page.getByLabel('Short name').fill('play-corner');
    await page.getByLabel('Try a question').fill('do you have a play corner');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByText('“play-corner” answers.').waitFor();
    await page.getByRole('button', { name: 'Hear it' }).click();
    await picture(page, 'settings-faq');
    t.strictSame(await barriers(page), []);
    await save();
    t.ok(workshop.spoken.includes('Yes, beside the reception.'));
    t.equal(workshop.inForce().understanding.faq[0]?.id, 'play-corner');
  });

  await t.test('prompts: any text is heard, one is recorded and given back', async (t) => {
    await go('prompts');
    await page.getByRole('textbox', { name: 'Hear any text' }).fill('Good morning from the page');
    const said = page.waitForResponse(/prompts\/say$/u);
    await page.getByRole('button', { name: /^Hear it: Hear any text/u }).click();
    const heard = await said;
    t.equal(await heard.headerValue('content-type'), 'audio/wav');
    t.ok(Number(await heard.headerValue('content-length')) > 16_000, 'it is heard');
    t.equal(workshop.spoken.at(-1), 'Good morning from the page');
    const row = page.getByTestId('prompt').nth(1);
    await row.getByRole('button', { name: /^Record/u }).click();
    await page.getByRole('button', { name: 'Start' }).click();
    const level = page.getByTestId('level');
    await until(async () => Number(await level.getAttribute('data-loudest')) > 0.5);
    await picture(page, 'settings-recording');
    t.strictSame(await barriers(page), []);
    await page.waitForTimeout(700);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    const takes = workshop.takes();
    await page.getByRole('button', { name: 'Keep' }).click();
    await row.getByText('recorded', { exact: true }).waitFor();
    const [, second] = await workshop.prompts.list();
    t.ok(second?.recorded);
    t.ok((await workshop.prompts.sound(second?.name ?? '')).length > 8_000, 'callers hear it');
    t.equal(workshop.takes(), takes + 1, 'new calls play it');
    await picture(page, 'settings-prompts');
    t.strictSame(await barriers(page), []);
    await row.getByRole('button', { name: /^Back to the voice/u }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Back to the voice' }).click();
    await row.getByText('recorded', { exact: true }).waitFor({ state: 'detached' });
  });

  await t.test('intents: an example is added, trained, and a sentence is tested', async (t) => {
    await go('intents');
    await page.getByRole('button', { name: /^Where you are/u }).click();
    await page.getByLabel('Add an example').fill('whereabouts is your place hidden');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('Examples have changed since the last training').waitFor();
    await page.getByRole('button', { name: 'Train' }).click({ timeout: 60_000 });
    await page.getByText('Trained from these examples').waitFor({ timeout: 60_000 });
    await page.getByLabel('Test a sentence').fill('whereabouts is your place hidden');
    await page.getByRole('button', { name: 'Test a sentence' }).click();
    const trial = page.getByTestId('intent-trial');
    await trial.waitFor();
    t.match(await trial.textContent(), /Understood as: Where you are/u);
    await page.getByRole('heading', { level: 2 }).click();
    await picture(page, 'settings-intents');
    t.strictSame(await barriers(page), []);
  });

  await t.test('a restart is named before, and waits when that is agreed to', async (t) => {
    await go('notifications');
    await page.getByRole('textbox', { name: 'How much a notification tells' }).click();
    await page.getByRole('option', { name: 'From whom, and what about' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('This needs a restart').waitFor();
    t.notMatch(file(), 'content: summary');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Discard' }).click();
  });

  await t.test('the file itself: faults by their lines', async (t) => {
    await go('text');
    const area = page.getByLabel('vestibule.yaml');
    await area.fill(
      (await area.inputValue()).replace('defaultTarget: reception', 'defaultTarget: x'),
    );
    await page.getByTestId('faults').getByText('dialogue.defaultTarget').waitFor();
    await page.getByRole('button', { name: /^Line \d+$/u }).click();
    await picture(page, 'settings-file');
    t.strictSame(await barriers(page), []);
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByText('No faults.').waitFor();
  });

  await t.test('versions: who did what, and back to the first, to the letter', async (t) => {
    await go('versions');
    await page.getByRole('button', { name: /^Version 2/u }).click();
    await page.getByText('understanding.hours.monday').waitFor();
    await picture(page, 'settings-versions');
    t.strictSame(await barriers(page), []);
    await page.getByRole('button', { name: /^Version 1/u }).click();
    await page.getByRole('button', { name: 'Back to this version' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Back to this version' }).click();
    await page.getByText(/^Saved as version \d+/u).waitFor();
    t.equal(file(), EXAMPLE);
    t.equal(workshop.inForce().understanding.hours.monday?.[0]?.from, 510);
  });

  await t.test('a file changed by hand meanwhile is not overwritten', async (t) => {
    await go('office');
    await page.getByLabel('Name', { exact: true }).fill('Hill Clinic');
    writeFileSync(workshop.file, EXAMPLE.replace('12 Mill Lane,', '14 Mill Lane,'));
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Somebody else changed the configuration').waitFor();
    await page.getByRole('button', { name: 'Show what it says now' }).click();
    const address = page.getByLabel('Address');
    await until(async () => (await address.inputValue()).startsWith('14 Mill'));
    t.notMatch(file(), 'Hill Clinic');
  });

  await t.test('the other pages', async (t) => {
    for (const section of ['office', 'staff', 'handling', 'privacy', 'notifications']) {
      await go(section);
      await page.waitForTimeout(150);
      await picture(page, `settings-${section}`);
      t.strictSame(await barriers(page), [], section);
    }
  });

  t.strictSame(faults, [], 'nothing on the console');
});

t.test(
  'reception, on a telephone, in the dark: the day’s things and no more',
  { skip },
  async (t) => {
    const house = await dashboard(t);
    const url = await house.server.start();
    const { password } = await house.room.accounts.add('rita', 'reception', 'test');
    const look = { width: 390, height: 844, dark: true };
    const { page, faults } = await openWindow(await openBrowser(t), url, look);
    await firstLogin(page, 'rita', password);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Inbox' }).waitFor();
    const wide = (): Promise<number> => page.evaluate('document.documentElement.scrollWidth');

    await page.goto('/staff');
    const carter = page.getByTestId('staff-member').filter({ hasText: 'Dr Emily Carter' });
    await carter.getByRole('button', { name: /^Away/u }).click();
    await page.getByRole('menuitem', { name: 'a week' }).click();
    await carter.getByText(/^away until/u).waitFor();
    await page.waitForTimeout(400);
    await picture(page, 'staff-phone');
    t.strictSame(await barriers(page), []);
    t.ok((await wide()) <= 390, 'nothing is wider than the telephone');
    t.strictSame(
      (await house.room.handling.absences('test')).map(({ person, kind }) => ({ person, kind })),
      [{ person: 'carter', kind: 'absent' }],
    );
    await carter.getByRole('button', { name: /^Back/u }).click();
    await carter.getByText('here', { exact: true }).waitFor();

    await page.goto('/settings/handling');
    await page.getByLabel('Caller', { exact: true }).fill('020 7946 0999');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('+442079460999').waitFor();
    await page.getByLabel('Try a number').fill('020 7946 0999');
    await page.getByRole('button', { name: 'What would happen now' }).click();
    t.match(await page.getByTestId('handling-trial').textContent(), /^Block/u);
    await picture(page, 'settings-handling-phone');
    t.strictSame(await barriers(page), []);
    t.ok((await wide()) <= 390);

    await page.goto('/settings/hours');
    await page.getByLabel('Friday, closes').last().fill('16:00');
    await picture(page, 'settings-hours-phone');
    t.strictSame(await barriers(page), []);
    t.ok((await wide()) <= 390);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText(/^Saved as version 2/u).waitFor();
    t.match((await house.workshop.configuration.versions(1))[0], { who: 'web:rita', number: 2 });

    for (const section of ['office', 'staff', 'prompts', 'versions']) {
      await page.goto(`/settings/${section}`);
      await page.getByRole('heading', { level: 2 }).waitFor();
      await page.waitForTimeout(150);
      t.strictSame(await barriers(page), [], section);
      t.ok((await wide()) <= 390, `${section} fits`);
    }
    await page.goto('/settings/office');
    await page.getByText('Your role may look at this and not change it.').waitFor();
    t.notOk(await page.getByLabel('Name', { exact: true }).isEditable());
    t.strictSame(faults, []);
  },
);
