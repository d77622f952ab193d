import { readFileSync } from 'node:fs';
import t from 'tap';
import type { SetUpOffer } from '../../agent/web/answers/set-up.js';
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
  },
);
