import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import t, { type Test } from 'tap';
import { systemClock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import { BackupRoom } from '../../agent/privacy/backup-room.js';
import { fetchFile } from '../../agent/privacy/backup-s3/fetch.js';
import { latestIn } from '../../agent/privacy/backup-s3/latest.js';
import { sendFile } from '../../agent/privacy/backup-s3/send.js';
import { Storage } from '../../agent/privacy/backup-s3/storage.js';
import { backupSettings } from '../../agent/privacy/backup-settings.js';
import { openRecords, type OpenRecords } from '../../agent/records/records.js';
import { recordsSettings } from '../../agent/records/settings.js';
import { CANARY } from '../records/canary.js';
import { aCall, anUtterance, grantFor, storeOf, temporaryHome, tone } from '../records/store.js';
import { hasStorage, storageServer } from './storage-server.js';

const MB = 1024 * 1024;
const options = hasStorage ? {} : { skip: 'there is no S3 server: scripts/test fetches it' };
const records = recordsSettings.parse({});

async function call(store: OpenRecords, id: string): Promise<void> {
  await store.calls.open(aCall(id));
  await store.utterances.add(anUtterance(id, { text: `${CANARY} ${id}` }));
  const writer = await store.recordings.open(await grantFor(store, id));
  writer.write('caller', tone(2), 0);
  await writer.close();
  await store.calls.close({ call: id, endedAt: 9_000, outcome: 'answered', endedBy: 'caller' });
}

void t.test('backups to a storage', options, async (t) => {
  const server = await storageServer(t);
  await server.bucket('backups');
  const { wire } = server;

  const storageAt = (to: string, more: object = {}): Storage => {
    const { s3 } = backupSettings.parse({ s3: { ...server.settings, ...more } });
    if (s3 === undefined) throw new Error('there are settings');
    return new Storage(to, s3);
  };

  /** An office whose backups go to `to`. */
  const office = async (t: Test, to: string) => {
    const home = temporaryHome(t);
    const keyFile = join(`${home}-keys`, 'root.key');
    const store = storeOf(home);
    await store.start();
    t.teardown(() => store.stop());
    await call(store, 'one');
    const identityFile = join(home, '..', 'identity.txt');
    const clock = systemClock();
    const room = (recipient: string) =>
      new BackupRoom({
        ...{ home, configuration: join(home, 'vestibule.yaml'), records, clock, who: 'cli:test' },
        backup: backupSettings.parse({ to, recipient, keep: 2, s3: server.settings }),
        open: (at) =>
          openRecords({
            settings: { ...records, keyFile },
            ...{ home: at, log: silentLog, clock },
          }),
      });
    const recipient = await room('').identity(identityFile);
    return { home, store, identityFile, room: room(recipient) };
  };
  const names = (to: string) => storageAt(to).list();

  const text = async (to: string, name: string): Promise<string> => {
    const storage = storageAt(to);
    try {
      const parts: Buffer[] = [];
      for await (const chunk of await storage.open(name)) parts.push(chunk as Buffer);
      return Buffer.concat(parts).toString();
    } finally {
      storage.close();
    }
  };

  await t.test('a large file goes on where it broke off, and so does its way back', async (t) => {
    const folder = temporaryHome(t);
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'large');
    writeFileSync(file, randomBytes(13 * MB));
    const storage = storageAt('s3://backups/large');
    t.teardown(() => {
      storage.close();
    });
    wire.cutAfter(7 * MB);
    await t.rejects(sendFile(storage, 'large', file, { part: 5 * MB }), {
      code: 'PRIVACY_BACKUP_STORAGE',
    });
    wire.mend();
    t.equal(await storage.head('large'), undefined, 'nothing is there that is not whole');
    const again = await sendFile(storage, 'large', file, { part: 5 * MB });
    t.strictSame(again, { bytes: 8 * MB, kept: 5 * MB }, 'the first part is not sent again');
    t.strictSame(
      await sendFile(storage, 'large', file),
      { bytes: 0, kept: 13 * MB },
      'nor the whole',
    );
    writeFileSync(join(folder, 'back.part'), readFileSync(file).subarray(0, 6 * MB));
    await fetchFile(storage, 'large', join(folder, 'back'));
    t.ok(readFileSync(join(folder, 'back')).equals(readFileSync(file)), 'the same came back');
    wire.breakAfter(4 * MB);
    await fetchFile(storage, 'large', join(folder, 'broken'));
    t.ok(readFileSync(join(folder, 'broken')).equals(readFileSync(file)), 'and over a new wire');
    writeFileSync(join(folder, 'torn.part'), randomBytes(6 * MB));
    await t.rejects(fetchFile(storage, 'large', join(folder, 'torn')), {
      code: 'PRIVACY_BACKUP_DAMAGED',
    });
    t.notOk(existsSync(join(folder, 'torn')), 'what is not the same is not taken');
  });

  await t.test('a backup that was cut off changes nothing; the next one is whole', async (t) => {
    const to = 's3://backups/leipzig';
    const { home, store, room, identityFile } = await office(t, to);
    const storage = storageAt(to);
    t.teardown(() => {
      storage.close();
    });
    t.equal(await latestIn(storage), undefined, 'there is none yet');
    const began = Date.now();
    const first = await room.run({});
    t.match(first, { folder: to, recordings: 1, states: 1 });
    const made = (await latestIn(storage)) ?? 0;
    t.ok(made >= began && made <= Date.now(), 'whoever looks sees when the latest was made');
    const before = await names(to);
    t.equal(before.length, 4, 'sound, state, keys and index');
    t.notOk(existsSync(join(home, 'backup-staging')), 'nothing of it stays here');
    await call(store, 'two');
    wire.cutAfter(20_000);
    await t.rejects(room.run({}), { code: 'PRIVACY_BACKUP_STORAGE' });
    wire.mend();
    const index = JSON.parse(await text(to, 'vestibule-backup.json')) as { states: unknown[] };
    t.equal(index.states.length, 1, 'its index names what was whole');
    await room.run({});
    t.match(await room.run({}), { recordings: 0, states: 2 });
    t.equal(
      (await names(to)).filter((name) => name.startsWith('state-')).length,
      2,
      'two are kept',
    );
    await store.stop();
    const ledger = join(home, 'ledger');
    cpSync(ledger, join(home, '..', 'ledger'), { recursive: true });
    rmSync(home, { recursive: true });
    mkdirSync(home);
    cpSync(join(home, '..', 'ledger'), ledger, { recursive: true });
    const drilled = await room.drill({ folder: undefined, identityFile });
    t.match(drilled, { calls: 2, read: 2, broken: [] });
    const done = await room.restore({ folder: undefined, identityFile });
    t.match(done, { calls: 2, recordings: 2 });
    const back = storeOf(home);
    await back.start();
    t.teardown(() => back.stop());
    t.match(await back.reading.calls.utterances('two'), [{ text: `${CANARY} two` }]);
  });

  await t.test('an erased key is in no older version of a bucket that keeps them', async (t) => {
    await server.bucket('versions', true);
    const { store, room } = await office(t, 's3://versions/ulm');
    await room.run({});
    await store.rights.erasures.erase({
      ...{ id: 'an-erasure', at: Date.now(), calls: ['one'], contacts: [], recordings: [] },
      report: {},
    });
    await room.run({});
    const { Versions = [] } = await server.client.send(
      new ListObjectVersionsCommand({ Bucket: 'versions', Prefix: 'ulm/keys.tar.age' }),
    );
    t.equal(Versions.length, 1);
  });

  await t.test('what was altered in the storage is not restored', async (t) => {
    const to = 's3://backups/altered';
    const { room, identityFile } = await office(t, to);
    await room.run({});
    const [sound = ''] = (await names(to)).filter((name) => name.startsWith('sound-'));
    const storage = storageAt(to);
    const head = await storage.head(sound);
    storage.close();
    await server.client.send(
      new PutObjectCommand({
        ...{ Bucket: 'backups', Key: `altered/${sound}`, Body: randomBytes(head?.bytes ?? 0) },
        Metadata: { sha256: head?.sha256 ?? '' },
      }),
    );
    await t.rejects(room.drill({ folder: undefined, identityFile }), {
      ...{ code: 'PRIVACY_BACKUP_DAMAGED', place: `${to}/${sound}` },
    });
  });

  await t.test('a storage that is not there, or another, is told by its code', async (t) => {
    const { room } = await office(t, 's3://no-such-bucket/ulm');
    await t.rejects(room.run({}), {
      ...{ code: 'PRIVACY_BACKUP_STORAGE', message: /NoSuchBucket/u },
    });
    const storage = storageAt('s3://backups', { authority: '' });
    await t.rejects(
      storage.list(),
      { code: 'PRIVACY_BACKUP_STORAGE' },
      'its certificate is strange',
    );
    storage.close();
    const wrongFile = join(temporaryHome(t), '..', 'wrong');
    writeFileSync(wrongFile, 'another secret\n');
    const wrong = storageAt('s3://backups', { secretKeyFile: wrongFile });
    await t.rejects(wrong.list(), {
      ...{ code: 'PRIVACY_BACKUP_STORAGE', message: /SignatureDoesNotMatch/u },
    });
    wrong.close();
    const unknown = storageAt('s3://backups', { accessKey: 'nobody' });
    await t.rejects(unknown.list(), { message: /InvalidAccessKeyId/u });
    unknown.close();
    const secretKeyFile = '/nowhere/secret';
    t.throws(() => storageAt('s3://backups', { secretKeyFile }), {
      code: 'PRIVACY_BACKUP_STORAGE_SECRET',
    });
  });
});

void t.test('settings of a storage', (t) => {
  const s3 = { endpoint: 'https://store.example', accessKey: 'a', secretKeyFile: 'b' };
  const faults = (settings: object) =>
    backupSettings.safeParse(settings).error?.issues.map(({ path }) => path.join('.'));
  t.equal(faults({ to: 's3://bucket/a/b', s3 }), undefined);
  t.strictSame(faults({ to: 's3://bucket' }), ['s3']);
  t.strictSame(faults({ to: 's3://bucket', s3, folder: '/mnt' }), ['to']);
  t.strictSame(faults({ to: 'https://bucket', s3 }), ['to']);
  t.strictSame(faults({ s3: { ...s3, endpoint: 'http://store.example' } }), ['s3.endpoint']);
  t.equal(faults({ s3: { ...s3, endpoint: 'http://127.0.0.1:9000' } }), undefined);
  t.end();
});
