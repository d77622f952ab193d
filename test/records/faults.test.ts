import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { SAMPLE_RATE } from '../../agent/audio/frame.js';
import { silentLog, type Log } from '../../agent/log.js';
import { filesWith, CANARY } from './canary.js';
import { aCall, startedStore, storeOf, temporaryHome, tone } from './store.js';

/** What every file handle of this process inherits from, so that a fault can be put into it. */
async function handles(folder: string): Promise<{ datasync: FileHandle['datasync'] }> {
  const handle = await open(folder, 'r');
  await handle.close();
  return Object.getPrototypeOf(handle) as { datasync: FileHandle['datasync'] };
}

await t.test(
  'fsync fails: nothing is told stored, and that file is never tried again',
  async (t) => {
    const { records, folder } = await startedStore(t);
    await records.calls.open(aCall('one'));
    const consent = await records.consents.grant({
      ...{ call: 'one', at: 1, basis: 'announcement', noticeVersion: '1' },
    });
    const writer = await records.recordings.open(consent);
    const real = await handles(folder);
    const { datasync } = real;
    let asked = 0;
    let failing = false;
    real.datasync = function (this: FileHandle): Promise<void> {
      asked += 1;
      const fault = Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' });
      return failing ? Promise.reject(fault) : datasync.call(this);
    };
    t.teardown(() => {
      real.datasync = datasync;
    });
    const second = (at: number): void => {
      for (const side of ['caller', 'agent'] as const) writer.write(side, tone(1), at * 1_000);
    };
    const until = async (holds: () => boolean): Promise<void> => {
      while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
    };
    for (let at = 0; at < 6; at += 1) second(at);
    await until(() => writer.stored >= 1);
    failing = true;
    for (let at = 6; at < 12; at += 1) second(at);
    await until(() => writer.broken);
    failing = false;
    const recordings = join(folder, 'recordings');
    const [file = ''] = readdirSync(recordings).filter((name) => name.endsWith('.vrec'));
    const left = readFileSync(join(recordings, file));
    const [stored, askedThen] = [writer.stored, asked];
    for (let at = 12; at < 18; at += 1) second(at);
    await writer.close();
    t.equal(asked, askedThen, 'the file is never synced again');
    t.equal(writer.stored, stored, 'nothing more is told stored');
    const again = await records.recordings.open(consent);
    again.write('caller', tone(1), 18_000);
    again.write('agent', tone(1), 18_000);
    await again.close();
    const kept = await records.reading.recordings.of('one');
    t.match(kept, [{ state: 'incomplete' }, { state: 'closed' }], 'a new file goes on');
    t.ok(readFileSync(join(recordings, file)).equals(left), 'and nothing is added to the old one');
    const keys = await records.rights.database.read<{ id: string }>(
      'keys',
      'SELECT recording_id AS id FROM segment_key',
    );
    t.same(new Set(keys.map(({ id }) => id)), new Set(kept.map(({ id }) => id)), 'under a new key');
    let read = 0;
    for await (const { samples } of kept[0]?.chunks() ?? []) {
      t.equal(samples.length, SAMPLE_RATE * 2);
      read += 1;
    }
    t.ok(read >= stored, 'every second that was told stored is there');
    t.comment(
      `fsync fails: ${String(Math.max(0, stored - read))} false "saved" of ${String(stored)}`,
    );
  },
);

await t.test(
  'database corrupt: calls are served, messages wait, a restore finds all again',
  async (t) => {
    const home = temporaryHome(t);
    const made = storeOf(home);
    await made.start();
    await made.calls.open(aCall('before'));
    await made.stop();
    const file = join(home, 'records', 'vestibule.db');
    const whole = readFileSync(file);
    const damaged = openSync(file, 'r+');
    // Not one bit: the whole of its middle, as a broken disk leaves it.
    writeSync(damaged, Buffer.alloc(statSync(file).size - 8_192, 0x5a), 0, undefined, 4_096);
    closeSync(damaged);
    const store = storeOf(home);
    const from = performance.now();
    await store.serve();
    await t.rejects(store.calls.open(aCall('during')), 'the call is not stored');
    const told = { value: CANARY, heard: CANARY, confidence: 1, by: 'voice' };
    const message = {
      ...{ call: 'during', number: 1, at: 5, whole: true, urgent: true, recipient: undefined },
      ...{ intent: 'message.leave', confirmed: true, contactNumber: undefined },
      body: { name: told, phone: null, reason: null, callbackTime: null },
    };
    t.equal(await store.messages.keep(message), 'during-1', 'the message is kept all the same');
    await store.stop();
    t.same(filesWith(join(home, '..'), CANARY), [], '0 plaintext bytes');
    const back = openSync(file, 'w');
    writeSync(back, whole);
    closeSync(back);
    const restored = storeOf(home);
    await restored.start();
    t.match(await restored.reading.messages.find('during-1'), {
      body: { name: { value: CANARY } },
    });
    t.ok((await restored.reading.calls.list(10)).some(({ id }) => id === 'before'));
    await restored.stop();
    t.comment(
      `database corrupt: 0 messages lost, restored ${String(Math.round(performance.now() - from))} ms later`,
    );
  },
);

await t.test('disk full: recordings end at the reserve, messages are kept', async (t) => {
  const disk = mkdtempSync(join(tmpdir(), 'vestibule-reserve-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk]);
  t.teardown(() => {
    if (mounted.status === 0) spawnSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
  });
  if (mounted.status !== 0) {
    t.comment('mounting a small disk needs root: left out');
    return;
  }
  const codes: (string | undefined)[] = [];
  const log: Log = {
    ...silentLog,
    error: (_, facts) => codes.push(facts?.code),
    part: () => log,
  };
  const { records } = await startedStore(t, join(disk, 'home'), log, { reserveMegabytes: 8 });
  await records.calls.open(aCall('one'));
  const consent = await records.consents.grant({
    ...{ call: 'one', at: 1, basis: 'announcement', noticeVersion: '1' },
  });
  const writer = await records.recordings.open(consent);
  for (let at = 0; at < 4; at += 1) {
    for (const side of ['caller', 'agent'] as const) writer.write(side, tone(1), at * 1_000);
  }
  while (writer.stored === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  const at = performance.now();
  // Another program fills the disk, almost.
  writeFileSync(join(disk, 'others'), Buffer.alloc(14_000_000));
  for (let second = 4; !writer.broken && second < 2_000; second += 1) {
    for (const side of ['caller', 'agent'] as const) writer.write(side, tone(1), second * 1_000);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const toldMs = Math.round(performance.now() - at);
  t.ok(writer.broken, 'the recording ends');
  t.same(codes, ['RECORDS_DISK_FULL'], 'and says so once');
  await writer.close();
  await t.rejects(records.recordings.open(consent), { code: 'RECORDS_DISK_FULL' });
  await records.calls.open(aCall('two'));
  const told = { value: 'x', heard: 'x', confidence: 1, by: 'voice' };
  await records.messages.keep({
    ...{ call: 'two', number: 1, at: 5, whole: true, urgent: true, recipient: undefined },
    ...{ intent: 'message.leave', confirmed: true, contactNumber: undefined },
    body: { name: told, phone: null, reason: null, callbackTime: null },
  });
  t.equal((await records.reading.messages.ofCall('two')).length, 1, 'there is room for messages');
  const [kept] = await records.reading.recordings.of('one');
  let damaged = 0;
  try {
    for await (const { samples } of kept?.chunks() ?? []) t.ok(samples.length > 0);
  } catch {
    damaged += 1;
  }
  t.equal(damaged, 0);
  t.comment(`disk full: ${String(damaged)} corrupt files, told after ${String(toldMs)} ms`);
});
