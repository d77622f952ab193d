import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { systemClock } from '../../agent/clock.js';
import { Offices } from '../../agent/federation/offices.js';
import { officesSettings } from '../../agent/federation/settings.js';
import { silentLog } from '../../agent/log.js';
import type { OpenRecords } from '../../agent/records/records.js';
import { controlSettings } from '../../agent/rpc/settings.js';
import { makeCertificate } from '../../agent/wire/certificates.js';
import { NORA } from '../privacy/planted.js';
import { freePort } from '../speech/free-port.js';
import { dashboard, loggedIn } from '../web/house.js';
import { daemonIn, officeHome } from './house.js';

interface Heads {
  readonly state: string;
  readonly code?: string;
  readonly messages?: readonly Record<string, unknown>[];
  readonly calls?: readonly Record<string, unknown>[];
  readonly answering?: boolean;
  readonly findings?: readonly { readonly title: string }[];
}

const rowsOf = async (records: OpenRecords) =>
  (await records.reading.audit.list({ limit: 1_000, subject: undefined, by: undefined })).map(
    ({ who, what, subject }) => [who, what, subject].filter(Boolean).join(' '),
  );

/** An agent in another office that lets people of a dashboard look, by the roles of `people`. */
async function office(t: Test, folder: string, people: string) {
  const { files } = await makeCertificate(folder, ['127.0.0.1'], 30, 'The offices’ CA');
  const port = await freePort();
  const listen = `127.0.0.1:${String(port)}`;
  const home = officeHome(
    t,
    `control:
  listen: ${listen}
  ca: ${files.ca}
  certificate: ${files.certificate}
  key: ${files.key}
  clients:
    - { name: centre.test, people: [${people}] }
    - { name: program.test, role: reception }
`,
  );
  return { ...(await daemonIn(t, home)), address: listen };
}

void t.test('one dashboard, two agents in other offices, and one that is away', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-offices-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const leipzig = await office(t, folder, 'reception, it');
  const ulm = await office(t, folder, 'owner');
  const mine = await makeCertificate(folder, ['centre.test'], 30, 'The offices’ CA');
  const foreign = await makeCertificate(join(folder, 'other'), ['centre.test'], 30, 'Another CA');
  const { ca, certificate, key } = mine.files;
  const place = (id: string, address: string, more: object = {}) => ({
    ...{ id, name: `Office of ${id}`, address, ca, certificate, key },
    ...more,
  });
  const offices = new Offices(
    officesSettings.parse([
      place('leipzig', leipzig.address),
      place('ulm', ulm.address),
      place('away', `127.0.0.1:${String(await freePort())}`),
      place('stranger', leipzig.address, {
        certificate: foreign.files.certificate,
        key: foreign.files.key,
        ca: foreign.files.ca,
      }),
    ]),
    systemClock(),
    silentLog,
  );
  t.teardown(() => {
    offices.stop();
  });
  const house = await dashboard(t, [], {}, { offices });
  const { browser } = await loggedIn(house, 'reception', 'Käthe');
  const get = async (url: string) => {
    const answer = await browser.ask('GET', url);
    return { status: answer.statusCode, body: answer.json<Heads & Record<string, unknown>>() };
  };

  await t.test(
    'heads of messages say when and how urgent, and nothing that was said',
    async (t) => {
      const { body } = await get('/api/offices/leipzig/messages?state=all');
      t.equal(body.state, 'here');
      t.equal(body.messages?.length, 2);
      for (const head of body.messages ?? []) {
        const known = ['call', 'id', 'intent', 'read', 'state', 'takenAt', 'urgent'];
        t.strictSame(Object.keys(head).sort(), known);
      }
      const text = JSON.stringify([body, (await get('/api/offices/leipzig/calls')).body]);
      for (const word of [NORA.name, NORA.word, NORA.number, NORA.number.slice(-7)]) {
        t.notMatch(text, word, 'no word and no number left the office');
      }
      const calls = (await get('/api/offices/leipzig/calls')).body;
      t.strictSame(
        calls.calls?.map(({ id }) => id),
        ['ida-1', 'nora-2', 'nora-1'],
      );
    },
  );

  await t.test(
    'what was said is read where it lies, for the person, audited at both ends',
    async (t) => {
      const { body } = await get('/api/offices/leipzig/messages/nora-1-1');
      t.match(body, { body: { reason: { value: `please call me about ${NORA.word}` } } });
      const call = (await get('/api/offices/leipzig/calls/nora-1')).body;
      t.match(call, { callerNumber: NORA.number, utterances: [{ text: `I need ${NORA.word}` }] });
      const there = await rowsOf(leipzig.records);
      const here = await rowsOf(house.records);
      t.ok(there.includes('rpc:centre.test:Käthe messages.show nora-1-1'));
      t.ok(there.includes('rpc:centre.test:Käthe calls.show nora-1'));
      t.ok(here.includes('web:Käthe offices.messages.show leipzig/nora-1-1'));
      t.ok(here.includes('web:Käthe offices.calls.show leipzig/nora-1'));
      const kept = await house.records.reading.messages.list(100, []);
      t.equal(kept.length, 0, 'nothing of it is kept here');
    },
  );

  await t.test('a message is settled and noted at its office', async (t) => {
    const url = '/api/offices/leipzig/messages/nora-1-1';
    t.equal((await browser.ask('POST', `${url}/state`, { done: true })).statusCode, 200);
    t.equal((await browser.ask('POST', `${url}/notes`, { text: 'called back' })).statusCode, 200);
    const kept = await leipzig.records.reading.messages.find('nora-1-1');
    t.match(kept, { state: 'done', done: { by: 'rpc:centre.test:Käthe' } });
    const { body } = await get('/api/offices/leipzig/messages');
    t.strictSame(
      body.messages?.map(({ id }) => id),
      ['ida-1-1'],
      'and waits no more',
    );
  });

  await t.test('the office decides which roles of ours may look', async (t) => {
    const refused = await get('/api/offices/ulm/messages');
    t.match(refused, { status: 200, body: { state: 'refused', code: 'PRIVACY_NOT_ALLOWED' } });
    t.equal((await get('/api/offices/ulm/messages/nora-1-1')).status, 403);
    t.ok((await rowsOf(ulm.records)).includes('rpc:centre.test:Käthe messages.heads.refused'));
    const owner = (await loggedIn(house, 'owner', 'olga')).browser;
    const seen = await owner.ask('GET', '/api/offices/ulm/messages');
    t.equal(seen.json<Heads>().state, 'here');
  });

  await t.test('who keeps the machines sees how they are, and reads nothing', async (t) => {
    const it = (await loggedIn(house, 'it', 'irma')).browser;
    const health = (await it.ask('GET', '/api/offices/leipzig/health')).json<Heads>();
    t.match(health, { state: 'here', answering: true, findings: [{ title: 'disk' }] });
    t.equal((await it.ask('GET', '/api/offices/leipzig/messages')).statusCode, 403);
    t.equal((await get('/api/offices/leipzig/health')).status, 403, 'and the desk not that');
  });

  await t.test(
    'an office that is away, or another than it should be, is shown as such',
    async (t) => {
      for (const id of ['away', 'stranger']) {
        const list = await get(`/api/offices/${id}/messages`);
        t.match(list, { status: 200, body: { state: 'away', code: 'FEDERATION_AWAY' } }, id);
        t.equal((await get(`/api/offices/${id}/messages/nora-1-1`)).status, 503);
      }
      t.equal((await get('/api/offices/nowhere/messages')).status, 404);
      const { offices: listed } = (await get('/api/offices')).body as unknown as {
        offices: { id: string; seenAt?: number }[];
      };
      const seen = listed.filter(({ seenAt }) => seenAt !== undefined).map(({ id }) => id);
      t.strictSame(seen, ['leipzig', 'ulm']);
      await leipzig.control.stop();
      t.equal((await get('/api/offices/leipzig/messages')).body.state, 'away');
      await leipzig.control.start();
      // gRPC tries a line that was lost again after a pause of its own.
      let state: unknown = 'away';
      for (let tries = 0; state === 'away' && tries < 100; tries += 1) {
        await sleep(100);
        ({ state } = (await get('/api/offices/leipzig/messages')).body);
      }
      t.equal(state, 'here', 'and comes back');
    },
  );

  await t.test('a program with a role of its own speaks for nobody', async (t) => {
    const { files } = await makeCertificate(folder, ['program.test'], 30, 'The offices’ CA');
    const pretender = new Offices(
      officesSettings.parse([{ ...place('ulm', ulm.address), ...files }]),
      systemClock(),
      silentLog,
    );
    t.teardown(() => {
      pretender.stop();
    });
    const asOwner = { name: 'olga', role: 'owner' } as const;
    await t.rejects(pretender.ask('ulm', 'accounts.list', {}, asOwner), {
      ...{ code: 'PRIVACY_NOT_ALLOWED', place: 'rpc:program.test' },
    });
  });
});

void t.test('settings that cannot work are named', (t) => {
  const files = { ca: 'a', certificate: 'b', key: 'c' };
  const one = { id: 'ulm', name: 'Ulm', address: 'ulm.example:7444', ...files };
  t.match(officesSettings.safeParse([one, one]).error?.issues, [{ path: [1, 'id'] }]);
  const bad = officesSettings.safeParse([{ ...one, address: 'ulm.example' }]);
  t.match(bad.error?.issues, [{ path: [0, 'address'], message: /host:port/u }]);
  const nobody = controlSettings.safeParse({ clients: [{ name: 'centre.test' }] });
  t.match(nobody.error?.issues, [{ path: ['clients', 0, 'role'] }]);
  t.end();
});
