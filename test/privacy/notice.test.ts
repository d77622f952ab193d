import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { configuration } from '../../agent/config/schema.js';
import { outsidePlaces } from '../../agent/house/destinations.js';
import { noticeOf } from '../../agent/privacy/notice.js';
import { PROCESSING } from '../../agent/privacy/processing.js';
import { registerOf, registerPage, type Installation } from '../../agent/privacy/register.js';
import { privacySettings } from '../../agent/privacy/settings.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { startedStore } from '../records/store.js';

const installation = (more: Partial<Installation> = {}, settings: object = {}): Installation => ({
  ...{ office: 'Mill <Clinic>', language: 'en', recording: true, noticeVersion: 'en-1' },
  ...{ destinations: [], now: 0 },
  settings: privacySettings.parse({
    controller: { name: 'Dr Reed', address: '12 Mill Lane', contact: 'privacy@mill.example' },
    authority: { name: 'the authority', contact: 'authority.example' },
    ...settings,
  }),
  ...more,
});

await t.test(
  '4.2 processor and controller: every table is in the register, and no other',
  async (t) => {
    const { records } = await startedStore(t);
    const tables: string[] = [];
    for (const name of ['main', 'keys'] as const) {
      const rows = await records.rights.database.read<{ name: string }>(
        name,
        `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
      );
      tables.push(...rows.map((row) => row.name));
    }
    const listed = PROCESSING.flatMap((one) => one.tables);
    t.ok(tables.length > 20, 'the tables are found');
    t.strictSame([...listed].sort(), [...tables].sort(), 'agent/privacy/processing.ts');
  },
);

t.test('7.3 legal bases, complaint: a basis per purpose, and the authority in the notice', (t) => {
  for (const { id, basis } of PROCESSING) t.match(basis, /Art\. \d|no personal data/u, id);
  for (const language of ['en', 'de', 'ko']) {
    t.match(noticeOf(installation(), language).html, /authority\.example/u);
  }
  t.end();
});

t.test('15 contact: the operator’s own contact is a required field', (t) => {
  t.match(noticeOf(installation(), 'en').html, /privacy@mill\.example/u);
  for (const [missing, place] of [
    [{ controller: undefined }, 'privacy.controller'],
    [{ authority: undefined }, 'privacy.authority'],
  ] as const) {
    const without = installation({}, missing);
    t.throws(() => noticeOf(without, 'en'), { code: 'PRIVACY_NO_CONTROLLER', place });
  }
  t.throws(() => registerOf(installation({}, { controller: undefined })), {
    code: 'PRIVACY_NO_CONTROLLER',
  });
  t.throws(() => noticeOf(installation(), 'fr'), { code: 'PRIVACY_NO_NOTICE', place: 'fr' });
  t.equal(privacySettings.safeParse({ controller: { name: 'x', address: 'y' } }).success, false);
  t.end();
});

t.test('9 changes of the policy: the version follows the words', (t) => {
  const version = (more: Partial<Installation> = {}, settings: object = {}): string =>
    noticeOf(installation(more, settings), 'en').version;
  const first = version();
  t.match(first, /^en-1-[0-9a-f]{8}$/u);
  t.equal(version({ now: 99 }), first, 'the same words');
  t.not(version({ recording: false }), first);
  t.not(version({}, { retention: { audioDays: 90 } }), first);
  t.match(version({ noticeVersion: 'en-2' }), /^en-2-/u);
  t.end();
});

t.test('a notice says what the settings say, in three languages, spoken too', (t) => {
  for (const [language, days] of [
    ['en', '90 days'],
    ['de', '90 Tage'],
    ['ko', '90일'],
  ] as const) {
    const settings = { retention: { audioDays: 90 } };
    const { html, spoken } = noticeOf(installation({}, settings), language);
    t.ok(html.includes(days) && spoken.includes(days), language);
    t.ok(html.includes('Mill &#60;Clinic&#62;'), 'names are text, not HTML');
    const without = noticeOf(installation({ recording: false }, settings), language);
    t.notOk(without.spoken.includes(days) || without.html.includes(days), 'without a recording');
    const sent = { destinations: [{ setting: 'x', address: 'stt.example:5001' }] };
    t.match(noticeOf(installation(sent), language).html, /stt\.example:5001/u);
    const kept = noticeOf(installation({}, { retention: { enabled: false } }), language);
    t.notMatch(kept.html, /\d+ (?:days|Tage)|\d+일/u);
  }
  t.end();
});

t.test('10 third-party links: the default names no place outside, and what is added shows', (t) => {
  const example = readFileSync(join(checkoutRoot, 'agent/config/example-office.yaml'), 'utf8');
  const settings = parse(example) as Record<string, object>;
  const places = (more: object) =>
    outsidePlaces(configuration.parse({ ...settings, ...more })).map(({ setting }) => setting);
  t.strictSame(places({}), []);
  const speech = {
    elsewhere: [{ name: 'big', kind: 'recogniser', address: '10.0.0.7:5001' }],
    tls: { ca: '/ca', certificate: '/crt', key: '/key' },
  };
  t.strictSame(places({ speech }), ['speech.elsewhere[0].address']);
  const pbx = { ...settings.pbx, emergency: { trunk: 'sip.provider.example' } };
  t.strictSame(places({ pbx }), ['pbx.emergency.trunk']);
  const sent = { destinations: [{ setting: 'pbx.emergency.trunk', address: 'sip.x.example' }] };
  t.match(registerPage(registerOf(installation(sent))), /sip\.x\.example/u);
  t.match(registerPage(registerOf(installation())), /nothing leaves this machine/u);
  t.end();
});
