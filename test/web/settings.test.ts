import { readFileSync } from 'node:fs';
import t from 'tap';
import { encodeWav } from '../../agent/audio/wav.js';
import type {
  ConfigurationNow,
  ConfigurationTaken,
} from '../../agent/privacy/configuration-desk.js';
import { tone } from '../records/store.js';
import { dashboard, loggedIn, type Browser } from './house.js';

const HOURS = { 'understanding.hours.monday': ['10:00-12:00'] };

const baseOf = async (browser: Browser): Promise<string> =>
  (await browser.ask('GET', '/api/configuration')).json<ConfigurationNow>().hash;

t.test('a section takes its own settings and no others', async (t) => {
  const house = await dashboard(t);
  const { browser } = await loggedIn(house, 'reception', 'rita');
  const base = await baseOf(browser);
  const change = (section: string, values: object, more: object = {}) =>
    browser.ask('POST', `/api/configuration/sections/${section}`, { base, values, ...more });
  const strange = await change('hours', { 'reception.recording': 'off' });
  t.equal(strange.statusCode, 400, 'not by the back door');
  t.equal((await change('hours', { __proto__x: 1 })).statusCode, 400);
  t.equal((await change('handling', { 'handling.block': ['+441'] })).statusCode, 403);
  t.equal(
    (await browser.ask('POST', '/api/configuration/text', { base, text: '' })).statusCode,
    403,
  );
  const rollback = '/api/configuration/versions/1/rollback';
  t.equal((await browser.ask('POST', rollback, { base })).statusCode, 403);

  const taken = await change('hours', HOURS, { why: 'winter' });
  t.match(taken.json<ConfigurationTaken>(), { version: 2, waits: [] });
  t.strictSame(house.workshop.inForce().understanding.hours.monday, [{ from: 600, to: 720 }]);
  const { versions } = (await browser.ask('GET', '/api/configuration/versions')).json<{
    versions: readonly object[];
  }>();
  t.match(versions, [
    { number: 2, who: 'web:rita', why: 'winter' },
    { number: 1, who: 'by hand' },
  ]);
  const diff = await browser.ask('GET', '/api/configuration/versions/1/diff?to=2');
  t.match(diff.json(), { settings: [{ path: 'understanding.hours.monday', is: '10:00-12:00' }] });
  const old = await change('hours', HOURS);
  t.match([old.statusCode, old.json()], [409, { code: 'CONFIG_CONFLICT' }], 'made of an old text');
});

t.test('faults come with path and line; a restart is asked for; nothing is written', async (t) => {
  const house = await dashboard(t);
  const { browser } = await loggedIn(house, 'it');
  const base = await baseOf(browser);
  const before = readFileSync(house.workshop.file, 'utf8');
  const text = before.replace('defaultTarget: reception', 'defaultTarget: nobody');
  const line = text.split('\n').findIndex((one) => one.includes('defaultTarget')) + 1;
  const refused = await browser.ask('POST', '/api/configuration/text', { base, text });
  t.equal(refused.statusCode, 422);
  t.match(refused.json(), {
    code: 'CONFIG_INVALID',
    faults: [{ path: 'dialogue.defaultTarget', line }],
  });
  const preview = await browser.ask('POST', '/api/configuration/preview', {
    values: { 'notify.content': 'full' },
  });
  t.match(preview.json(), { faults: [], waits: ['notify'] });
  const notify = '/api/configuration/sections/notifications';
  const values = { 'notify.content': 'full' };
  const asked = await browser.ask('POST', notify, { base, values });
  t.match([asked.statusCode, asked.json()], [409, { faults: [{ path: 'notify' }] }]);
  t.equal(readFileSync(house.workshop.file, 'utf8'), before);
  const agreed = await browser.ask('POST', notify, { base, values, restart: true });
  t.match(agreed.json(), { version: 2, waits: ['notify'] });
  t.match((await browser.ask('GET', '/api/configuration')).json(), { waits: ['notify'] });
});

t.test('the privacy officer changes what becomes of data, and nothing else', async (t) => {
  const house = await dashboard(t);
  const { browser } = await loggedIn(house, 'privacy');
  const base = await baseOf(browser);
  const send = (section: string, values: object) =>
    browser.ask('POST', `/api/configuration/sections/${section}`, { base, values, restart: true });
  t.equal((await send('hours', HOURS)).statusCode, 403);
  t.equal((await send('privacy', { 'privacy.retention.audioDays': 30 })).statusCode, 200);
});

t.test('prompts by the API: heard, recorded, taken back', async (t) => {
  const house = await dashboard(t);
  const { browser } = await loggedIn(house, 'owner');
  const { prompts } = (await browser.ask('GET', '/api/prompts')).json<{
    prompts: readonly { name: string; text: string; recorded: boolean }[];
  }>();
  const { name = '' } = prompts[1] ?? {};
  const place = `/api/prompts/recording?name=${encodeURIComponent(name)}`;
  const send = (body: Uint8Array | string, type: string) =>
    browser.ask('POST', place, Buffer.from(body), { 'content-type': type });
  t.equal((await send('{}', 'application/json')).statusCode, 400);
  t.equal((await send('nonsense', 'audio/wav')).statusCode, 422);
  t.equal((await send(encodeWav([new Int16Array(16_000)], 16_000), 'audio/wav')).statusCode, 422);
  t.equal((await send(encodeWav([tone(1)], 16_000), 'audio/wav')).statusCode, 200);
  t.ok((await house.workshop.prompts.list())[1]?.recorded);
  const heard = await browser.ask('GET', `/api/prompts/sound.wav?name=${encodeURIComponent(name)}`);
  t.equal(heard.headers['content-type'], 'audio/wav');
  t.equal((await browser.ask('DELETE', place)).statusCode, 200);
  t.equal((await browser.ask('DELETE', place)).statusCode, 404);
  const deeds = (await house.records.reading.audit.list({ limit: 20 })).map(({ what }) => what);
  t.ok(deeds.includes('prompts.record') && deeds.includes('prompts.remove'), 'audited');
});

t.test('examples of the office lie beside those of the profile', async (t) => {
  const house = await dashboard(t);
  const { browser } = await loggedIn(house, 'owner');
  const send = (place: string, intent: string, text: string) =>
    browser.ask('POST', `/api/intents/${place}`, { intent, text });
  t.equal((await send('examples', 'info.location', 'where are you hidden')).statusCode, 200);
  t.equal((await send('examples', 'info.location', 'Where are you hidden?')).statusCode, 422);
  t.equal((await send('examples', 'no.such', 'something new entirely')).statusCode, 422);
  const { intents } = house.workshop.intents.list();
  const found = intents.find(({ intent }) => intent === 'info.location')?.examples;
  t.strictSame(found?.at(-1), { text: 'where are you hidden', own: true });
  t.equal(found?.filter(({ own }) => own).length, 1, 'what was refused is not kept');
  t.equal((await send('examples/remove', 'info.location', 'where are you hidden')).statusCode, 200);
  t.equal((await send('examples/remove', 'info.location', 'where is the clinic')).statusCode, 404);
});

t.test('rules and absences: who may, what is kept, what it does', async (t) => {
  const house = await dashboard(t);
  const { browser } = await loggedIn(house, 'reception', 'rita');
  const clinician = (await loggedIn(house, 'clinician')).browser;
  const rule = { caller: '020 7946 0999', way: 'block' };
  t.equal((await clinician.ask('POST', '/api/handling/rules', rule)).statusCode, 403);
  const { id } = (await browser.ask('POST', '/api/handling/rules', rule)).json<{ id: string }>();
  const tried = await browser.ask('POST', '/api/handling/try', { caller: '+44 20 7946 0999' });
  t.match(tried.json(), { way: 'block', because: [`rule.${id}`] });
  t.equal((await browser.ask('DELETE', `/api/handling/rules/${id}`)).statusCode, 200);
  for (const wrong of [
    { way: 'block' },
    { caller: 'nobody', way: 'block' },
    { caller: '201', way: 'staff', target: 'nobody' },
  ]) {
    t.equal((await browser.ask('POST', '/api/handling/rules', wrong)).statusCode, 400);
  }
  const refused = async (wrong: object): Promise<string> =>
    (await browser.ask('POST', '/api/handling/rules', wrong)).json<{ code: string }>().code;
  t.equal(await refused({ caller: 'nobody', way: 'block' }), 'WEB_NO_CALLER', 'what is wrong');
  t.equal(await refused({ ...rule, until: Date.now() - 1 }), 'WEB_PAST', 'never in force');
  const until = Date.now() + 3_600_000;
  const away = { kind: 'do-not-disturb', until };
  t.equal((await clinician.ask('POST', '/api/staff/carter/away', away)).statusCode, 200);
  t.equal((await clinician.ask('POST', '/api/staff/nobody/away', away)).statusCode, 404);
  const past = { kind: 'absent', until: Date.now() - 1_000 };
  t.equal((await clinician.ask('POST', '/api/staff/carter/away', past)).statusCode, 400);
  const { staff } = (await clinician.ask('GET', '/api/staff')).json<{
    staff: readonly { id: string; away: readonly object[] }[];
  }>();
  t.match(staff.find((one) => one.id === 'carter')?.away, [{ kind: 'do-not-disturb', until }]);
  t.equal((await clinician.ask('POST', '/api/staff/carter/back')).statusCode, 200);
});
