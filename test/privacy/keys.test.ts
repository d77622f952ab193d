import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { KeyRoom } from '../../agent/privacy/key-room.js';
import { recordsSettings } from '../../agent/records/settings.js';
import { CANARY, filesBelow } from '../records/canary.js';
import { aCall, anUtterance, storeOf, temporaryHome } from '../records/store.js';

const keyFileOf = (home: string): string => join(`${home}-keys`, 'root.key');

const roomOf = (home: string, settings: object = {}, env: NodeJS.ProcessEnv = {}): KeyRoom =>
  new KeyRoom({
    ...{ home, env, settings: recordsSettings.parse(settings) },
    audit: () => Promise.resolve(),
  });

async function madeStore(home: string): Promise<void> {
  const store = storeOf(home);
  await store.start();
  await store.calls.open(aCall('one', { contactNumber: '+15550100042' }));
  await store.utterances.add(anUtterance('one', { text: CANARY }));
  await store.reading.audit.add('test', 'made', undefined);
  await store.stop();
}

/** What a store says of itself when it is opened. */
async function readBack(home: string, settings: object = {}) {
  const store = storeOf(home, settings);
  await store.start();
  try {
    const [said] = await store.reading.calls.utterances('one');
    // The contact's index and the audit log's chain go on under the keys that they began with.
    await store.calls.open(
      aCall(`again-${String(Math.random())}`, { contactNumber: '+15550100042' }),
    );
    const contacts = await store.reading.contacts.list(10, false);
    await store.reading.audit.add('test', 'read', undefined);
    const { brokenAt } = await store.reading.audit.verify();
    return { text: said?.text, contacts: contacts.length, brokenAt };
  } finally {
    await store.stop();
  }
}
const AS_WRITTEN = { text: CANARY, contacts: 1, brokenAt: undefined };

await t.test('recovery words make the key file again; only the last ones do', async (t) => {
  const home = temporaryHome(t);
  await madeStore(home);
  const room = roomOf(home);
  const first = await room.makeRecovery();
  const words = await room.makeRecovery();
  t.equal(words.split(' ').length, 24);
  t.match(room.status(), { source: 'file', fileExists: true, recovery: true, passphrase: false });
  await t.rejects(room.recover(words), { code: 'RECORDS_KEY_PRESENT' });
  rmSync(keyFileOf(home));
  await t.rejects(room.recover(first), { code: 'RECORDS_RECOVERY_WRONG' });
  await t.rejects(room.recover('six words are not enough here'), {
    code: 'RECORDS_RECOVERY_WRONG',
  });
  await room.recover(`  ${words.toUpperCase().replaceAll(' ', '\n')} `);
  t.same(await readBack(home), AS_WRITTEN);
  const stored = filesBelow(join(home, '..')).map((file) => readFileSync(file, 'latin1'));
  t.notOk(stored.some((text) => text.includes(words.split(' ').slice(0, 3).join(' '))));
});

await t.test('a passphrase opens the store without the key file', async (t) => {
  const home = temporaryHome(t);
  await madeStore(home);
  const room = roomOf(home);
  await t.rejects(room.setPassphrase('too short'), { code: 'RECORDS_PASSPHRASE_WEAK' });
  await room.setPassphrase('correct horse battery staple');
  rmSync(keyFileOf(home));
  const secret = join(home, '..', 'secret');
  writeFileSync(secret, 'correct horse battery staple\n', { mode: 0o600 });
  const settings = { keySource: 'passphrase', passphraseFile: secret };
  t.same(await readBack(home, settings), AS_WRITTEN);
  t.notOk(existsSync(keyFileOf(home)), 'nothing writes it down again');

  await roomOf(home, settings).rotate();
  t.same(await readBack(home, settings), AS_WRITTEN, 'and after a change of the root key');
  t.notOk(existsSync(`${keyFileOf(home)}.next`));
  writeFileSync(secret, 'correct horse battery stable\n', { mode: 0o600 });
  await t.rejects(readBack(home, settings), { code: 'RECORDS_PASSPHRASE_WRONG' });
});

await t.test('a systemd credential holds the key', async (t) => {
  const home = temporaryHome(t);
  await madeStore(home);
  const folder = join(home, '..', 'credentials');
  const before = process.env.CREDENTIALS_DIRECTORY;
  process.env.CREDENTIALS_DIRECTORY = folder;
  t.teardown(() => {
    if (before === undefined) delete process.env.CREDENTIALS_DIRECTORY;
    else process.env.CREDENTIALS_DIRECTORY = before;
  });
  const settings = { keySource: 'credential' };
  await t.rejects(readBack(home, settings), { code: 'RECORDS_CREDENTIAL_GONE' });
  const { mkdirSync, renameSync } = await import('node:fs');
  mkdirSync(folder);
  renameSync(keyFileOf(home), join(folder, 'vestibule.root-key'));
  t.same(await readBack(home, settings), AS_WRITTEN);
  await t.rejects(roomOf(home, settings).rotate(), { code: 'RECORDS_CREDENTIAL_FIXED' });
});

await t.test(
  '4 and 13 business transfers: the root key changes, the old one opens nothing, all is as it was',
  async (t) => {
    const home = temporaryHome(t);
    await madeStore(home);
    const room = roomOf(home);
    await room.makeRecovery();
    const old = readFileSync(keyFileOf(home));
    const live = storeOf(home);
    await live.start();
    await t.rejects(room.rotate(), { code: 'RECORDS_STORE_IN_USE' });
    await t.rejects(storeOf(home).start(), { code: 'RECORDS_KEY_CHANGE_UNFINISHED' });
    await live.stop();
    const words = await room.rotate();
    t.not(readFileSync(keyFileOf(home), 'utf8'), old.toString());
    t.same(await readBack(home), AS_WRITTEN);
    await room.rotate();
    t.same(await readBack(home), AS_WRITTEN, 'twice');
    writeFileSync(keyFileOf(home), old);
    await t.rejects(readBack(home), { code: 'RECORDS_WRONG_KEY' });
    rmSync(keyFileOf(home));
    await t.rejects(room.recover(words ?? ''), { code: 'RECORDS_RECOVERY_WRONG' }, 'changed again');
  },
);
