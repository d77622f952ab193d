import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { ReadingRoom } from '../../agent/privacy/reading-room.js';
import type { Consent } from '../../agent/records/ports.js';
import { aDecision, CANARY, CANARY_NUMBER, filesBelow, filesWith } from './canary.js';
import { aCall, anUtterance, grantFor, storeOf, temporaryHome, tone } from './store.js';

const START = Date.UTC(2026, 10, 24, 9);

await t.test('a call comes back as it was stored, also after a restart', async (t) => {
  const home = temporaryHome(t);
  const writing = storeOf(home);
  await writing.start();
  await writing.calls.open(aCall('one', { startedAt: START, callerNumber: CANARY_NUMBER }));
  await writing.calls.answered('one', START + 400);
  await writing.utterances.add(anUtterance('one', { atMs: 3000, text: 'and on Saturday' }));
  await writing.utterances.add(anUtterance('one', { atMs: 1000, text: CANARY }));
  await writing.utterances.add({
    ...anUtterance('one', { atMs: 2000, text: 'From nine to' }),
    party: 'agent',
    words: undefined,
    confidence: undefined,
    engine: undefined,
    whole: false,
  });
  await writing.decisions.add(aDecision('one', 1500, CANARY));
  await grantFor(writing, 'one');
  await writing.calls.close({
    call: 'one',
    endedAt: START + 9000,
    outcome: 'answered',
    endedBy: 'caller',
  });
  await writing.stop();

  const store = storeOf(home);
  await store.start();
  t.teardown(() => store.stop());
  const call = await new ReadingRoom(store, systemClock()).showCall('one', 'test');
  t.match(call, {
    id: 'one',
    startedAt: START,
    answeredAt: START + 400,
    endedAt: START + 9000,
    outcome: 'answered',
    endedBy: 'caller',
    language: 'en',
    callerNumber: CANARY_NUMBER,
    consent: { basis: 'announcement', noticeVersion: '7', at: 2000 },
    recording: undefined,
  });
  t.strictSame(
    call.utterances.map(({ text }) => text),
    [CANARY, 'From nine to', 'and on Saturday'],
    'in the order of time',
  );
  t.strictSame(
    { call: 'one', ...call.utterances[0] },
    anUtterance('one', { atMs: 1000, text: CANARY }),
  );
  t.match(call.utterances[1], { party: 'agent', whole: false, words: undefined });
  t.strictSame(
    call.decisions.map((decision) => ({ call: 'one', ...decision })),
    [aDecision('one', 1500, CANARY)],
  );
});

await t.test('2.2 call audio: nothing of a call stands in the open in any file', async (t) => {
  const home = temporaryHome(t);
  // As it is: coded, the canary would not stand there even if the seal were left out.
  const store = storeOf(home, { soundFormat: 'pcm' });
  await store.start();
  await store.calls.open(aCall('one', { startedAt: START, callerNumber: CANARY_NUMBER }));
  for (let index = 0; index < 50; index += 1) {
    await store.utterances.add(
      anUtterance('one', { atMs: index * 100, text: `${CANARY} ${String(index)}` }),
    );
    await store.decisions.add(aDecision('one', index * 100, CANARY));
  }
  const writer = await store.recordings.open(await grantFor(store, 'one'));
  // A second is stored with both sides by turns; what waits beside it, each side for itself.
  const spoken = Buffer.from(CANARY.repeat(40_000).slice(0, 512_000), 'latin1');
  const both = new Int16Array(new Uint8Array(spoken).buffer);
  const [caller, agent] = [0, 1].map((lane) => both.filter((_, index) => index % 2 === lane)) as [
    ...[Int16Array, Int16Array],
  ];
  for (let at = 0; at < caller.length; at += 16_000) {
    writer.write('caller', caller.subarray(at, at + 16_000), at / 16);
    writer.write('agent', agent.subarray(at, at + 16_000), at / 16);
  }
  const waits = (): boolean => filesBelow(home).some((file) => file.includes('.newest-'));
  while (writer.stored === 0 || !waits()) await new Promise(setImmediate);
  const alone = Buffer.from(caller.buffer).subarray(0, 40).toString('latin1');
  for (const canary of [CANARY, alone])
    t.strictSame(filesWith(home, canary), [], 'while it is recorded');
  await writer.close();
  const [kept] = await store.reading.recordings.of('one');
  for await (const { samples } of kept?.chunks() ?? [])
    t.ok(Buffer.from(samples.buffer).includes(CANARY), 'so it would stand there without the seal');
  const folder = join(home, 'records');
  const names = filesBelow(folder).map((file) => file.slice(folder.length + 1));
  for (const name of ['vestibule.db', 'vestibule.db-wal', 'keys.db', 'keys.db-wal']) {
    t.ok(names.includes(name), `${name} is looked at`);
  }
  t.ok(names.some((name) => name.endsWith('.vrec')));
  t.strictSame(filesWith(home, CANARY), [], 'while it is open');
  t.strictSame(filesWith(home, CANARY_NUMBER), []);
  t.strictSame(filesWith(home, 'CREATE TABLE'), [], 'not even the names of its tables');
  const silence = filesWith(home, '\0'.repeat(32)).filter((file) => file.endsWith('.vrec'));
  t.strictSame(silence, [], 'not even the silence of the other side');
  await store.stop();
  t.strictSame(filesWith(home, CANARY), [], 'after it was closed');
});

await t.test('the store is for its user alone', async (t) => {
  const home = temporaryHome(t);
  const store = storeOf(home);
  t.notOk(existsSync(home), 'nothing is made before start');
  await Promise.all([store.start(), store.start()]);
  await store.calls.open(aCall('one'));
  await (await store.recordings.open(await grantFor(store, 'one'))).close();
  t.equal(statSync(join(home, 'records')).mode & 0o077, 0);
  t.equal(statSync(join(home, 'records', 'recordings')).mode & 0o077, 0);
  t.equal(statSync(`${home}-keys/root.key`).mode & 0o777, 0o600);
  await Promise.all([store.stop(), store.stop()]);
  await t.rejects(store.calls.open(aCall('two')), { code: 'RECORDS_STOPPED' });
  await store.start();
  await store.calls.open(aCall('two'));
  await store.stop();
});

await t.test(
  'what an earlier life left open is closed as interrupted, but not what lives',
  async (t) => {
    const store = storeOf(temporaryHome(t));
    await store.start();
    t.teardown(() => store.stop());
    for (const id of ['lost', 'alive', 'done']) await store.calls.open(aCall(id));
    await store.calls.close({
      call: 'done',
      endedAt: START + 1,
      outcome: 'answered',
      endedBy: 'agent',
    });
    t.equal(await store.calls.interruptOpen(['alive'], START + 500), 1);
    const room = new ReadingRoom(store, systemClock());
    t.match(await room.showCall('lost', 'test'), { endedBy: 'interrupted', endedAt: START + 500 });
    t.match(await room.showCall('alive', 'test'), { endedBy: undefined, endedAt: undefined });
    t.match(await room.showCall('done', 'test'), { endedBy: 'agent', endedAt: START + 1 });
  },
);

await t.test('a recording needs a consent that was stored', async (t) => {
  const home = temporaryHome(t);
  const store = storeOf(home);
  await store.start();
  t.teardown(() => store.stop());
  await store.calls.open(aCall('one'));
  const real = await grantFor(store, 'one');
  t.ok(Object.isFrozen(real));
  for (const forged of [{ id: real.id, call: 'one' }, { ...real }, structuredClone(real)]) {
    await t.rejects(store.recordings.open(forged as Consent), { code: 'RECORDS_NO_CONSENT' });
  }
  await t.rejects(grantFor(store, 'nobody'), 'a consent belongs to a call');
  t.notOk(existsSync(join(home, 'records', 'recordings')), 'no file was made');
  const other = storeOf(home);
  await other.start();
  t.teardown(() => other.stop());
  await t.rejects(other.recordings.open(real), { code: 'RECORDS_NO_CONSENT' });
  const writer = await store.recordings.open(real);
  writer.write('caller', tone(1), 0);
  await writer.close();
  t.match((await new ReadingRoom(store, systemClock()).showCall('one', 'test')).recording, {
    state: 'closed',
  });
});
