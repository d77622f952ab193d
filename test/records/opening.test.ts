import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { StoreLock } from '../../agent/records/store-lock.js';
import { openBeside } from './beside.js';
import { filesBelow } from './canary.js';
import { aCall, storeOf, temporaryHome } from './store.js';

/** A store with one call, closed. */
async function madeStore(home: string): Promise<void> {
  const store = storeOf(home);
  await store.start();
  await store.calls.open(aCall('one'));
  await store.stop();
}

const keyOf = (home: string): string => join(`${home}-keys`, 'root.key');

/** What lies in the data folder, to see that a refusal changed nothing. */
const contents = (home: string): Record<string, string> =>
  Object.fromEntries(
    filesBelow(home)
      .filter((file) => !/-(?:wal|shm)$/u.test(file))
      .map((file) => [file, createHash('sha256').update(readFileSync(file)).digest('hex')]),
  );

await t.test('the key of another store is refused and changes nothing', async (t) => {
  const home = temporaryHome(t);
  await madeStore(home);
  const [right, before] = [readFileSync(keyOf(home)), contents(home)];
  writeFileSync(keyOf(home), `${'ab'.repeat(32)}\n`);
  await t.rejects(storeOf(home).start(), { code: 'RECORDS_WRONG_KEY' });
  t.strictSame(contents(home), before);
  writeFileSync(keyOf(home), right);
  const store = storeOf(home);
  await store.start();
  t.match(await store.reading.calls.head('one'), { id: 'one' }, 'the right key opens it again');
  await store.stop();
});

await t.test('keys that are missing, mangled, exposed or in the data are refused', async (t) => {
  const home = temporaryHome(t);
  await madeStore(home);
  const key = readFileSync(keyOf(home));
  rmSync(keyOf(home));
  await t.rejects(storeOf(home).start(), { code: 'RECORDS_KEY_MISSING', place: keyOf(home) });
  t.notOk(existsSync(keyOf(home)), 'no new key is made');
  writeFileSync(keyOf(home), key.subarray(0, 20), { mode: 0o600 });
  await t.rejects(storeOf(home).start(), { code: 'RECORDS_KEY_UNREADABLE' });
  writeFileSync(keyOf(home), key);
  chmodSync(keyOf(home), 0o644);
  await t.rejects(storeOf(home).start(), { code: 'RECORDS_KEY_EXPOSED' });
  chmodSync(keyOf(home), 0o600);
  await t.rejects(storeOf(home, { keyFile: 'root.key' }).start(), { code: 'RECORDS_KEY_INSIDE' });
  const elsewhere = join(home, '..', 'elsewhere', 'my.key');
  mkdirSync(join(elsewhere, '..'));
  copyFileSync(keyOf(home), elsewhere);
  const store = storeOf(home, { keyFile: elsewhere });
  await store.start();
  await store.stop();
});

await t.test('a store of a newer version is refused and changes nothing', async (t) => {
  for (const name of ['main', 'keys'] as const) {
    const home = temporaryHome(t);
    await madeStore(home);
    const database = openBeside(home, name);
    database.pragma('user_version = 999');
    database.close();
    const before = contents(home);
    await t.rejects(storeOf(home).start(), { code: 'RECORDS_NEWER' }, name);
    t.strictSame(contents(home), before, name);
  }
});

await t.test('a database that is not ours is refused and changes nothing', async (t) => {
  const home = temporaryHome(t);
  await madeStore(home);
  rmSync(join(home, 'records', 'vestibule.db'));
  const database = openBeside(home, 'main');
  database.exec('CREATE TABLE recipe (id INTEGER PRIMARY KEY)');
  database.close();
  const before = contents(home);
  await t.rejects(storeOf(home).start(), { code: 'RECORDS_FOREIGN' });
  t.strictSame(contents(home), before);
  writeFileSync(join(home, 'records', 'vestibule.db'), 'a letter and no database '.repeat(500));
  await t.rejects(storeOf(home).start(), { code: 'RECORDS_WRONG_KEY' });
});

await t.test('a store that lost its keys, or was damaged, is refused', async (t) => {
  const home = temporaryHome(t);
  await madeStore(home);
  const keys = join(home, 'records', 'keys.db');
  const saved = readFileSync(keys);
  rmSync(keys);
  await t.rejects(storeOf(home).start(), { code: 'RECORDS_KEYS_GONE' });
  t.notOk(existsSync(keys), 'no empty one is made');
  writeFileSync(keys, '');
  await t.rejects(storeOf(home).start(), {
    code: 'RECORDS_KEYS_GONE',
    message: /records\/keys\.db/u,
  });
  t.equal(statSync(keys).size, 0, 'nor is an empty one filled');
  writeFileSync(keys, saved);
  const main = join(home, 'records', 'vestibule.db');
  const bytes = readFileSync(main);
  // Not in the first page, which holds the cipher's salt: there it would look like a wrong key.
  const at = 4096 + 1000;
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(main, bytes);
  await t.rejects(storeOf(home).start(), { code: 'RECORDS_CORRUPT' });
});

await t.test('a store that is gone is never made anew, and what its keys open stays', async (t) => {
  const home = temporaryHome(t);
  await madeStore(home);
  const records = join(home, 'records');
  const main = join(records, 'vestibule.db');
  const saved = readFileSync(main);
  const gone = { code: 'RECORDS_STORE_GONE', message: /records\/vestibule\.db/u };
  for (const empty of [false, true]) {
    if (empty) writeFileSync(main, '');
    else rmSync(main);
    await t.rejects(storeOf(home).start(), gone);
    rmSync(join(records, 'search.db'), { force: true });
    await t.rejects(storeOf(home).start(), gone, 'nor without the index');
    t.notOk(existsSync(main) && statSync(main).size > 0, 'none was made');
    writeFileSync(main, saved);
    const again = storeOf(home);
    await again.start();
    t.equal((await again.reading.calls.list(9)).length, 1, 'put back, it is as it was');
    await again.stop();
  }
});

await t.test('without a call, too, a store that is gone is told from a first start', async (t) => {
  const home = temporaryHome(t);
  const first = storeOf(home);
  await first.start();
  await first.stop();
  const records = join(home, 'records');
  rmSync(join(records, 'vestibule.db'));
  const gone = storeOf(home);
  t.teardown(() => gone.stop());
  await t.rejects(gone.start(), { code: 'RECORDS_STORE_GONE' }, 'accounts were in it');
  rmSync(join(records, 'search.db'));
  const cutOff = storeOf(home);
  t.teardown(() => cutOff.stop());
  await t.resolves(cutOff.start(), 'a first start that came no further than the keys');
});

await t.test('a folder that cannot be made or written is one clear line', async (t) => {
  const home = temporaryHome(t);
  mkdirSync(home);
  writeFileSync(join(home, 'records'), 'a file where the folder should be');
  await t.rejects(storeOf(home).start(), {
    code: 'RECORDS_NOT_WRITABLE',
    message: /^[^\n]+records[^\n]+$/u,
  });
});

await t.test('a lock that cannot be written is one clear line, too', (t) => {
  const home = temporaryHome(t);
  mkdirSync(home);
  const run = join(home, 'run');
  writeFileSync(run, 'a file where the folder should be');
  const lock = new StoreLock(run, systemClock());
  t.throws(() => lock.tryTake('test'), {
    code: 'RECORDS_NOT_WRITABLE',
    message: /^[^\n]+store\.lock[^\n]+$/u,
  });
  rmSync(run);
  t.ok(lock.tryTake('test'), 'and it is free when that is mended');
  lock.release();
  t.end();
});
