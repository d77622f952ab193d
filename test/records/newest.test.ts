import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { silentLog } from '../../agent/log.js';
import { Recorder } from '../../agent/reception/recorder.js';
import type { OpenRecords } from '../../agent/records/records.js';
import { lastSoundFolder } from '../../agent/records/last-sound.js';
import { sealPiece } from '../../agent/records/newest-pieces.js';
import { newestPaths } from '../../agent/records/newest-sound.js';
import { SEAL_BYTES } from '../../agent/records/seal.js';
import { putOldRecording } from './old-recording.js';
import { aCall, grantFor, startedStore, storeOf, temporaryHome, tone } from './store.js';

const SECOND = 16_000;
const FRAME = 320;
/** Bytes before each piece of newest sound. */
const HEADER = 17;

/** Both sides of the recordings of a call as they are read back. */
async function read(records: OpenRecords, call = 'one') {
  const [caller, agent] = [new Int16Array(60 * SECOND), new Int16Array(60 * SECOND)];
  const [recording] = await records.reading.recordings.of(call);
  if (recording === undefined) throw new Error('no recording');
  for await (const { second, samples } of recording.chunks()) {
    samples.forEach((sample, index) => {
      (index % 2 === 0 ? caller : agent)[second * SECOND + (index >> 1)] = sample;
    });
  }
  return { recording, caller, agent };
}

/** Names of the files that hold newest sound. */
const newestIn = (home: string): readonly string[] =>
  readdirSync(join(home, 'records', 'recordings')).filter((name) => name.includes('.newest-'));

/** Names of the files that hold recordings. */
const filesOf = (home: string): readonly string[] =>
  readdirSync(join(home, 'records', 'recordings'))
    .filter((name) => name.endsWith('.vrec'))
    .sort();

/** Up to which sample whole pieces of `side` go: what stands in the open before each tells. */
function reachOf(bytes: Buffer, side: 'caller' | 'agent'): number {
  let reach = 0;
  for (let at = 0; at + HEADER <= bytes.length;) {
    const length = bytes.readUInt32BE(at + 9);
    const end = at + HEADER + length;
    if (end > bytes.length) break;
    if (bytes.readUInt8(at) === (side === 'caller' ? 0 : 1))
      reach = Math.max(reach, bytes.readUInt32BE(at + 5) + (length - SEAL_BYTES) / 2);
    at = end;
  }
  return reach;
}

/** Waits for an event on the disk. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(5);
}

/** Frames of a line: the caller's as they come, ours `lateMs` later. */
function talk(writer: {
  write: (side: 'caller' | 'agent', pcm: Int16Array, atMs: number) => void;
}) {
  const [caller, agent] = [tone(60), tone(60, 3_000)];
  let frame = 0;
  return {
    /** Writes up to `toMs` of the call. */
    to(toMs: number, lateMs = 0): void {
      for (; frame * 20 < toMs; frame += 1) {
        writer.write('caller', caller.subarray(frame * FRAME, (frame + 1) * FRAME), frame * 20);
        const late = frame - lateMs / 20;
        if (late < 0) continue;
        writer.write('agent', agent.subarray(late * FRAME, (late + 1) * FRAME), late * 20);
      }
    },
    caller,
    agent,
  };
}

/** A store whose process dies with a recording: a copy of its folder while the recording is under way. */
async function died(t: Test, toMs: number, lateMs = 0) {
  const home = temporaryHome(t);
  const living = storeOf(home);
  await living.start();
  await living.calls.open(aCall('one'));
  const writer = await living.recordings.open(await grantFor(living, 'one'));
  const line = talk(writer);
  const folder = join(home, 'records', 'recordings');
  const written = (): readonly Buffer[] =>
    newestIn(home).map((name) => readFileSync(join(folder, name)));
  const size = (): number => written().reduce((sum, { length }) => sum + length, 0);
  const isWritten = (side: 'caller' | 'agent', ms: number): boolean =>
    written().some((bytes) => reachOf(bytes, side) === (ms * SECOND) / 1_000);
  // As fast as the disk takes it, a fifth of a second at a time: pieces as a live call makes them.
  for (let ms = 200; ms <= toMs; ms += 200) {
    const before = size();
    line.to(ms, lateMs);
    await until(() => size() !== before);
  }
  await until(() => writer.stored >= Math.floor(toMs / 1_000) - 3);
  await until(() => isWritten('caller', toMs) && isWritten('agent', toMs - lateMs));
  const after = temporaryHome(t);
  // The write-ahead logs are copied with the databases: nothing is written now.
  cpSync(dirname(home), dirname(after), { recursive: true });
  await writer.close();
  t.strictSame(newestIn(home), [], 'a recording that is closed needs none');
  await living.stop();
  return { home: after, line };
}

/** How many milliseconds of a side are as they were spoken, from the start. */
function sameFor(kept: Int16Array, spoken: Int16Array): number {
  const different = kept.findIndex((sample, at) => sample !== spoken[at]);
  return Math.floor((different * 1_000) / SECOND);
}

await t.test(
  'a process that dies loses the frames that are under way, and no second',
  async (t) => {
    const { home, line } = await died(t, 7_400);
    const { records } = await startedStore(t, home);
    t.match((await read(records)).recording, { seconds: 4 }, 'so much was whole');
    const [first = ''] = filesOf(home);
    const file = join(home, 'records', 'recordings', first);
    const whole = readFileSync(file);
    await records.calls.interruptOpen([], 9_000);
    t.ok(readFileSync(file).equals(whole), 'what was being written is not gone on with');
    t.same(filesOf(home), [first.replace('.vrec', '.1.vrec'), first], 'it is in a file of its own');
    const { database } = records.rights;
    t.match(
      await database.read('keys', 'SELECT number, part, chunks FROM segment_key ORDER BY number'),
      [
        { number: 0, part: 0 },
        { number: 1, part: 1, chunks: 4 },
      ],
      'under a key of its own',
    );
    t.same(await database.read('keys', 'SELECT * FROM newest_key'), []);
    const { recording, caller, agent } = await read(records);
    t.match(recording, { state: 'incomplete', complete: false, seconds: 8, first: 0, last: 7 });
    t.equal(sameFor(caller, line.caller), 7_400);
    t.equal(sameFor(agent, line.agent), 7_400);
    t.strictSame(newestIn(home), [], 'what was put in its place is not kept twice');
    await records.calls.interruptOpen([], 9_000);
    t.match((await read(records)).recording, { seconds: 8 }, 'asked for again, nothing is added');
  },
);

await t.test('a recovery that is cut off is ended by the next one', async (t) => {
  const { home, line } = await died(t, 7_400);
  const folder = join(home, 'records', 'recordings');
  const waiting = newestIn(home).map((name) => [name, readFileSync(join(folder, name))] as const);
  const { records } = await startedStore(t, home);
  const { database } = records.rights;
  const [key] = await database.read<{ call: string; wrapped: Uint8Array; id: string }>(
    'keys',
    'SELECT recording_id AS id, call_id AS call, wrapped FROM newest_key',
  );
  await records.calls.interruptOpen([], 9_000);
  // It died while it wrote the second of four seconds.
  for (const [name, bytes] of waiting) writeFileSync(join(folder, name), bytes);
  const [part = ''] = filesOf(home);
  const whole = readFileSync(join(folder, part));
  truncateSync(join(folder, part), 21 + whole.readUInt32BE(9) + 100);
  await database.write(
    'keys',
    { sql: 'UPDATE segment_key SET chunks = NULL', values: [] },
    {
      sql: 'INSERT INTO newest_key (recording_id, call_id, wrapped) VALUES (?, ?, ?)',
      values: [key?.id ?? '', key?.call ?? '', key?.wrapped ?? null],
    },
  );
  t.same(await records.reading.recordings.finished(), [`${key?.id ?? ''}.vrec`]);
  await records.calls.interruptOpen([], 9_000);
  const { recording, caller, agent } = await read(records);
  t.match(recording, { state: 'incomplete', seconds: 8, first: 0, last: 7 });
  t.equal(sameFor(caller, line.caller), 7_400);
  t.equal(sameFor(agent, line.agent), 7_400);
  t.equal(filesOf(home).length, 3, 'nor is that file gone on with');
  t.equal((await records.reading.recordings.finished()).length, 3, 'all are for the next backup');
});

await t.test(
  'what a version of before left of a recording of one key is put into it',
  async (t) => {
    const { records, home } = await startedStore(t);
    await records.calls.open(aCall('one'));
    const id = '00000000-0000-4000-8000-000000000001';
    const spoken = tone(4);
    const seconds = [0, 1].map((second) =>
      Int16Array.from({ length: 2 * SECOND }, (_, at) =>
        at % 2 === 0 ? (spoken[second * SECOND + at / 2] ?? 0) : 0,
      ),
    );
    const key = await putOldRecording(records, home, { call: 'one', id, seconds });
    const file = join(home, 'records', 'recordings', `${id}.vrec`);
    const whole = readFileSync(file);
    const sample = 1.5 * SECOND;
    const piece = { side: 'caller', index: 0, sample, pcm: spoken.subarray(sample) } as const;
    writeFileSync(newestPaths(file)[0], sealPiece(key, id, piece));
    await records.calls.interruptOpen([], 9_000);
    const { recording, caller } = await read(records);
    t.match(recording, { state: 'incomplete', seconds: 4, last: 3 });
    t.equal(sameFor(caller, spoken), 4_000);
    t.ok(readFileSync(file).equals(whole));
    t.strictSame(newestIn(home), []);
  },
);

await t.test('what cannot be taken away hinders no recording', async (t) => {
  const { records, folder } = await startedStore(t);
  await records.calls.open(aCall('one'));
  const writer = await records.recordings.open(await grantFor(records, 'one'));
  const [name = ''] = readdirSync(join(folder, 'recordings'));
  // The disk says no to whoever removes it.
  mkdirSync(newestPaths(join(folder, 'recordings', name))[1]);
  talk(writer).to(1_000);
  await writer.close();
  t.match((await read(records)).recording, { state: 'closed', seconds: 1, complete: true });
});

await t.test('what this process is writing is none of an earlier life', async (t) => {
  const { records, home } = await startedStore(t);
  await records.calls.open(aCall('one'));
  const writer = await records.recordings.open(await grantFor(records, 'one'));
  talk(writer).to(1_000);
  await until(() => newestIn(home).length > 0);
  await records.calls.interruptOpen(['one'], 9_000);
  t.equal(newestIn(home).length, 1);
  await writer.close();
  t.match((await read(records)).recording, { state: 'closed', seconds: 1 });
});

await t.test('a side that came seconds late is in its place', async (t) => {
  const { home, line } = await died(t, 9_000, 2_000);
  const { records } = await startedStore(t, home);
  await records.calls.interruptOpen([], 9_000);
  const { caller, agent } = await read(records);
  t.equal(sameFor(caller, line.caller), 9_000);
  t.equal(sameFor(agent, line.agent), 7_000);
});

await t.test('a long call keeps no more than seconds twice', async (t) => {
  const { home, line } = await died(t, 40_000);
  const folder = join(home, 'records', 'recordings');
  const bytes = newestIn(home).map((name) => statSync(join(folder, name)).size);
  t.equal(bytes.length, 2, 'two files take turns');
  t.ok(Math.max(...bytes) < 600_000, `${bytes.join(' and ')} bytes`);
  const { records } = await startedStore(t, home);
  await records.calls.interruptOpen([], 41_000);
  const { recording, caller, agent } = await read(records);
  t.match(recording, { seconds: 40, last: 39 });
  t.equal(sameFor(caller, line.caller), 40_000);
  t.equal(sameFor(agent, line.agent), 40_000);
});

await t.test('cut off or spoilt anywhere, what is whole before it is kept', async (t) => {
  const { home, line } = await died(t, 5_000);
  const folder = join(home, 'records', 'recordings');
  const name = newestIn(home).at(-1) ?? '';
  const recording = readdirSync(folder).find((one) => one.endsWith('.vrec')) ?? '';
  const whole = readFileSync(join(folder, name));
  const file = readFileSync(join(folder, recording));
  for (const [what, spoil] of [
    [
      'cut off',
      () => {
        truncateSync(join(folder, name), whole.length - 100);
      },
    ],
    [
      'a flipped bit',
      () => {
        writeFileSync(join(folder, name), whole.with(whole.length - 100, 0));
      },
    ],
    [
      'the chunk that was being written',
      () => {
        truncateSync(join(folder, recording), file.length - 9);
      },
    ],
  ] as const) {
    const copy = temporaryHome(t);
    spoil();
    cpSync(dirname(home), dirname(copy), { recursive: true });
    writeFileSync(join(folder, name), whole);
    writeFileSync(join(folder, recording), file);
    const { records } = await startedStore(t, copy);
    await records.calls.interruptOpen([], 9_000);
    const { caller } = await read(records);
    const kept = sameFor(caller, line.caller);
    t.ok(kept >= 4_000 && kept <= 5_000, `${what}: ${String(kept)} ms are kept`);
  }
});

await t.test(
  'of a call that was erased, and of no recording, nothing is left or made',
  async (t) => {
    const { home } = await died(t, 5_000);
    const folder = join(home, 'records', 'recordings');
    const recording = readdirSync(folder).find((one) => one.endsWith('.vrec')) ?? '';
    const [stray] = newestPaths(join(folder, 'stray.vrec'));
    writeFileSync(stray, 'nobody knows it');
    const { records } = await startedStore(t, home);
    const [newest = ''] = newestIn(home).filter((name) => name.startsWith(recording));
    const sound = readFileSync(join(folder, newest));
    await records.rights.erasures.destroyCalls(['one']);
    t.strictSame(readdirSync(folder), ['stray.vrec.newest-0'], 'an erasure takes the newest, too');
    // As if it had been cut off between the key and the files.
    writeFileSync(join(folder, newest), sound);
    await records.calls.interruptOpen([], 9_000);
    t.strictSame(readdirSync(folder), []);
  },
);

/** Names of the files that hold last sound, in memory. */
const lastIn = (home: string): readonly string[] => {
  const folder = lastSoundFolder(home);
  return existsSync(folder) ? readdirSync(folder) : [];
};

await t.test('what is not known yet to be kept is as a hang-up would leave it', async (t) => {
  const home = temporaryHome(t);
  const living = storeOf(home);
  await living.start();
  await living.calls.open(aCall('one'));
  const recorder = new Recorder(living, silentLog);
  await recorder.begin(await grantFor(living, 'one'));
  const [caller, agent] = [tone(60), tone(60, 3_000)];
  const hear = (fromMs: number, toMs: number): void => {
    for (let frame = fromMs / 20; frame < toMs / 20; frame += 1) {
      const [from, to] = [frame * FRAME, (frame + 1) * FRAME];
      recorder.write('caller', caller.subarray(from, to), frame * 20);
      recorder.write('agent', agent.subarray(from, to), frame * 20);
    }
  };
  hear(0, 9_000);
  t.equal(lastIn(home).length, 2, 'two files take turns');
  const bytes = lastIn(home).map((name) => statSync(join(lastSoundFolder(home), name)).size);
  t.ok(Math.min(...bytes) === 0 && Math.max(...bytes) < 400_000, `${bytes.join(' and ')} bytes`);
  // The caller has spoken since 8.7 s, which is noticed now; what was said is not known.
  recorder.turnBegan(8_700);
  hear(9_000, 10_000);
  // On the disk is what may be kept, and no more: the rest is in memory.
  const onDisk = join(home, 'records', 'recordings');
  const size = (name: string): number => statSync(join(onDisk, name)).size;
  await until(() => newestIn(home).reduce((sum, name) => sum + size(name), 0) > 2 * 8.1 * 32_000);
  const [after, gone] = [temporaryHome(t), temporaryHome(t)];
  for (const copy of [after, gone]) cpSync(dirname(home), dirname(copy), { recursive: true });
  cpSync(lastSoundFolder(home), lastSoundFolder(after), { recursive: true });
  await recorder.close();
  t.strictSame(lastIn(home), [], 'a recording that is closed needs none');
  await living.stop();

  const { records } = await startedStore(t, after);
  await records.calls.interruptOpen([], 11_000);
  const kept = await read(records);
  t.equal(sameFor(kept.caller, caller), 8_200, 'half a second before the turn the tone begins');
  t.ok(
    kept.caller.subarray(9 * SECOND, 9 * SECOND + FRAME).some((one) => one !== 0),
    'where something is hidden stands a tone',
  );
  t.ok(sameFor(kept.agent, agent) >= 9_940, `ours: ${String(sameFor(kept.agent, agent))} ms`);
  t.notOk(existsSync(lastSoundFolder(after)), 'what was put in its place is not kept twice');

  const disk = await startedStore(t, gone);
  await disk.records.calls.interruptOpen([], 11_000);
  const ofDisk = await read(disk.records);
  t.ok(sameFor(ofDisk.caller, caller) <= 8_200, 'the disk has nothing of the turn');
});

await t.test('who objects leaves nothing of the last moments', async (t) => {
  const { records, home } = await startedStore(t);
  await records.calls.open(aCall('one'));
  const recorder = new Recorder(records, silentLog);
  await recorder.begin(await grantFor(records, 'one'));
  for (let atMs = 0; atMs < 3_000; atMs += 20) recorder.write('caller', tone(0.02), atMs);
  const folder = lastSoundFolder(home);
  t.equal(statSync(folder).mode & 0o777, 0o700);
  for (const name of lastIn(home)) t.equal(statSync(join(folder, name)).mode & 0o777, 0o600);
  const size = (): number =>
    lastIn(home).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  t.ok(size() > 0);
  const stopped = recorder.stop();
  t.equal(lastIn(home).length > 0 ? size() : 0, 0, 'at once');
  await stopped;
  t.notOk(existsSync(folder));
});

await t.test('a folder in memory that is somebody else’s is not used', async (t) => {
  const { records, home } = await startedStore(t);
  await records.calls.open(aCall('one'));
  const folder = lastSoundFolder(home);
  mkdirSync(folder, { mode: 0o777 });
  chmodSync(folder, 0o777);
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const recorder = new Recorder(records, silentLog);
  await recorder.begin(await grantFor(records, 'one'));
  for (let atMs = 0; atMs < 3_000; atMs += 20) recorder.write('caller', tone(0.02), atMs);
  t.strictSame(lastIn(home), []);
  await recorder.close();
  t.match((await read(records)).recording, { state: 'closed', seconds: 3 });
});

await t.test('what others put in its place in memory hinders no start', async (t) => {
  const { home, line } = await died(t, 9_000);
  const folder = lastSoundFolder(home);
  writeFileSync(folder, 'no folder');
  t.teardown(() => {
    rmSync(folder, { force: true });
  });
  const { records } = await startedStore(t, home);
  await records.calls.interruptOpen([], 11_000);
  t.strictSame(newestIn(home), [], 'what the disk had is put in its place');
  t.equal(sameFor((await read(records)).caller, line.caller), 9_000);
});
