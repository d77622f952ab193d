import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { aCall, storeOf, temporaryHome } from './store.js';

await t.test('start and stop may be called twice, in any order', async (t) => {
  const records = storeOf(temporaryHome(t));
  await records.stop();
  await t.rejects(records.calls.open(aCall('early')), { code: 'RECORDS_STOPPED' });
  await Promise.all([records.start(), records.start()]);
  const asked = records.reading.audit.add('test', 'last.words', undefined);
  await Promise.all([records.stop(), records.stop()]);
  await asked;
  await t.rejects(records.calls.open(aCall('late')), { code: 'RECORDS_STOPPED' });
  await records.start();
  await records.reading.audit.add('test', 'first.words', undefined);
  t.match(await records.reading.audit.verify(), { rows: 2, brokenAt: undefined });
  await records.stop();
});

await t.test('a start that failed may be tried again', async (t) => {
  const home = temporaryHome(t);
  mkdirSync(home);
  writeFileSync(join(home, 'records'), 'a file where the folder should be');
  const records = storeOf(home);
  await t.rejects(records.start(), { code: 'RECORDS_NOT_WRITABLE' });
  await records.stop();
  rmSync(join(home, 'records'));
  await records.start();
  await records.calls.open(aCall('one'));
  t.match(await records.reading.calls.list(5), [{ id: 'one' }]);
  await records.stop();
});

await t.test('two processes may make the store at once, with one key', async (t) => {
  const home = temporaryHome(t);
  const [a, b] = [storeOf(home), storeOf(home)];
  await Promise.all([a.start(), b.start()]);
  await a.calls.open(aCall('one'));
  t.equal(await b.reading.calls.callerNumber('one'), aCall('one').callerNumber);
  await Promise.all([a.stop(), b.stop()]);
});

await t.test('a key file is relative to the data folder; a group may read it', async (t) => {
  const home = temporaryHome(t);
  mkdirSync(join(home, '..', 'safe'), { recursive: true });
  const file = join(home, '..', 'safe', 'root.key');
  writeFileSync(file, 'cd'.repeat(32), { mode: 0o600 });
  chmodSync(file, 0o440);
  const records = storeOf(home, { keyFile: '../safe/root.key' });
  await records.start();
  await records.calls.open(aCall('one'));
  await records.stop();
  t.equal(readFileSync(file, 'utf8'), 'cd'.repeat(32), 'it is used as it is');
});

await t.test('a flipped bit in any page of the database is noticed at start', async (t) => {
  const home = temporaryHome(t);
  const records = storeOf(home);
  await records.start();
  await records.calls.open(aCall('one'));
  await records.stop();
  const file = join(home, 'records', 'vestibule.db');
  const whole = readFileSync(file);
  const pages = whole.length / 4096;
  t.ok(pages > 5);
  for (let page = 1; page < pages; page += 1) {
    const spoilt = Buffer.from(whole);
    spoilt.writeUInt8(spoilt.readUInt8(page * 4096 + 100) ^ 1, page * 4096 + 100);
    writeFileSync(file, spoilt);
    await t.rejects(storeOf(home).start(), { code: 'RECORDS_CORRUPT' }, `page ${page + 1}`);
  }
});
