import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { systemClock, type Clock } from '../../../agent/clock.js';
import { Events } from '../../../agent/events.js';
import { silentLog } from '../../../agent/log.js';
import { Courier, type Heard } from '../../../agent/notify/deliver/courier.js';
import { notifySettings } from '../../../agent/notify/deliver/settings.js';
import { AccountRoom } from '../../../agent/privacy/account-room.js';
import type { OpenRecords } from '../../../agent/records/records.js';
import { startedStore } from '../../records/store.js';
import { aReceiver, aRelay } from './relay.js';

const LATER = 24 * 3_600_000;

async function aCourier(
  t: Test,
  settings: object,
  records: OpenRecords,
  clock: Clock = systemClock(),
): Promise<Courier> {
  const courier = new Courier({
    ...{ records, events: new Events<Heard>(silentLog), clock, log: silentLog },
    settings: notifySettings.parse(settings),
    office: {
      name: 'Riverside Family Clinic',
      dashboard: 'https://localhost:8443',
      language: 'en',
    },
  });
  await courier.start();
  t.teardown(() => courier.stop());
  return courier;
}

const mailTo = (port: number, more: object = {}) => ({
  ...{ host: '127.0.0.1', port, encryption: 'none', from: 'vestibule@clinic.example' },
  to: ['desk@clinic.example'],
  ...more,
});

/** Reports one after the other, each until everything of it was delivered. */
async function reported(
  t: Test,
  settings: object,
  records: OpenRecords,
  ...results: readonly boolean[]
): Promise<void> {
  for (const works of results) {
    const courier = await aCourier(t, settings, records);
    courier.report('self-test', works);
    await courier.stop();
    // A daemon that starts again delivers what waits.
    const again = await aCourier(t, settings, records);
    while ((await records.outbox.due(Date.now() + LATER, 99)).some(({ tries }) => tries === 0)) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await again.stop();
  }
}

const subjects = (mails: readonly { text: string }[]): readonly string[] =>
  mails.map(({ text }) => /^Subject: (.*)$/mu.exec(text)?.[1]?.trim() ?? '');

await t.test('each failure is told, and once that it works again', async (t) => {
  const relay = await aRelay(t);
  const { records } = await startedStore(t);
  const settings = { content: 'full', mail: mailTo(relay.port) };
  await reported(t, settings, records, true);
  t.equal(relay.mails.length, 0, 'nothing had failed');
  await reported(t, settings, records, false, false, true, true);
  t.strictSame(subjects(relay.mails), [
    'Self-test failed: Riverside Family Clinic',
    'Self-test failed: Riverside Family Clinic',
    'Self-test passed again: Riverside Family Clinic',
  ]);
  t.match(relay.mails[0]?.text, 'https://localhost:8443/health');
  t.strictSame(await records.outbox.due(Date.now() + LATER, 9), [], 'nothing is left');
});

await t.test('those who are told of alarms are told, and nobody else', async (t) => {
  const relay = await aRelay(t);
  const { records } = await startedStore(t);
  const mail = mailTo(relay.port, { alarms: ['it@clinic.example', 'boss@clinic.example'] });
  await reported(t, { mail }, records, false);
  t.strictSame(
    relay.mails.flatMap(({ to }) => to),
    ['it@clinic.example', 'boss@clinic.example'],
  );
  await reported(t, { mail: { ...mail, alarms: [] } }, records, false);
  t.equal(relay.mails.length, 2);
});

await t.test('a program hears of it as an alarm, signed as ever', async (t) => {
  const receiver = await aReceiver(t);
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-alarm-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const secretFile = join(folder, 'secret');
  writeFileSync(secretFile, 'a secret of more than thirty-two characters');
  const { records } = await startedStore(t);
  const webhooks = [{ url: receiver.url, secretFile }];
  await reported(t, { webhooks }, records, false);
  const [got] = receiver.posts;
  t.match(got?.signature, /^t=\d+,v1=[0-9a-f]{64}$/u);
  const { id, at, ...body } = JSON.parse(got?.body ?? '{}') as Record<string, unknown>;
  t.strictSame(body, { event: 'alarm', alarm: 'self-test', state: 'failed' });
  t.equal(got?.key, id);
  t.notOk(Number.isNaN(Date.parse(String(at))));
});

await t.test(
  'through a relay that is down: what is over by then is not told any more',
  async (t) => {
    const { records } = await startedStore(t);
    const dead = { mail: mailTo(1) };
    await reported(t, dead, records, false);
    const [waiting] = await records.outbox.due(Date.now() + LATER, 9);
    t.match(waiting, { target: 'mail desk@clinic.example', about: { alarm: /./u }, tries: 1 });
    await reported(t, dead, records, true);
    const left = await records.outbox.due(Date.now() + LATER, 9);
    t.equal(left.length, 2);
    const current = await Promise.all(
      left.map(({ about }) => records.alarms.current('alarm' in about ? about.alarm : '')),
    );
    t.strictSame(
      current.flatMap((alarm) => (alarm === undefined ? [] : [alarm.state])),
      ['recovered'],
      'only the latest is current',
    );
  },
);

await t.test(
  '3 security, fraud: a brute force that is replayed alerts, once an hour',
  async (t) => {
    const relay = await aRelay(t);
    const { records } = await startedStore(t);
    await aCourier(t, { mail: mailTo(relay.port) }, records);
    const room = new AccountRoom(records, systemClock());
    await room.add('pat', 'privacy', 'test');
    const guess = (name: string) =>
      t.rejects(room.login(name, 'hunter2', undefined), {
        code: /PRIVACY_LOGIN_(REFUSED|LOCKED)/u,
      });
    for (let tries = 0; tries < 4; tries += 1) await guess('pat');
    t.equal(await records.alarms.latest('logins'), undefined, 'slips of the finger are no alarm');
    for (let tries = 0; tries < 4; tries += 1) await guess('pat');
    while (relay.mails.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    t.strictSame(subjects(relay.mails), ['Somebody tries passwords: Riverside Family Clinic']);
    t.match(relay.mails[0]?.text, 'https://localhost:8443/audit');
    t.notMatch(relay.mails[0]?.text, /hunter2|\bpat\b/u, 'nor whose, nor what was tried');
  },
);

await t.test('what is tried all night is raised once an hour', async (t) => {
  const relay = await aRelay(t);
  const { records } = await startedStore(t);
  const began = Date.now();
  const raised: unknown[] = [];
  for (const minutes of [0, 1, 59, 60, 61]) {
    const clock = { ...systemClock(), now: () => began + minutes * 60_000 };
    const courier = await aCourier(t, { mail: mailTo(relay.port) }, records, clock);
    records.alarms.report('logins', false);
    await courier.stop();
    const latest = await records.alarms.latest('logins');
    raised.push(latest && (latest.at - began) / 60_000);
  }
  t.strictSame(raised, [0, 0, 0, 60, 60]);
});

await t.test('one password that is tried on many names alerts, too', async (t) => {
  const { records } = await startedStore(t);
  const told: string[] = [];
  records.alarms.watch((kind, works) => told.push(`${kind} ${String(works)}`));
  const room = new AccountRoom(records, systemClock());
  for (let tries = 1; tries <= 20; tries += 1) {
    t.equal(told.length, 0);
    await t.rejects(room.login(`name${String(tries)}`, 'Summer2026', undefined));
  }
  t.strictSame(told, ['logins false']);
});

await t.test('a full disk is raised once a day, though it is looked at all the time', async (t) => {
  const relay = await aRelay(t);
  const { records } = await startedStore(t);
  const began = Date.now();
  const raised: unknown[] = [];
  for (const hours of [0, 1, 23, 24]) {
    const clock = { ...systemClock(), now: () => began + hours * 3_600_000 };
    const courier = await aCourier(t, { mail: mailTo(relay.port) }, records, clock);
    records.alarms.report('disk', false);
    await courier.stop();
    const latest = await records.alarms.latest('disk');
    raised.push(latest && (latest.at - began) / 3_600_000);
  }
  t.strictSame(raised, [0, 0, 0, 24]);
  const clock = { ...systemClock(), now: () => began + LATER };
  await aCourier(t, { mail: mailTo(relay.port) }, records, clock);
  while (relay.mails.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  t.match(subjects(relay.mails), ['The disk is full: Riverside Family Clinic']);
  t.match(relay.mails[0]?.text, 'https://localhost:8443/health');
});
