import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { systemClock, type Clock } from '../../../agent/clock.js';
import { Events } from '../../../agent/events.js';
import { silentLog } from '../../../agent/log.js';
import { Courier, type Heard } from '../../../agent/notify/deliver/courier.js';
import { notifySettings } from '../../../agent/notify/deliver/settings.js';
import type { NewMessage } from '../../../agent/records/ports.js';
import type { OpenRecords } from '../../../agent/records/records.js';
import { makeCertificate } from '../../../agent/wire/certificates.js';
import { aCall, startedStore } from '../../records/store.js';
import { aReceiver, aRelay } from './relay.js';

const told = (value: string) => ({ value, heard: value, confidence: 0.9, by: 'voice' });
const SECRET = 'a secret of more than thirty-two characters';

const aMessage = (call: string, more: Partial<NewMessage> = {}): NewMessage => ({
  ...{ call, number: 1, at: 5_000, whole: true, urgent: true, recipient: 'emily' },
  ...{ intent: 'message.leave', confirmed: true, contactNumber: undefined },
  body: {
    name: told('Zebulon Quartermain'),
    phone: told('020 7946 0142'),
    reason: told('the violet teapot leaks'),
    callbackTime: null,
  },
  ...more,
});

/** A clock whose wall time and timers the test turns on. */
function turned(): Clock & { on(ms: number): void } {
  let ahead = 0;
  let timers: { at: number; run: () => void }[] = [];
  const system = systemClock();
  const now = (): number => system.now() + ahead;
  return {
    ...system,
    now,
    after(delay, run) {
      const timer = { at: now() + delay, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    on(ms) {
      ahead += ms;
      const due = timers.filter(({ at }) => at <= now());
      timers = timers.filter((one) => !due.includes(one));
      for (const { run } of due) run();
    },
  };
}

async function until(met: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !met(); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function anOffice(t: Test, settings: object, records?: OpenRecords) {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-notify-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const clock = turned();
  const events = new Events<Heard>(silentLog);
  const store = records ?? (await startedStore(t)).records;
  const courier = new Courier({
    ...{ records: store, events, clock, log: silentLog },
    settings: notifySettings.parse(settings),
    office: {
      name: 'Riverside Family Clinic',
      dashboard: 'https://localhost:8443',
      language: 'en',
    },
  });
  await courier.start();
  t.teardown(() => courier.stop());
  const take = async (call: string, more: Partial<NewMessage> = {}): Promise<string> => {
    await store.calls.open(aCall(call));
    const id = await store.messages.keep(aMessage(call, more));
    events.emit('message', { id });
    return id;
  };
  return { folder, clock, events, records: store, courier, take };
}

const mailTo = (port: number, more: object = {}) => ({
  mail: {
    ...{ host: '127.0.0.1', port, encryption: 'none', from: 'vestibule@clinic.example' },
    ...{ to: ['desk@clinic.example'], recipients: { emily: ['emily@clinic.example'] } },
    ...more,
  },
});

await t.test(
  '3 notifications: as delivered a mail tells only that there is a message',
  async (t) => {
    const relay = await aRelay(t);
    const office = await anOffice(t, mailTo(relay.port));
    const id = await office.take('one');
    await until(() => relay.mails.length === 2);
    t.strictSame(
      relay.mails.flatMap(({ to }) => to),
      ['desk@clinic.example', 'emily@clinic.example'],
      'everybody who is told of all, and whom it is for',
    );
    for (const { text } of relay.mails) {
      t.match(text, /Subject: Urgent message: Riverside Family Clinic/u);
      t.match(text, `https://localhost:8443/inbox/${id}`);
      t.notMatch(text, /Quartermain|7946|teapot/u);
    }
    office.events.emit('message', { id });
    office.events.emit('call', { id: 'one', what: 'ended' });
    await office.courier.stop();
    t.equal(relay.mails.length, 2, 'each is told once');
  },
);

await t.test(
  '4 with consent: each way of telling is told more only where it was agreed to',
  async (t) => {
    const relay = await aRelay(t);
    const [agreed, not, fhir] = [await aReceiver(t), await aReceiver(t), await aReceiver(t)];
    const folder = mkdtempSync(join(tmpdir(), 'vestibule-consent-'));
    t.teardown(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    const secretFile = join(folder, 'secret');
    writeFileSync(secretFile, 's'.repeat(40), { mode: 0o600 });
    const office = await anOffice(t, {
      ...mailTo(relay.port, { content: 'none' }),
      content: 'full',
      webhooks: [
        { url: agreed.url, secretFile },
        { url: not.url, secretFile, content: 'none' },
      ],
      fhir: { url: fhir.url, content: 'none' },
    });
    await office.take('one');
    const each = [agreed, not, fhir];
    await until(() => relay.mails.length === 2 && each.every(({ posts }) => posts.length === 1));
    const SAID = /Quartermain|7946|teapot/u;
    t.strictSame(
      each.map(({ posts }) => SAID.test(posts[0]?.body ?? '')),
      [true, false, false],
    );
    for (const { text } of relay.mails) t.notMatch(text, SAID);

    const silent = await anOffice(t, {});
    await silent.take('two');
    await silent.courier.stop();
    t.strictSame(
      await silent.records.outbox.due(Date.now() + 1e9, 9),
      [],
      'nobody named, nothing sent',
    );
  },
);

await t.test('a summary names who and what about, the whole tells the number too', async (t) => {
  const relay = await aRelay(t);
  for (const [content, number] of [
    ['summary', false],
    ['full', true],
  ] as const) {
    const office = await anOffice(t, { content, ...mailTo(relay.port, { recipients: {} }) });
    const before = relay.mails.length;
    const { body } = aMessage('one');
    const asked = { value: null, heard: 'the pink one', confidence: 0.6, by: 'voice' };
    await office.take('one', { body: { ...body, details: { medicine: asked, lid: asked } } });
    await until(() => relay.mails.length > before);
    const text = relay.mails.at(-1)?.text ?? '';
    t.equal(/Medicine: the pink one\r?\nlid: the pink one/u.test(text), number, content);
    t.match(text, /Name: Zebulon Quartermain/u);
    t.match(text, /About: the violet teapot leaks/u);
    t.equal(text.includes('7946'), number, content);
  }
});

await t.test(
  'a relay that asks for TLS and a password gets both; a stranger gets nothing',
  async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'vestibule-relay-'));
    t.teardown(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    const { files } = await makeCertificate(folder, ['127.0.0.1'], 30, 'A test CA');
    const tls = { key: readFileSync(files.key), cert: readFileSync(files.certificate) };
    const relay = await aRelay(t, tls);
    const passwordFile = join(folder, 'password');
    writeFileSync(passwordFile, 'a relay password\n', { mode: 0o600 });
    const secure = { encryption: 'starttls', user: 'vestibule', passwordFile, recipients: {} };
    const trusting = await anOffice(t, mailTo(relay.port, { ...secure, authority: files.ca }));
    await trusting.take('one');
    await until(() => relay.mails.length === 1);
    t.match(relay.mails, [{ secure: true, user: 'vestibule' }]);
    const wary = await anOffice(t, mailTo(relay.port, secure));
    await wary.take('one');
    let waiting = await wary.records.outbox.due(Date.now() + 60_000, 9);
    for (let tries = 0; tries < 200 && waiting[0]?.tries !== 1; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      waiting = await wary.records.outbox.due(Date.now() + 60_000, 9);
    }
    t.match(waiting, [{ tries: 1 }], 'it waits');
    t.equal(relay.mails.length, 1, 'not to a relay that nobody vouches for');
  },
);

await t.test('a relay that is down loses nothing, nor does a restart', async (t) => {
  const relay = await aRelay(t);
  relay.state.down = true;
  const { records } = await startedStore(t);
  const settings = mailTo(relay.port, { recipients: {} });
  const first = await anOffice(t, settings, records);
  await first.take('one');
  await first.courier.stop();
  t.equal(relay.mails.length, 0);
  relay.state.down = false;
  const second = await anOffice(t, settings, records);
  second.clock.on(20_000);
  await until(() => relay.mails.length === 1);
  t.equal(relay.mails.length, 1);
  await second.courier.stop();
  t.strictSame(await records.outbox.due(Date.now() + 3_600_000, 9), [], 'nothing is left');
});

await t.test(
  'relay and webhook down for 24 h: each message is told once, and none twice',
  async (t) => {
    const HOUR_MS = 3_600_000;
    const relay = await aRelay(t);
    const answers = Array.from({ length: 1_000 }, () => 503);
    const receiver = await aReceiver(t, answers);
    relay.state.down = true;
    const folder = mkdtempSync(join(tmpdir(), 'vestibule-down-'));
    t.teardown(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    const secretFile = join(folder, 'secret');
    writeFileSync(secretFile, SECRET, { mode: 0o600 });
    const settings = {
      ...mailTo(relay.port, { recipients: {} }),
      webhooks: [{ url: receiver.url, secretFile }],
    };
    const { records } = await startedStore(t);
    let office = await anOffice(t, settings, records);
    const ids: string[] = [];
    let hours = 0;
    const hour = async (): Promise<void> => {
      hours += 1;
      const before = receiver.posts.length;
      office.clock.on(HOUR_MS);
      await until(() => {
        // Whoever was at work looks again a little later.
        office.clock.on(15_000);
        return !relay.state.down || receiver.posts.length > before;
      });
      if (!relay.state.down) await new Promise((resolve) => setTimeout(resolve, 40));
    };
    while (hours < 24) {
      if (hours % 4 === 0) ids.push(await office.take(`hour-${String(hours)}`));
      await hour();
      if (hours !== 13) continue;
      // In the middle of it the daemon starts again.
      await office.courier.stop();
      office = await anOffice(t, settings, records);
      office.clock.on(hours * HOUR_MS);
    }
    t.equal(relay.mails.length, 0);
    const refused = receiver.posts.length;
    t.ok(refused >= 24, 'tried again and again');
    relay.state.down = false;
    answers.length = 0;
    const taken = () => receiver.posts.slice(refused);
    for (let more = 0; more < 4; more += 1) await hour();
    await until(() => relay.mails.length >= ids.length && taken().length >= ids.length);
    // What was told is not told again, whatever happens to it.
    for (const id of ids) office.events.emit('message', { id });
    await hour();
    await office.courier.stop();
    const mailed = ids.filter((id) => relay.mails.some(({ text }) => text.includes(`/${id}`)));
    const hooked = ids.filter((id) => taken().some(({ body }) => body.includes(id)));
    const lost = 2 * ids.length - mailed.length - hooked.length;
    const doubled = relay.mails.length + taken().length - mailed.length - hooked.length;
    t.equal(lost, 0);
    t.equal(doubled, 0);
    t.equal(new Set(receiver.posts.map(({ key }) => key)).size, ids.length, 'a key for each');
    t.comment(
      `relay and webhook down for 24 h: ${String(ids.length)} messages to each, ${String(lost)} lost, ` +
        `${String(doubled)} told twice; ${String(refused)} times refused`,
    );
  },
);

await t.test('what cannot be told for three days is given up; the message stays', async (t) => {
  const relay = await aRelay(t);
  relay.state.down = true;
  const office = await anOffice(t, mailTo(relay.port, { recipients: {} }));
  const id = await office.take('one');
  for (let hours = 0; hours < 74; hours += 1) {
    await new Promise((resolve) => setTimeout(resolve, 30));
    if (hours === 60) t.equal((await office.records.outbox.counts()).waiting, 1, 'a weekend');
    office.clock.on(3_700_000);
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  await office.courier.stop();
  t.strictSame(await office.records.outbox.due(Number.MAX_SAFE_INTEGER, 9), []);
  t.equal((await office.records.reading.messages.find(id))?.state, 'open');
});

await t.test('what was done or left unfinished', async (t) => {
  const relay = await aRelay(t);
  const office = await anOffice(t, mailTo(relay.port, { recipients: {} }));
  const partial = await office.take('left', { whole: false });
  await new Promise((resolve) => setTimeout(resolve, 150));
  t.equal(relay.mails.length, 0, 'not while the call goes on');
  office.events.emit('call', { id: 'left', what: 'ended' });
  await until(() => relay.mails.length === 1);
  t.match(relay.mails[0]?.text, partial);
});

await t.test(
  'a webhook is signed, tried again under the same key, and follows nobody',
  async (t) => {
    const receiver = await aReceiver(t, [503, 302]);
    const folder = mkdtempSync(join(tmpdir(), 'vestibule-hook-'));
    t.teardown(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    const secretFile = join(folder, 'secret');
    writeFileSync(secretFile, `${SECRET}\n`, { mode: 0o600 });
    const office = await anOffice(t, { webhooks: [{ url: receiver.url, secretFile }] });
    const id = await office.take('one');
    for (const posts of [1, 2, 3]) {
      await until(() => receiver.posts.length === posts);
      await new Promise((resolve) => setTimeout(resolve, 100));
      office.clock.on(100_000);
    }
    t.equal(receiver.posts.length, 3);
    t.equal(new Set(receiver.posts.map(({ key }) => key)).size, 1, 'known as a repeat');
    for (const { body, signature } of receiver.posts) {
      const [, seconds = '', mac] = /^t=(\d+),v1=([0-9a-f]{64})$/u.exec(signature) ?? [];
      t.equal(mac, createHmac('sha256', SECRET).update(`${seconds}.${body}`).digest('hex'));
      t.match(JSON.parse(body), { event: 'message', message: id, urgent: true, state: 'open' });
      t.notMatch(body, /Quartermain|7946|teapot/u);
    }
  },
);
