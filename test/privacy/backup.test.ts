import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { systemClock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import { BackupRoom } from '../../agent/privacy/backup-room.js';
import { backupSettings } from '../../agent/privacy/backup-settings.js';
import { backUp } from '../../agent/privacy/backup.js';
import { KeyRoom } from '../../agent/privacy/key-room.js';
import { openRecords, type OpenRecords } from '../../agent/records/records.js';
import { recordsSettings } from '../../agent/records/settings.js';
import { CANARY, CANARY_NUMBER, filesWith } from '../records/canary.js';
import { aCall, anUtterance, grantFor, storeOf, temporaryHome, tone } from '../records/store.js';

const records = recordsSettings.parse({});
const keyFileOf = (home: string): string => join(`${home}-keys`, 'root.key');

function roomOf(home: string, recipient: string, keep = 2): BackupRoom {
  const clock = systemClock();
  return new BackupRoom({
    ...{ home, configuration: join(home, 'vestibule.yaml'), records, clock, who: 'cli:test' },
    backup: backupSettings.parse({ folder: '../backups', recipient, keep }),
    open: (at) =>
      openRecords({
        settings: { ...records, keyFile: keyFileOf(home) },
        ...{ home: at, log: silentLog, clock },
      }),
  });
}

async function call(store: OpenRecords, id: string): Promise<void> {
  await store.calls.open(aCall(id, { callerNumber: CANARY_NUMBER }));
  await store.utterances.add(anUtterance(id, { text: `${CANARY} ${id}` }));
  const writer = await store.recordings.open(await grantFor(store, id));
  writer.write('caller', tone(2), 0);
  await writer.close();
  await store.calls.close({ call: id, endedAt: 9_000, outcome: 'answered', endedBy: 'caller' });
}

async function office(t: Test) {
  const home = temporaryHome(t);
  const store = storeOf(home);
  await store.start();
  t.teardown(() => store.stop());
  await call(store, 'one');
  writeFileSync(join(home, 'vestibule.yaml'), 'office: kept\n');
  mkdirSync(join(home, 'intents'));
  writeFileSync(join(home, 'intents', 'clinic.en.yaml'), 'ours: kept\n');
  const identityFile = join(home, '..', 'identity.txt');
  const recipient = await roomOf(home, '').identity(identityFile);
  const room = roomOf(home, recipient);
  return { home, store, room, identityFile, recipient, backups: join(home, '..', 'backups') };
}

/** The machine is lost: of the data folder nothing is left. */
function lose(home: string, what: { keys: boolean; ledger?: boolean }): void {
  const ledger = join(home, 'ledger');
  const saved = join(home, '..', 'ledger-elsewhere');
  if (what.ledger !== true && existsSync(ledger)) cpSync(ledger, saved, { recursive: true });
  rmSync(home, { recursive: true, force: true });
  if (what.keys) rmSync(`${home}-keys`, { recursive: true, force: true });
  mkdirSync(home);
  if (existsSync(saved)) cpSync(saved, ledger, { recursive: true });
}

async function textsOf(home: string): Promise<(string | undefined)[]> {
  const store = storeOf(home);
  await store.start();
  try {
    const calls = [...(await store.reading.calls.list(10))].reverse();
    return await Promise.all(
      calls.map(async ({ id }) => (await store.reading.calls.utterances(id))[0]?.text),
    );
  } finally {
    await store.stop();
  }
}

await t.test('backups are sealed, hold each recording once, and restore everything', async (t) => {
  const { home, store, room, identityFile, backups } = await office(t);
  t.match(await room.run({}), { recordings: 1, states: 1 });
  await call(store, 'two');
  t.match(await room.run({}), { recordings: 1, states: 2 }, 'while the store is open');
  t.match(await room.run({}), { recordings: 0, states: 2 }, 'two states are kept');
  await store.stop();
  for (const text of [CANARY, CANARY_NUMBER, 'office: kept'])
    t.same(filesWith(backups, text), [], 'no word in the open');
  const root = readFileSync(keyFileOf(home), 'utf8').trim();
  t.same(filesWith(backups, root), [], 'and not the root key');
  await t.rejects(room.restore({ folder: undefined, identityFile }), {
    code: 'PRIVACY_STORE_PRESENT',
  });
  const drilled = await room.drill({ folder: undefined, identityFile });
  t.match(drilled, { calls: 2, recordings: 2, read: 2, broken: [] });

  lose(home, { keys: false });
  t.match(await room.restore({ folder: undefined, identityFile }), { calls: 2, recordings: 2 });
  t.same(await textsOf(home), [`${CANARY} one`, `${CANARY} two`]);
  t.equal(readFileSync(join(home, 'vestibule.yaml'), 'utf8'), 'office: kept\n');
  const examples = join(home, 'intents', 'clinic.en.yaml');
  t.equal(readFileSync(examples, 'utf8'), 'ours: kept\n');
});

await t.test('a bare machine: the identity and the recovery words are enough', async (t) => {
  const { home, store, room, identityFile } = await office(t);
  const keys = new KeyRoom({
    ...{ home, settings: records },
    audit: () => Promise.resolve(),
  });
  await t.rejects(
    async () => keys.recover('twenty four words'),
    { code: 'RECORDS_SLOT_MISSING' },
    'none were made: the key itself is there',
  );
  const words = await keys.makeRecovery();
  await room.run({});
  await store.stop();
  lose(home, { keys: true });
  await t.rejects(room.restore({ folder: undefined, identityFile }), {
    code: 'RECORDS_KEY_MISSING',
  });
  t.notOk(existsSync(join(home, 'records')), 'a store that is not opened is not left there');
  t.match(await room.restore({ folder: undefined, identityFile, words }), { calls: 1 });
  t.same(await textsOf(home), [`${CANARY} one`]);
});

await t.test(
  'erasures reach backups: their keys are in none, and restoring repeats them',
  async (t) => {
    const { home, store, room, identityFile } = await office(t);
    await call(store, 'two');
    await room.run({});
    const [recording] = await store.reading.recordings.of('one');
    await store.rights.erasures.erase({
      ...{ id: '00000000-0000-4000-8000-000000000001', at: 1, report: {} },
      ...{ calls: ['one'], contacts: [], recordings: [recording?.id ?? ''] },
    });
    await store.stop();
    lose(home, { keys: false });
    const done = await room.restore({ folder: undefined, identityFile });
    t.match(done, { calls: 1, recordings: 1, erasures: 1 });
    t.ok(done.erasedAgain > 0);
    t.same(await textsOf(home), [`${CANARY} two`]);
    t.equal(readdirSync(join(home, 'records', 'recordings')).length, 1);
  },
);

await t.test('words that were hidden after a backup do not come back with it', async (t) => {
  const { home, store, room, identityFile } = await office(t);
  await call(store, 'two');
  await room.run({});
  const hide = (text: string): string => text.replaceAll(CANARY, '[hidden]');
  await store.transcripts.rewrite('one', hide, hide);
  await store.stop();
  t.same(await textsOf(home), ['[hidden] one', `${CANARY} two`]);
  t.same(filesWith(join(home, 'ledger'), CANARY), [], 'the ledger tells nobody');
  lose(home, { keys: false });
  const done = await room.restore({ folder: undefined, identityFile });
  t.match(done, { calls: 2, hiddenAgain: 1 });
  t.same(await textsOf(home), ['[hidden] one', `${CANARY} two`]);
});

const SECOND = 16_000;
/** In the sound of a call, in milliseconds. */
const HIDDEN = [{ side: 'caller', fromMs: 500, toMs: 1_500 }] as const;

/** The sound of call one is a tone where it was hidden, and what was said everywhere else. */
async function heardAround(t: Test, home: string): Promise<void> {
  const store = storeOf(home);
  await store.start();
  t.teardown(() => store.stop());
  await store.transcripts.sweep();
  const sound = await store.transcripts.callerSound('one');
  const own = tone(2);
  const same = (from: number, to: number): boolean =>
    sound.subarray(from, to).every((one, at) => one === own[from + at]);
  t.equal(sound.length, 2 * SECOND);
  t.ok(same(0, SECOND / 2) && same(1.5 * SECOND, 2 * SECOND), 'all else can be heard');
  t.notOk(sound.subarray(SECOND / 2, 1.5 * SECOND).some((one) => Math.abs(one) > 1_500));
  const recordings = await store.reading.recordings.of('one');
  t.same(
    recordings.map(({ state }) => state),
    ['closed'],
  );
}

await t.test(
  'sound that was hidden after a backup is a tone in its state, and the rest can be heard',
  async (t) => {
    const { home, store, room, identityFile } = await office(t);
    const { state } = await room.run({});
    await call(store, 'two');
    t.equal(await store.transcripts.tone('one', HIDDEN), 1);
    await room.run({});
    await store.stop();
    const wish = { folder: undefined, identityFile, state };
    t.match(await room.drill(wish), { calls: 1, recordings: 1, read: 1, broken: [] });
    lose(home, { keys: false });
    t.match(await room.restore(wish), { calls: 1, recordings: 1 });
    await heardAround(t, home);
  },
);

await t.test(
  'of a longer call the next backup holds what was written anew, and no more',
  async (t) => {
    const { home, store, room, identityFile } = await office(t);
    await store.calls.open(aCall('long'));
    const writer = await store.recordings.open(await grantFor(store, 'long'));
    const said = tone(24);
    // Quiet in its thirteenth second, after which another segment begins.
    said.fill(0, 12 * SECOND, 13 * SECOND);
    for (let at = 0; at < 24; at += 1) {
      writer.write('caller', said.subarray(at * SECOND, (at + 1) * SECOND), at * 1_000);
      writer.write('agent', tone(1, 2_000), at * 1_000);
      const segments = async () =>
        (await store.rights.database.read('keys', 'SELECT 1 FROM segment_key WHERE number > 0'))
          .length;
      while (writer.stored < at - 3 || (at > 12 && (await segments()) === 0))
        await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await writer.close();
    const { state } = await room.run({});
    const hidden = [{ side: 'caller', fromMs: 14_000, toMs: 15_000 }] as const;
    t.equal(await store.transcripts.tone('long', hidden), 1);
    const whole = readdirSync(join(home, 'records', 'recordings'));
    t.match(await room.run({}), { recordings: 1 });
    await store.stop();
    lose(home, { keys: false });
    const asked = { folder: undefined, identityFile, state };
    t.match(await room.restore(asked), { calls: 2, recordings: 2 });
    t.same(readdirSync(join(home, 'records', 'recordings')).sort(), [...whole].sort());
    const again = storeOf(home);
    await again.start();
    t.teardown(() => again.stop());
    t.equal(await again.transcripts.sweep(), 0);
    const sound = await again.transcripts.callerSound('long');
    const same = (from: number, to: number): boolean =>
      sound
        .subarray(from * SECOND, to * SECOND)
        .every((one, at) => one === said[from * SECOND + at]);
    t.ok(same(0, 14) && same(15, 24), 'all else can be heard');
    t.notOk(sound.subarray(14 * SECOND, 15 * SECOND).some((one) => Math.abs(one) > 1_500));
  },
);

await t.test('sound that is hidden while a backup is written can be heard from it', async (t) => {
  const { home, store, room, identityFile, recipient, backups } = await office(t);
  const { database } = store.rights;
  const copy = database.copy.bind(database);
  database.copy = async (...what) => {
    if (what[0] === 'keys') t.equal(await store.transcripts.tone('one', HIDDEN), 1);
    await copy(...what);
  };
  await backUp(
    store,
    {
      ...{ home, store: join(home, 'records'), keyFile: keyFileOf(home) },
      configuration: join(home, 'vestibule.yaml'),
    },
    { folder: backups, recipient, keep: 2 },
    systemClock(),
  );
  await store.stop();
  lose(home, { keys: false });
  t.match(await room.restore({ folder: undefined, identityFile }), { calls: 1, recordings: 1 });
  await heardAround(t, home);
});

await t.test('after a restore the audit log goes on, and what was lost is named', async (t) => {
  const { home, store, room, identityFile } = await office(t);
  await store.reading.audit.add('cli:anna', 'call.show', 'one');
  await room.run({});
  const kept = await store.reading.audit.head();
  for (const subject of ['one', 'two'])
    await store.reading.audit.add('cli:anna', 'call.show', subject);
  const gone = await store.reading.audit.head();
  t.equal(gone?.row, (kept?.row ?? 0) + 2);
  await store.stop();
  lose(home, { keys: false });
  await room.restore({ folder: undefined, identityFile });
  const again = storeOf(home);
  await again.start();
  t.teardown(() => again.stop());
  const { audit } = again.reading;
  t.match(await audit.verify(), {
    fault: undefined,
    restores: [{ backup: { row: kept?.row }, lost: { row: gone?.row, link: gone?.link } }],
  });
  await audit.add('cli:anna', 'call.show', 'one');
  t.match(await audit.verify(), { fault: undefined }, 'and goes on');
  await again.rights.database.write('main', {
    sql: 'DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)',
    values: [],
  });
  t.match(await audit.verify(), { fault: 'cut-off' }, 'what is cut off after it still shows');
  const point = readdirSync(join(home, 'ledger', 'restores'))[0] ?? '';
  rmSync(join(home, 'ledger', 'restores', point));
  t.match(await audit.verify(), { fault: 'cut-off', restores: [] }, 'a restore is not made up');
});

await t.test(
  'a lost ledger is refused, unless somebody says why; then it is on record',
  async (t) => {
    const { home, store, room, identityFile } = await office(t);
    await call(store, 'two');
    const [recording] = await store.reading.recordings.of('one');
    await store.rights.erasures.erase({
      ...{ id: '00000000-0000-4000-8000-000000000001', at: 1, report: {} },
      ...{ calls: ['one'], contacts: [], recordings: [recording?.id ?? ''] },
    });
    await room.run({});
    await store.stop();
    lose(home, { keys: false, ledger: true });
    const wish = { folder: undefined, identityFile };
    await t.rejects(room.restore(wish), { code: 'RECORDS_LEDGER_BEHIND' });
    t.notOk(existsSync(join(home, 'records')), 'nobody may read it');
    const done = await room.restore({ ...wish, ledgerLost: 'burnt with the server' });
    t.match(done, { calls: 1, erasuresLost: 1 });
    const again = storeOf(home);
    await again.start();
    t.teardown(() => again.stop());
    t.match(await again.rights.erasures.replay(5), { lost: 0 }, 'the next start asks no more');
    const [row] = await again.reading.audit.list({ limit: 1 });
    t.match(row, { what: 'backup.restored', why: /ledger lost: burnt with the server$/u });
  },
);

await t.test('what is wrong with a backup is told, and nothing is left half done', async (t) => {
  const { home, store, room, identityFile, backups } = await office(t);
  await t.rejects(roomOf(home, '').run({}), { code: 'PRIVACY_BACKUP_UNSET' });
  await t.rejects(room.drill({ folder: undefined, identityFile }), { code: 'PRIVACY_NO_BACKUP' });
  await t.rejects(room.run({ folder: join(identityFile, 'below') }), {
    code: 'PRIVACY_BACKUP_UNWRITABLE',
  });
  await room.run({});
  const other = join(home, '..', 'other.txt');
  await room.identity(other);
  await t.rejects(room.identity(other), { code: 'PRIVACY_BACKUP_UNWRITABLE' }, 'never replaced');
  await t.rejects(room.drill({ folder: undefined, identityFile: other }), {
    code: 'PRIVACY_BACKUP_IDENTITY',
  });
  for (const none of ['/dev/null', join(home, '..', 'nowhere.txt')]) {
    await t.rejects(room.drill({ folder: undefined, identityFile: none }), {
      code: 'PRIVACY_BACKUP_NO_IDENTITY',
    });
  }
  await t.rejects(
    room.run({ recipient: 'age1xyz' }),
    { code: 'PRIVACY_BACKUP_RECIPIENT', message: /age1xyz/u },
    'a slip of the one on the command line',
  );
  await store.stop();
  const sound = readdirSync(backups).find((name) => name.startsWith('sound-')) ?? '';
  const file = join(backups, sound);
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 99) ^ 1, bytes.length - 99);
  writeFileSync(file, bytes);
  lose(home, { keys: false });
  const failure = { code: 'PRIVACY_BACKUP_DAMAGED', place: file };
  await t.rejects(room.restore({ folder: undefined, identityFile }), failure);
  t.notOk(existsSync(join(home, 'records')));
  rmSync(file);
  await t.rejects(room.restore({ folder: undefined, identityFile }), failure);
});
