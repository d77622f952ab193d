import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import t from 'tap';
import { z } from 'zod';
import { checkConfiguration } from '../../agent/config/load.js';
import { pathsOf } from '../../agent/config/paths.js';
import { createProfiles } from '../../agent/house/profiles.js';
import { answersSchema } from '../../agent/privacy/set-up-answers.js';
import { dashboard } from '../web/house.js';
import { openBrowser, openWindow } from './chromium.js';
import { firstLogin } from './first-login.js';
import { barriers, picture, skip } from './page-checks.js';

/** Answered by files only: the page and the terminal take the password itself. */
const NOT_ASKED = ['lines.trunk.passwordFile'];

/** Paths of what objects of a schema have, `staff.0.name` for those in lists. */
function pathsIn(schema: z.core.JSONSchema.BaseSchema, path = ''): string[] {
  const { properties, items } = schema;
  if (typeof items === 'object' && !Array.isArray(items)) return pathsIn(items, `${path}.0`);
  if (properties === undefined) return [path];
  return Object.entries(properties).flatMap(([key, of]) =>
    typeof of === 'boolean' ? [] : pathsIn(of, path === '' ? key : `${path}.${key}`),
  );
}

const isAnswered = (answers: unknown, path: string): boolean =>
  path
    .split('.')
    .reduce<unknown>((of, key) => (of as Record<string, unknown> | undefined)?.[key], answers) !==
  undefined;

t.test(
  'the first set-up, step by step; it cannot be finished without the duties',
  { skip },
  async (t) => {
    const house = await dashboard(t);
    const paths = pathsOf({ VESTIBULE_HOME: dirname(house.workshop.file) });
    createProfiles(paths).create('optician', 'clinic', 'en');
    const file = (): string => readFileSync(house.workshop.file, 'utf8');
    const url = await house.server.start();
    const { password } = await house.room.accounts.add('olga', 'owner', 'test');
    const { page, faults } = await openWindow(await openBrowser(t), url);
    await firstLogin(page, 'olga', password);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Inbox' }).waitFor();
    await page.goto('/set-up');
    const next = page.getByRole('button', { name: 'Next' });
    const fill = (label: string, text: string): Promise<void> =>
      page.getByRole('textbox', { name: label }).fill(text);
    const fillFirst = (label: string, text: string): Promise<void> =>
      page.getByRole('textbox', { name: label }).first().fill(text);
    await fill('Its name, as callers hear it', 'Elm Street Surgery');
    await next.click();
    await page.getByText('this may not be empty').first().waitFor();
    t.equal(await page.getByRole('group', { name: 'Friday' }).count(), 0, 'the step is not left');
    await page.reload();
    t.equal(
      await page.getByRole('textbox', { name: 'Its name, as callers hear it' }).inputValue(),
      'Elm Street Surgery',
      'what was answered outlives a reload',
    );
    await fill('Its address, as callers hear it', '4 Elm Street');
    await fill('How to find it', 'beside the library');
    await fill('What it offers', 'check-ups');
    await picture(page, 'set-up-office');
    await page.getByRole('textbox', { name: 'What kind of office is it?' }).click();
    await page.getByRole('option', { name: 'optician, a profile of your own (English)' }).click();
    t.strictSame(await barriers(page), []);
    await next.click();
    await page.getByRole('group', { name: 'Friday' }).waitFor();
    await page.getByRole('button', { name: 'A holiday' }).click();
    await page.getByLabel(/^Day/u).fill('2026-12-25');
    await fill('As callers say it', 'Christmas Day');
    t.strictSame(await barriers(page), []);
    await next.click();
    await fill('Who takes calls that nobody else is for', 'the reception desk');
    await page.getByRole('button', { name: 'Somebody else' }).click();
    await page.getByRole('textbox', { name: /^Name/u }).last().fill('Dr Ann Doyle');
    await fillFirst('Other names callers use', 'front desk');
    t.strictSame(await barriers(page), []);
    await next.click();
    await page.getByLabel(/^Our PBX/u).check();
    await fill('Address of this machine', '192.0.2.10');
    await fill('Networks that reach it', '192.0.2.0/24');
    await fill('Address or host name of the PBX', '192.0.2.1');
    await fill('Our extension or account there', '300');
    await page.getByLabel(/^The password of 300/u).fill('planted-word');
    await fill('The numbers that it reaches us by', '300');
    await picture(page, 'set-up-lines');
    t.strictSame(await barriers(page), []);
    await next.click();
    await page.getByRole('textbox', { name: 'Whose law protects' }).click();
    await page.getByRole('option', { name: 'another: say what it asks for' }).click();
    await fill('Its code', 'IT');
    await fill('Where it stands', 'Codice privacy, articolo 167');
    await page.getByRole('textbox', { name: 'How do callers consent?' }).click();
    await page.getByRole('option', { name: /^Announcement/u }).click();
    await fill('IT asks for more. Why is less enough here?', 'Counsel says so');
    await fill('Who answers for the data (controller)', 'Elm Street Surgery Ltd');
    await fill('The controller’s postal address', '4 Elm Street');
    await fill('How the controller is reached about privacy', 'privacy@elm.example');
    await fill('Supervisory authority for complaints', 'the Commissioner');
    await fill('How that authority is reached', 'ico.org.uk');
    await picture(page, 'set-up-consent');
    t.strictSame(await barriers(page), []);
    await next.click();
    await fill('Who takes these duties on', 'Jo Marsh');
    const finish = page.getByRole('button', { name: 'Write the configuration' });
    await finish.click();
    await page
      .getByText(/a duty is unset: callers are told that a machine answers/u)
      .first()
      .waitFor();
    t.notMatch(file(), 'Elm Street', 'nothing is written');
    const sending = page.waitForRequest((one) => one.method() === 'POST');
    await page.getByLabel(/^Callers must be told that a machine answers/u).check();
    await page.getByLabel(/^Callers must be told of the recording/u).check();
    await finish.click();
    await page.getByText(/^Written as version/u).waitFor();
    const { answers } = (await sending).postDataJSON() as { answers: object };
    t.strictSame(
      pathsIn(z.toJSONSchema(answersSchema)).filter(
        (path) => !isAnswered(answers, path) && !NOT_ASKED.includes(path),
      ),
      [],
      'the page asks whatever the set-up of the terminal asks',
    );
    await page.getByText(/^moonshine-tiny-en: recognition \(MIT\), \d+ MB/u).waitFor();
    await picture(page, 'set-up-done');
    t.strictSame(await barriers(page), []);
    t.equal(await page.evaluate('sessionStorage.getItem("vestibule-set-up")'), null);
    t.match(file(), 'name: Dr Ann Doyle');
    t.match(checkConfiguration(file(), 'vestibule.yaml', {}), {
      understanding: { profile: 'optician', holidays: [{ name: 'Christmas Day' }] },
      pbx: { trunks: [{ host: '192.0.2.1', user: '300', numbers: ['300'], outbound: true }] },
      privacy: { jurisdiction: 'IT', weakerConsent: 'Counsel says so' },
    });
    t.notMatch(file(), 'planted-word');
    await page.getByRole('link', { name: 'Insights' }).click();
    await page.getByRole('heading', { name: 'Insights' }).waitFor();
    t.equal(await page.getByText('Callers still hear the example office.').count(), 0);
    t.strictSame(faults, [], 'nothing on the console');
  },
);
