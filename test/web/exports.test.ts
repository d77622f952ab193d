import ICAL from 'ical.js';
import t from 'tap';
import { aMorning, sixWeeks } from '../browser/office.js';
import { dashboard, loggedIn, type Browser } from './house.js';

const AT = Date.UTC(2026, 2, 2, 9);

const tokenOf = async (browser: Browser): Promise<string> =>
  (
    await browser.ask('POST', '/api/me/tokens', {
      ...{ name: 'calendar', days: 30, scopes: ['messages.read', 'messages.work'] },
    })
  ).json<{ token: string }>().token;

const basic = (password: string) => ({
  authorization: `Basic ${Buffer.from(`rita:${password}`).toString('base64')}`,
});

await t.test('messages and contacts leave as tables and cards, and the log says so', async (t) => {
  const house = await dashboard(t);
  await aMorning(house.records, AT);
  const { browser } = await loggedIn(house, 'privacy');
  const messages = await browser.ask('GET', '/api/export/messages.csv');
  t.match(messages.headers['content-type'], 'text/csv');
  const rows = messages.body.trimEnd().split('\r\n');
  t.equal(rows.length, 5, 'a head and four messages');
  t.match(rows[0], /^id,call,taken,state,urgent,/u);
  t.ok(rows.some((row) => row.includes('Margaret Okafor') && row.includes(',true,')));
  const contacts = await browser.ask('GET', '/api/export/contacts.csv');
  t.match(contacts.body, '+442079460142', 'a number stays a number, and no formula');
  const { body } = await browser.ask('GET', '/api/export/contacts.vcf');
  const cards = (ICAL.parse(body) as unknown[][]).map((jcal) => new ICAL.Component(jcal as never));
  t.equal(cards.length, 4);
  const margaret = cards.find((one) => one.getFirstPropertyValue('fn') === 'Margaret Okafor');
  t.equal(margaret?.getFirstPropertyValue('version'), '4.0');
  t.equal(margaret?.getFirstPropertyValue('tel'), 'tel:+442079460142');
  t.strictSame(margaret?.getFirstPropertyValue('n'), ['Okafor', 'Margaret', '', '', '']);
  const { rows: told } = (await browser.ask('GET', '/api/audit?limit=20')).json<{
    rows: { what: string }[];
  }>();
  for (const what of ['messages.export', 'contacts.export']) {
    t.ok(
      told.some((row) => row.what === what),
      what,
    );
  }
});

await t.test('whoever works at the desk saves one card, and not all of them', async (t) => {
  const house = await dashboard(t);
  await aMorning(house.records, AT);
  const { browser } = await loggedIn(house, 'reception');
  t.equal((await browser.ask('GET', '/api/export/contacts.vcf')).statusCode, 403);
  const { contacts } = (await browser.ask('GET', '/api/contacts')).json<{
    contacts: { id: string }[];
  }>();
  const card = await browser.ask('GET', `/api/contacts/${contacts[0]?.id ?? ''}/card.vcf`);
  t.match(card.body, /^BEGIN:VCARD\r\nVERSION:4\.0\r\n/u);
});

await t.test('a calendar program reads what waits, by name and token', async (t) => {
  const house = await dashboard(t);
  await aMorning(house.records, AT);
  const { browser } = await loggedIn(house, 'reception');
  const token = await tokenOf(browser);
  const program = (await loggedIn(house, 'reception', 'nobody')).browser;
  const { app } = house.server;
  const ask = (url: string, headers: Record<string, string>, method: 'GET' | 'POST' = 'GET') =>
    app.inject({ method, url, headers: { host: 'localhost', ...headers } });
  const first = await ask('/api/feed/messages.ics', {});
  t.equal(first.statusCode, 401);
  t.match(first.headers['www-authenticate'], /^Basic realm=/u, 'it is asked to log in');
  t.equal((await ask('/api/messages', {})).headers['www-authenticate'], undefined);
  t.equal((await ask('/api/feed/messages.ics', basic('wrong'))).statusCode, 401);
  const { body } = await ask('/api/feed/messages.ics', basic(token));
  const tasks = new ICAL.Component(ICAL.parse(body) as never).getAllSubcomponents('vtodo');
  t.equal(tasks.length, 4);
  const urgent = tasks.find((one) => Number(one.getFirstPropertyValue('priority')) === 1);
  t.match(urgent?.getFirstPropertyValue('summary'), /^Margaret Okafor: The chest pain/u);
  t.match(urgent?.getFirstPropertyValue('url'), 'https://localhost:8443/inbox/call-1-1');
  t.notMatch(body, '7946', 'a summary tells no number');
  const events = await ask('/api/feed/messages.ics?as=events', basic(token));
  const shown = new ICAL.Component(ICAL.parse(events.body) as never).getAllSubcomponents('vevent');
  t.equal(shown.length, 4);
  t.equal(shown[0]?.getFirstPropertyValue('transp'), 'TRANSPARENT', 'nobody is made busy by it');
  const change = await ask('/api/messages/call-1-1/state', basic(token), 'POST');
  t.equal(change.statusCode, 401, 'what a browser repeats by itself changes nothing');
  t.equal((await program.ask('GET', '/api/messages')).statusCode, 200);
});

await t.test('insights leave as a table; what is rare is not in it', async (t) => {
  const house = await dashboard(t);
  await sixWeeks(house.records, Date.now() - 3_600_000);
  const { browser } = await loggedIn(house, 'it');
  const report = (await browser.ask('GET', '/api/insights?days=60')).json<{
    calls: number;
    outcomes: { name: string; count: number }[];
    missed: { turns: number; nearest: object[] };
    spam: { name: string; count?: number }[];
  }>();
  t.equal(report.calls, 42);
  t.equal(
    report.outcomes.reduce((sum, { count }) => sum + count, 0),
    42,
    'the parts make the whole',
  );
  t.ok(report.outcomes.every(({ count }) => count >= 5));
  t.equal(report.missed.turns, 15);
  t.strictSame(
    report.spam.find(({ name }) => name === 'silent'),
    { name: 'silent' },
  );
  const { body } = await browser.ask('GET', '/api/insights.csv?days=60');
  t.match(body, /^what,of,value\r\ncalls,,42\r\n/u);
  t.match(body, /unwanted calls,silent,few\r\n/u);
  t.notMatch(body, /unserved/u, 'there was one');
  t.notMatch(body, /Okafor|7946/u);
});
