import { readFileSync } from 'node:fs';
import t from 'tap';
import type { Locator } from 'playwright-core';
import { dashboard } from '../web/house.js';
import { openBrowser, openWindow } from './chromium.js';
import { firstLogin } from './first-login.js';
import { barriers, picture, skip } from './page-checks.js';

// What used to be for those alone who can write the file: each form saves, and what it saved is in force.
t.test('what only experts could set has forms', { skip }, async (t) => {
  const house = await dashboard(t);
  const { workshop } = house;
  const file = (): string => readFileSync(workshop.file, 'utf8');
  const url = await house.server.start();
  const { password } = await house.room.accounts.add('olga', 'owner', 'test');
  const { page, faults } = await openWindow(await openBrowser(t), url, { height: 1000 });
  await firstLogin(page, 'olga', password);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Inbox' }).waitFor();
  const go = async (section: string): Promise<void> => {
    await page.goto(`/settings/${section}`);
    await page.getByRole('heading', { level: 2 }).waitFor();
  };
  const press = (): Promise<void> =>
    page.getByRole('button', { name: 'Save', exact: true }).click();
  const save = async (): Promise<void> => {
    await press();
    await page.getByText(/^Saved as version \d+/u).waitFor();
  };
  /** For what counts only from the next start. */
  const saveForLater = async (): Promise<void> => {
    await press();
    await page.getByRole('button', { name: 'Save for the next start' }).click();
    await page.getByText(/^Saved as version \d+/u).waitFor();
  };
  const choose = async (where: Locator, label: string, option: string): Promise<void> => {
    await where.getByRole('textbox', { name: label }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };

  await t.test('a number that is answered as somebody else', async (t) => {
    await go('numbers');
    await page.getByText('Every number is answered as the office.').waitFor();
    await page.getByRole('button', { name: 'Add a number' }).click();
    const number = page.getByTestId('number');
    await number.getByLabel('Numbers, as they are dialled').fill('+442079460155');
    await number.getByLabel('Numbers, as they are dialled').press('Enter');
    await number.getByLabel('Short name, in commands').fill('law');
    await number.getByLabel('Greeting').fill('Okafor and Partners, good day.');
    await choose(number, 'For “a person”', 'the billing office');
    await number.getByRole('switch', { name: 'Business details' }).click();
    await number.getByLabel('Name', { exact: true }).fill('Okafor and Partners');
    await number.getByRole('switch', { name: 'Opening hours and holidays' }).click();
    await number.getByLabel('Monday, opens').first().fill('11:00');
    await picture(page, 'settings-numbers');
    t.strictSame(await barriers(page), []);
    await save();
    const [own] = workshop.inForce().offices ?? [];
    t.match(own, { id: 'law', called: ['+442079460155'] });
    t.match(own?.settings, {
      understanding: {
        office: { name: 'Okafor and Partners' },
        hours: { monday: [{ from: 660 }] },
      },
      dialogue: { greeting: 'Okafor and Partners, good day.', defaultTarget: 'billing' },
    });
    t.not(
      workshop.inForce().understanding.office.name,
      'Okafor and Partners',
      'the office is as it was',
    );
    t.notMatch(file(), /numbers:[\s\S]*faq:/u, 'what is not its own is not copied');
  });

  await t.test('a fault of a number stands at its field, and opens it', async (t) => {
    await go('numbers');
    await page.getByRole('button', { name: /Okafor and Partners/u }).click();
    const number = page.getByTestId('number');
    await number.getByLabel('Short name, in commands').fill('Not An Id');
    await press();
    await number.getByText('an id has lower-case letters, digits, - and _').waitFor();
    t.strictSame(await barriers(page), []);
    await page.getByRole('button', { name: 'Discard' }).click();
    await number.getByRole('switch', { name: 'Business details' }).click();
    await save();
    t.notMatch(file(), 'Okafor and Partners\n', 'switched off, nothing of it is left');
  });

  await t.test('a calendar, and a kind of appointment that uses it', async (t) => {
    await go('appointments');
    const part = (name: string): Locator => page.getByRole('region', { name });
    const calendars = part('Calendars');
    await calendars.getByLabel('Short name').fill('surgery');
    await calendars.getByRole('button', { name: 'Add' }).click();
    await choose(calendars, 'Where it is', 'A server (CalDAV)');
    await calendars.getByLabel('Address of the calendar').fill('https://cal.clinic.lan/surgery/');
    await calendars.getByLabel('User', { exact: true }).fill('vestibule');
    await calendars.getByLabel('File with the password').fill('/etc/vestibule/calendar');
    t.strictSame(await barriers(page), []);
    await save();
    t.match(workshop.inForce().calendars, {
      surgery: { kind: 'caldav', url: 'https://cal.clinic.lan/surgery/', content: 'none' },
    });
  });

  await t.test('what is asked for a request: another order, a question of our own', async (t) => {
    await go('forms');
    const form = page.getByRole('region', { name: 'Ask for results' });
    await form.getByRole('button', { name: 'Change' }).click();
    await form.getByRole('button', { name: 'Ask it earlier: Question 2' }).click();
    await form.getByRole('button', { name: 'Ask something more' }).click();
    await choose(form, 'Question 4', 'A question of your own');
    await form.getByLabel('The question, word for word').fill('Which doctor sent you?');
    t.strictSame(await barriers(page), []);
    await save();
    t.strictSame(workshop.inForce().dialogue.forms['results.request'], [
      ...['test', 'dob', 'callback_time'],
      { id: 'question_1', ask: 'Which doctor sent you?', kind: 'text' },
    ]);
    t.strictSame(
      workshop.questions(),
      { 'results.request': { question_1: 'Which doctor sent you?' } },
      'messages show the question, not its id',
    );
    await form.getByRole('button', { name: 'As usual again' }).click();
    await save();
    t.strictSame(workshop.inForce().dialogue.forms, {});
  });

  await t.test('rules by caller, recording wishes, escalation', async (t) => {
    await go('handling');
    await page.getByRole('button', { name: 'Add a rule' }).click();
    const rule = page.getByTestId('handling.rules');
    await rule.getByLabel('Caller').fill('+4420794601*');
    await choose(rule, 'When', 'While closed');
    await choose(rule, 'What is done', 'Voicemail');
    await page.getByRole('button', { name: 'Add a wish' }).click();
    const wish = page.getByTestId('handling.recording');
    await choose(wish, 'For', 'Extension');
    await wish.getByLabel('Number', { exact: true }).fill('203');
    await choose(wish, 'Record', 'Never');
    await picture(page, 'settings-rules');
    t.strictSame(await barriers(page), []);
    await save();
    t.match(workshop.inForce().handling, {
      rules: [{ caller: '+4420794601*', when: 'closed', do: 'voicemail' }],
      recording: [{ extension: '203', record: 'never' }],
    });
    await choose(page.locator('main'), 'Who is called', 'Dr Emily Carter');
    await page.getByLabel('First after minutes').fill('7');
    await saveForLater();
    t.match(file(), /escalation:\s*\n?\s*.*to: carter/u);
    t.match(file(), 'afterMinutes: 7');
  });

  await t.test('notices: by person, alarms, and what else is told', async (t) => {
    await go('notifications');
    await page.getByLabel('Send e-mails').click();
    await page.getByRole('textbox', { name: 'Relay (SMTP)' }).fill('mail.clinic.lan');
    await page.getByLabel('From', { exact: true }).fill('reception@clinic.example');
    await page.getByRole('button', { name: 'Add somebody' }).click();
    await page.getByRole('textbox', { name: 'E-mail addresses' }).fill('desk@clinic.example');
    await page.getByRole('textbox', { name: 'E-mail addresses' }).press('Enter');
    await page
      .getByRole('textbox', { name: 'Alarms of the house go to' })
      .fill('it@clinic.example');
    await page.getByRole('textbox', { name: 'Alarms of the house go to' }).press('Enter');
    await page.getByLabel('Make an entry there').click();
    await page
      .getByRole('textbox', { name: 'Address of the server' })
      .fill('https://fhir.clinic.lan/r4');
    await picture(page, 'settings-notifications');
    t.strictSame(await barriers(page), []);
    await saveForLater();
    t.match(file(), 'host: mail.clinic.lan');
    t.match(file(), 'desk@clinic.example');
    t.match(file(), 'https://fhir.clinic.lan/r4');
    await page.getByLabel('Send e-mails').click();
    await saveForLater();
    t.notMatch(file(), 'mail.clinic.lan', 'switched off, nothing of it is left');
  });

  await t.test('whose law, and for how long accounts are kept', async (t) => {
    await go('privacy');
    await page.getByRole('textbox', { name: 'Whose law recording follows' }).click();
    await page.getByRole('option', { name: 'United Kingdom (GB)' }).click();
    await page.getByText('At least: By the notice alone').waitFor();
    await page.getByLabel('Accounts that were closed').fill('14');
    t.strictSame(await barriers(page), []);
    await saveForLater();
    t.match(file(), 'jurisdiction: GB');
    t.match(file(), 'closedAccountDays: 14');
  });

  await t.test('another office', async (t) => {
    await go('offices');
    await page.getByRole('button', { name: 'Add an office' }).click();
    const office = page.getByTestId('office');
    await office.getByLabel('Name', { exact: true }).fill('Leipzig');
    await office.getByLabel('Its control API').fill('leipzig');
    await press();
    await office.getByText('write host:port, such as leipzig.example:7444').waitFor();
    await office.getByLabel('Its control API').fill('leipzig.example:7444');
    for (const [label, path] of [
      ['File of the authority', '/etc/vestibule/leipzig-ca.pem'],
      ['File of the certificate', '/etc/vestibule/us.pem'],
      ['File of its private key', '/etc/vestibule/us.key'],
    ] as const) {
      await office.getByLabel(label).fill(path);
    }
    t.strictSame(await barriers(page), []);
    await saveForLater();
    t.match(file(), 'address: leipzig.example:7444');
  });

  await t.test('a line to a provider, with what is wrong told at its field', async (t) => {
    await go('lines');
    const part = (name: string): Locator => page.getByRole('region', { name });
    const trunks = part('Lines to providers and other PBXs');
    await trunks.getByRole('button', { name: 'Add' }).click();
    await trunks.getByLabel('Host name or address').fill('sip.provider.example');
    await trunks.getByLabel('User', { exact: true }).fill('riverside');
    await choose(trunks, 'Transport', 'TLS');
    await press();
    await trunks.getByText('user and passwordFile belong together').waitFor();
    await trunks.getByLabel('File with the password').fill('/etc/vestibule/trunk');
    await press();
    await trunks.getByText('tls needs sip.tls: a certificate of ours and its key').waitFor();
    await choose(trunks, 'Transport', 'TCP');
    await picture(page, 'settings-lines');
    t.strictSame(await barriers(page), []);
    await saveForLater();
    t.match(file(), 'host: sip.provider.example');
    t.match(file(), 'transport: tcp');
  });

  t.strictSame(faults, [], 'nothing on the console');
});
