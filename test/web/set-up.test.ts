import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t from 'tap';
import { checkConfiguration } from '../../agent/config/load.js';
import { pathsOf } from '../../agent/config/paths.js';
import { createProfiles } from '../../agent/house/profiles.js';
import type { SetUpFaults, SetUpOffer } from '../../agent/web/answers/set-up.js';
import { shownAnswers } from '../set-up-answers.js';
import { dashboard, loggedIn } from './house.js';

t.test(
  '14 responsibilities: the set-up in the page makes an example the office’s own',
  async (t) => {
    const house = await dashboard(t);
    const { browser } = await loggedIn(house, 'owner');
    const offer = (await browser.ask('GET', '/api/set-up')).json<SetUpOffer>();
    t.match(offer, { fresh: true, jurisdictions: { DE: { mode: 'opt-in' } } });
    t.ok(offer.kinds.includes('dentist'));
    t.match(
      offer.models.find(({ name }) => name === 'moonshine-tiny-en'),
      { language: 'en', licence: 'MIT', needed: true },
    );
    const before = readFileSync(house.workshop.file, 'utf8');
    const send = (answers: object, base = offer.base) =>
      browser.ask('POST', '/api/set-up', { base, answers });

    for (const [path, change] of [
      ['duties.aiDisclosure', { duties: { by: 'Jo', aiDisclosure: false, recordingNotice: true } }],
      ['duties.by', { duties: { aiDisclosure: true, recordingNotice: true } }],
      ['jurisdiction', { jurisdiction: undefined }],
    ] as const) {
      const refused = await send({ ...shownAnswers(), ...change });
      t.equal(refused.statusCode, 400, path);
      t.match(refused.body, /a duty is unset/u, path);
    }
    const untaken = await send({ ...shownAnswers(), duties: { by: 'Jo' }, country: 'Britain' });
    t.strictSame(
      untaken
        .json<{ faults: { path: string }[] }>()
        .faults.map(({ path }) => path)
        .sort(),
      ['answers.country', 'answers.duties.aiDisclosure', 'answers.duties.recordingNotice'],
      'every fault at once, where it stands',
    );
    const half = await browser.ask('POST', '/api/set-up/check', {
      answers: { ...shownAnswers(), country: 'Britain', duties: {}, staff: 'nobody' },
    });
    t.equal(half.statusCode, 200, half.body);
    t.strictSame(
      half
        .json<SetUpFaults>()
        .faults.map(({ path }) => path)
        .filter((path) => !path.startsWith('answers.duties.')),
      ['answers.country', 'answers.staff'],
      'what is told so far is looked at, and nothing more',
    );
    t.match((await browser.ask('POST', '/api/set-up/check', {})).json(), { faults: [{}] });
    const weaker = await send({ ...shownAnswers(), jurisdiction: 'DE' });
    t.equal(weaker.statusCode, 422, 'less consent than the jurisdiction asks for');
    t.match(weaker.json(), { faults: [{ path: 'dialogue.consentMode', message: /opt-in/u }] });
    t.equal(readFileSync(house.workshop.file, 'utf8'), before, 'nothing is written yet');

    const written = await send(shownAnswers());
    t.equal(written.statusCode, 200, written.body);
    t.match(written.json(), { version: 2, waits: /pbx/u });
    t.match(readFileSync(house.workshop.file, 'utf8'), /name: Elm Street Surgery\n/u);
    t.match(await house.workshop.configuration.versions(1), [{ why: 'set-up' }]);
    t.match((await browser.ask('GET', '/api/set-up')).json(), { fresh: false });
    t.equal((await send(shownAnswers())).statusCode, 409, 'not over what it was not made from');

    const { browser: rita } = await loggedIn(house, 'reception', 'rita');
    t.equal((await rita.ask('GET', '/api/set-up')).statusCode, 403);
    t.equal((await rita.ask('POST', '/api/set-up/check', {})).statusCode, 403);
  },
);

t.test('a profile of one’s own is offered, and set up from, as at the terminal', async (t) => {
  const house = await dashboard(t);
  const { browser } = await loggedIn(house, 'owner');
  const home = dirname(house.workshop.file);
  createProfiles(pathsOf({ VESTIBULE_HOME: home })).create('optician', 'clinic', 'en');
  const offer = (await browser.ask('GET', '/api/set-up')).json<SetUpOffer>();
  t.equal(offer.kinds.at(-1), 'optician.en');
  const send = (kind: string) =>
    browser.ask('POST', '/api/set-up', { base: offer.base, answers: { ...shownAnswers(), kind } });
  const unknown = await send('baker.en');
  t.equal(unknown.statusCode, 422, unknown.body);
  t.match(unknown.json(), { code: 'SETUP_NO_PROFILE' });
  const taken = await send('optician.en');
  t.equal(taken.statusCode, 200, taken.body);
  t.match(checkConfiguration(readFileSync(house.workshop.file, 'utf8'), 'vestibule.yaml', {}), {
    understanding: { profile: 'optician', office: { name: 'Elm Street Surgery' } },
  });
});

t.test(
  'where calls come from is set up in the page, too; a password stands in no text',
  async (t) => {
    const house = await dashboard(t);
    const { browser } = await loggedIn(house, 'owner');
    const offer = (await browser.ask('GET', '/api/set-up')).json<SetUpOffer>();
    const password = join(dirname(house.workshop.file), 'trunk-password');
    const lines = {
      ...{ bind: '192.0.2.10', localNetworks: ['192.0.2.0/24'] },
      trunk: { host: '192.0.2.1', user: '300', numbers: ['300'], outbound: false },
    };
    const law = {
      ...{ jurisdiction: 'IT', consent: 'opt-in' },
      jurisdictionRule: { mode: 'opt-in', source: 'Codice privacy, articolo 167' },
    };
    const send = (change: object, more: object) =>
      browser.ask('POST', '/api/set-up', {
        ...{ base: offer.base, answers: { ...shownAnswers(), ...law, lines, ...change } },
        ...more,
      });
    const secrets = { trunkPassword: 'planted-word' };

    const without = await send({}, {});
    t.equal(without.statusCode, 400, 'an account without its password');
    t.match(without.json(), { faults: [{ path: 'secrets.trunkPassword' }] });
    const refused = await send({ jurisdictionRule: undefined }, { secrets });
    t.equal(refused.statusCode, 422, 'a law that nobody knows');
    t.notOk(existsSync(password), 'what was refused leaves no password behind');

    const taken = await send({}, { secrets });
    t.equal(taken.statusCode, 200, taken.body);
    t.equal(readFileSync(password, 'utf8'), 'planted-word\n');
    t.equal(statSync(password).mode & 0o077, 0, 'for nobody else');
    const text = readFileSync(house.workshop.file, 'utf8');
    t.notMatch(`${text}${taken.body}`, 'planted-word');
    t.match(checkConfiguration(text, house.workshop.file, {}), {
      pbx: {
        sip: { bind: '192.0.2.10', localNetworks: ['192.0.2.0/24'] },
        trunks: [{ host: '192.0.2.1', user: '300', passwordFile: password, outbound: false }],
      },
      privacy: { jurisdiction: 'IT', jurisdictions: { IT: { mode: 'opt-in' } } },
    });
  },
);
