import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { bytesOfPcm } from '../../agent/audio/frame.js';
import type { Log, LogFacts } from '../../agent/log.js';
import { silentLog } from '../../agent/log.js';
import { newHeader } from '../../agent/records/chunk-header.js';
import type { OpenRecords } from '../../agent/records/records.js';
import { foundFacts } from '../../agent/records/intact-sound.js';
import { readRecordingFile } from '../../agent/records/recording-file.js';
import { seal } from '../../agent/records/seal.js';
import { WHOLE } from '../../agent/records/stored-segments.js';
import type { StoredRecording } from '../../agent/records/recordings.js';
import { oldChunk } from './old-recording.js';
import { aCall, grantFor, startedStore, storeOf, temporaryHome, tone } from './store.js';

const SECOND = 16_000;
/** Header and seal of a chunk. */
const AROUND = 21 + 28;

/** Compares the bytes: tap's own comparison of long arrays takes seconds. */
const equal = (t: Test, left: Int16Array, right: Int16Array, what?: string): void => {
  t.ok(Buffer.from(bytesOfPcm(left)).equals(bytesOfPcm(right)), what ?? 'the same sound');
};

/** Both sides of a recording from the call's start. */
async function soundOf(recording: StoredRecording): Promise<[Int16Array, Int16Array]> {
  const length = ((recording.last ?? -1) + 1) * SECOND;
  const sides: [Int16Array, Int16Array] = [new Int16Array(length), new Int16Array(length)];
  for await (const { second, samples } of recording.chunks()) {
    samples.forEach((sample, index) => {
      sides[index % 2 === 0 ? 0 : 1][second * SECOND + (index >> 1)] = sample;
    });
  }
  return sides;
}

const theRecording = async (records: OpenRecords, call: string): Promise<StoredRecording> => {
  const [one] = await records.reading.recordings.of(call);
  if (one === undefined) throw new Error('no recording');
  return one;
};

async function begun(records: OpenRecords, call = 'one') {
  await records.calls.open(aCall(call));
  return records.recordings.open(await grantFor(records, call));
}

/** Waits for what the disk does. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** Where each chunk of a recording's file begins, and where the last one ends. */
function placesIn(file: Buffer): number[] {
  const places = [0];
  for (let at = 0; at < file.length; places.push(at)) at += 21 + file.readUInt32BE(at + 9);
  return places;
}

const filesIn = (folder: string): readonly string[] =>
  existsSync(join(folder, 'recordings')) ? readdirSync(join(folder, 'recordings')) : [];

const theFile = (folder: string): string => {
  const [name] = readdirSync(join(folder, 'recordings'));
  return join(folder, 'recordings', name ?? '');
};

await t.test(
  'both sides come back sample for sample, gaps silent, overlaps the first',
  async (t) => {
    const { records } = await startedStore(t);
    const writer = await begun(records);
    const caller = tone(2.5);
    for (let at = 0; at < caller.length; at += 320) {
      writer.write('caller', caller.subarray(at, at + 320), at / 16);
    }
    writer.write('agent', tone(0.5, 3_000), 700);
    writer.write('agent', tone(0.5, 9_000), 1_000);
    writer.write('caller', tone(0.25), 6_100);
    await writer.close();
    await writer.close();
    writer.write('caller', tone(1), 7_000);

    const recording = await theRecording(records, 'one');
    t.match(recording, { state: 'closed', complete: true, seconds: 4, first: 0, last: 6 });
    const [left, right] = await soundOf(recording);
    equal(t, left.subarray(0, caller.length), caller);
    t.ok(left.subarray(caller.length, 6.1 * SECOND).every((sample) => sample === 0));
    equal(t, left.subarray(6.1 * SECOND, 6.35 * SECOND), tone(0.25));
    t.ok(
      left.subarray(6.35 * SECOND).every((sample) => sample === 0),
      'nothing after close',
    );
    t.ok(right.subarray(0, 0.7 * SECOND).every((sample) => sample === 0));
    equal(t, right.subarray(0.7 * SECOND, 1.2 * SECOND), tone(0.5, 3_000), 'what came first stays');
    equal(t, right.subarray(1.2 * SECOND, 1.5 * SECOND), tone(0.5, 9_000).subarray(0.2 * SECOND));
  },
);

await t.test('one side may be seconds late; memory holds only seconds', async (t) => {
  const { records } = await startedStore(t);
  const writer = await begun(records);
  for (let second = 0; second < 30; second += 1) {
    writer.write('agent', tone(1, 5_000), second * 1_000);
    if (second >= 2) writer.write('caller', tone(1), (second - 2) * 1_000);
  }
  // All but the last seconds reach the disk while the call runs.
  const written = async (): Promise<number> => (await theRecording(records, 'one')).seconds;
  for (let tries = 0; tries < 500 && (await written()) < 25; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  t.ok((await written()) >= 25);
  t.match(await theRecording(records, 'one'), { state: 'open', complete: false });
  await writer.close();
  const [left, right] = await soundOf(await theRecording(records, 'one'));
  for (let second = 0; second < 30; second += 1) {
    const [from, to] = [second * SECOND, (second + 1) * SECOND];
    equal(t, right.subarray(from, to), tone(1, 5_000));
    if (second < 28) equal(t, left.subarray(from, to), tone(1));
  }
});

await t.test('every flipped bit is noticed, and the chunk is named', async (t) => {
  const { records, folder } = await startedStore(t);
  const writer = await begun(records);
  writer.write('caller', tone(3), 0);
  await writer.close();
  const file = theFile(folder);
  const whole = readFileSync(file);
  const places = placesIn(whole);
  t.equal(places.length, 5, 'three seconds and the end');
  t.equal(places[4]! - places[3]!, AROUND, 'which is empty');
  const heard = async (): Promise<number> => {
    let count = 0;
    for await (const chunk of (await theRecording(records, 'one')).chunks()) {
      count += chunk.samples.length === 2 * SECOND ? 1 : 0;
    }
    return count;
  };
  t.equal(await heard(), 3);
  for (const chunk of [0, 1, 2, 3]) {
    // Final flag, index, second, length, segment, checksum; then nonce, sound and tag.
    for (const place of [0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21, 34, 48]) {
      const spoilt = Buffer.from(whole);
      spoilt[places[chunk]! + place]! ^= 1;
      writeFileSync(file, spoilt);
      await t.rejects(
        heard(),
        {
          code: 'RECORDS_CHUNK_DAMAGED',
          message: new RegExp(`${file}\\): chunk ${chunk}\\.`, 'u'),
        },
        `chunk ${chunk}, byte ${place}`,
      );
    }
  }
  const swapped = Buffer.concat([
    whole.subarray(places[1], places[2]),
    whole.subarray(0, places[1]),
    whole.subarray(places[2]),
  ]);
  writeFileSync(file, swapped);
  await t.rejects(heard(), { code: 'RECORDS_CHUNK_DAMAGED' }, 'chunks cannot be moved');
});

await t.test('a file without its end is incomplete and gives its whole chunks', async (t) => {
  const { records, folder } = await startedStore(t);
  const writer = await begun(records);
  writer.write('caller', tone(4), 0);
  await writer.close();
  const file = theFile(folder);
  const places = placesIn(readFileSync(file));
  for (const [bytes, seconds] of [
    [places[4]! + 40, 4],
    [places[4]! + 15, 4],
    [places[4]!, 4],
    [places[3]! + 1_000, 3],
    [places[1]! + 12, 1],
    [12, 0],
    [0, 0],
  ] as const) {
    truncateSync(file, bytes);
    const recording = await theRecording(records, 'one');
    t.match(recording, { state: 'incomplete', complete: false, seconds });
    const [left] = await soundOf(recording);
    equal(t, left, tone(4).subarray(0, seconds * SECOND));
  }
  rmSync(file);
  await t.rejects(theRecording(records, 'one'), { code: 'RECORDS_FILE_GONE' });
});

await t.test('sound of one call cannot be passed off as that of another', async (t) => {
  const { records, folder } = await startedStore(t);
  const first = await begun(records, 'one');
  const name = theFile(folder);
  const second = await begun(records, 'two');
  const other = readdirSync(join(folder, 'recordings')).find((file) => !name.endsWith(file))!;
  first.write('caller', tone(1), 0);
  second.write('caller', tone(1), 0);
  await Promise.all([first.close(), second.close()]);
  writeFileSync(name, readFileSync(join(folder, 'recordings', other)));
  await t.rejects(soundOf(await theRecording(records, 'one')), { code: 'RECORDS_CHUNK_DAMAGED' });
});

await t.test('discarding destroys key and file, while it runs and afterwards', async (t) => {
  const { records, folder } = await startedStore(t);
  for (const closedFirst of [false, true]) {
    const call = closedFirst ? 'closed' : 'running';
    const writer = await begun(records, call);
    writer.write('caller', tone(6), 0);
    if (closedFirst) await writer.close();
    const copy = readFileSync(theFile(folder));
    const file = theFile(folder);
    const logged = (): number => statSync(join(folder, 'keys.db-wal')).size;
    t.ok(logged() > 0);
    await writer.discard();
    await writer.discard();
    t.equal(logged(), 0, 'no key of it, or of what waited beside it, is in the write-ahead log');
    await writer.close();
    writer.write('caller', tone(6), 0);
    t.notOk(existsSync(file));
    const recording = await theRecording(records, call);
    t.match(recording, { state: 'discarded', seconds: 0 });
    const sound: unknown[] = [];
    for await (const chunk of recording.chunks()) sound.push(chunk);
    t.same(sound, []);
    if (!closedFirst) continue;
    // A copy of the file, put back by a backup, is noise.
    writeFileSync(file, copy);
    t.match(await theRecording(records, call), { state: 'discarded', seconds: 0 });
    rmSync(file);
  }
});

/** Rows of keys that the store has of recordings. */
const keyRows = async (records: OpenRecords): Promise<readonly unknown[]> => {
  const { database } = records.rights;
  const of = (table: string) => database.read('keys', `SELECT * FROM ${table}`);
  return (await Promise.all(['segment_key', 'newest_key', 'recording_key'].map(of))).flat();
};

await t.test('a call is sealed in segments, each under its own key', async (t) => {
  const { records, folder } = await startedStore(t);
  const writer = await begun(records);
  // Quiet at seconds 12 and 50: a segment ends there, and one after half a minute.
  const caller = tone(60);
  for (const quiet of [12, 50]) caller.fill(0, quiet * SECOND, (quiet + 1) * SECOND);
  for (let second = 0; second < 60; second += 1) {
    writer.write('caller', caller.subarray(second * SECOND, (second + 1) * SECOND), second * 1_000);
    writer.write('agent', tone(1, 5_000), second * 1_000);
    await until(() => writer.stored >= second - 3);
  }
  const waiting = await keyRows(records);
  await writer.close();
  const { database } = records.rights;
  const keys = await database.read<{ number: number; part: number; wrapped: Uint8Array }>(
    'keys',
    'SELECT number, part, wrapped FROM segment_key ORDER BY number',
  );
  t.same(
    keys.map(({ number, part }) => [number, part]),
    [
      [0, 0],
      [1, 0],
      [2, 0],
    ],
  );
  t.equal(new Set(keys.map(({ wrapped }) => Buffer.from(wrapped).toString('hex'))).size, 3);
  t.ok(waiting.length > 3, 'what waits beside it had a key, too');
  t.equal((await keyRows(records)).length, 3, 'which is gone with it');
  const file = readFileSync(theFile(folder));
  const segments = placesIn(file)
    .slice(0, -1)
    .map((at) => file.readUInt32BE(at + 13));
  const places = [0, 1, 2].map((segment) => segments.indexOf(segment));
  t.equal(places[0], 0);
  t.ok(places[1]! >= 13 && places[1]! <= 31, `the second begins at ${places[1]}`);
  t.ok(places[2]! > places[1]! + 10, `the third at ${places[2]}`);
  const [left] = await soundOf(await theRecording(records, 'one'));
  equal(t, left, caller);
  await database.write('keys', { sql: 'DELETE FROM segment_key WHERE number = 1', values: [] });
  const { damaged } = await (await theRecording(records, 'one')).intactness();
  t.equal(damaged[0], places[1], 'without its key a segment is gone');
  t.equal(damaged.at(-1), places[2]! - 1, 'and no other');
});

await t.test('a segment whose successor gets no key goes on', async (t) => {
  const { records } = await startedStore(t);
  const writer = await begun(records);
  const { database } = records.rights;
  const write = database.write.bind(database);
  let refused = 0;
  database.write = (name, ...statements) => {
    if (name !== 'keys' || !statements.some(({ sql }) => sql.includes('INSERT INTO segment_key')))
      return write(name, ...statements);
    refused += 1;
    return Promise.reject(new Error('refused'));
  };
  for (let second = 0; second < 40; second += 1) {
    for (const side of ['caller', 'agent'] as const) writer.write(side, tone(1), second * 1_000);
    await until(() => writer.stored >= second - 3);
  }
  await writer.close();
  t.ok(refused > 1, 'it is tried again');
  t.match(await theRecording(records, 'one'), { state: 'closed', seconds: 40 });
  t.equal((await keyRows(records)).length, 1);
});

await t.test('who objects while a key is being made leaves none', async (t) => {
  const { records, folder } = await startedStore(t);
  const writer = await begun(records);
  const { database } = records.rights;
  const write = database.write.bind(database);
  let discarding: Promise<void> | undefined;
  let made = false;
  database.write = async (name, ...statements) => {
    const makes = statements.some(({ sql }) => sql.includes('INSERT INTO segment_key'));
    if (name !== 'keys' || !makes) return write(name, ...statements);
    discarding ??= writer.discard();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const written = await write(name, ...statements);
    made = true;
    return written;
  };
  for (let second = 0; second < 20; second += 1) {
    for (const side of ['caller', 'agent'] as const) writer.write(side, tone(1), second * 1_000);
  }
  await until(() => discarding !== undefined);
  await discarding;
  await until(() => made);
  t.same(await keyRows(records), []);
  t.same(filesIn(folder), []);
});

await t.test('what cannot be discarded is destroyed as soon as it can be', async (t) => {
  const home = temporaryHome(t);
  const told: string[] = [];
  const tell = (message: string, facts?: LogFacts) => told.push(`${message}: ${facts?.file ?? ''}`);
  const log: Log = { ...silentLog, info: tell, error: tell, part: () => log };
  const store = storeOf(home, {}, log);
  await store.start();
  const folder = join(home, 'records', 'recordings');
  const writers = [await begun(store, 'mended')];
  const [mended = ''] = readdirSync(folder).filter((name) => name.endsWith('.vrec'));
  writers.push(await begun(store, 'lasting'));
  const files = readdirSync(folder).filter((name) => name.endsWith('.vrec'));
  const lasting = files.find((name) => name !== mended) ?? '';
  // What stands there now cannot be removed as a file.
  for (const name of files) {
    rmSync(join(folder, name));
    mkdirSync(join(folder, name));
  }
  for (const writer of writers) {
    await t.rejects(writer.discard(), { code: 'RECORDS_NOT_WRITABLE' });
  }
  rmSync(join(folder, mended), { recursive: true });
  await store.stop();
  const id = (name: string): string => name.replace('.vrec', '');
  t.same(told, [
    `a recording is destroyed that could not be before: ${id(mended)}`,
    `a recording that its caller had erased is still there: erase its call: ${id(lasting)}`,
  ]);
  rmSync(join(folder, lasting), { recursive: true });
  const again = storeOf(home);
  await again.start();
  t.teardown(() => again.stop());
  t.match(await theRecording(again, 'mended'), { state: 'discarded', seconds: 0 });
});

await t.test(
  'a second recording of a call, after a crash, is a recording of its own',
  async (t) => {
    const home = temporaryHome(t);
    const first = storeOf(home);
    await first.start();
    const cut = await begun(first);
    cut.write('caller', tone(6), 0);
    // The daemon's life ends here: nothing is closed.
    await first.stop();
    const { records } = await startedStore(t, home);
    const again = await records.recordings.open(await grantFor(records, 'one'));
    again.write('caller', tone(1), 8_000);
    t.equal(await records.calls.interruptOpen(['one'], 9_000), 0, 'the call lives');
    t.match(
      (await records.reading.recordings.of('one')).map(({ state }) => state),
      ['incomplete', 'open'],
    );
    await again.close();
    await t.rejects(cut.close(), { code: 'RECORDS_STOPPED' });
    const last = (await records.reading.recordings.of('one')).at(-1)!;
    t.match(last, { state: 'closed', first: 8, last: 8 });
  },
);

await t.test('a full disk ends the recording with one line, and nothing else', async (t) => {
  const disk = mkdtempSync(join(tmpdir(), 'vestibule-full-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk]);
  t.teardown(() => {
    if (mounted.status === 0) spawnSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
  });
  if (mounted.status !== 0) {
    t.comment('mounting a small disk needs root: left out');
    return;
  }
  const lines: (LogFacts | undefined)[] = [];
  const log: Log = {
    ...silentLog,
    error: (_, facts) => {
      lines.push(facts);
    },
    part: () => log,
  };
  const { records } = await startedStore(t, join(disk, 'home'), log, {
    reserveMegabytes: 0,
    soundFormat: 'pcm',
  });
  const writer = await begun(records);
  for (let second = 0; second < 30; second += 1) writer.write('caller', tone(1), second * 1_000);
  await writer.close().catch((error: unknown) => {
    t.match(error, { code: 'RECORDS_DISK_FULL' }, 'the row may not fit either');
  });
  t.match(lines, [{ code: 'RECORDS_DISK_FULL', reason: /^RECORDS_DISK_FULL: [^\n]+$/u }]);
  const recording = await theRecording(records, 'one');
  t.equal(recording.complete, false);
  t.ok(recording.seconds > 3 && recording.seconds < 30, `${recording.seconds} s were kept`);
  const [left] = await soundOf(recording);
  equal(t, left.subarray(0, SECOND), tone(1));
});

await t.test('recordings of before are read as ever', async (t) => {
  const file = join(mkdtempSync(join(tmpdir(), 'vestibule-old-')), 'old.vrec');
  t.teardown(() => {
    rmSync(join(file, '..'), { recursive: true });
  });
  const key = new Uint8Array(32).fill(7);
  const keys = new Map([[WHOLE, key]]);
  const sound = tone(2);
  const heard = async (): Promise<number> => {
    let count = 0;
    for await (const { samples } of readRecordingFile(file, 'old', keys)) {
      equal(t, samples, sound);
      count += 1;
    }
    return count;
  };
  for (const form of [1, 2] as const) {
    const chunk = (index: number, second: number): Buffer =>
      oldChunk(form, key, 'old', { index, second }, sound);
    const end = oldChunk(form, key, 'old', { index: 2, second: 0 }, new Int16Array(0));
    const whole = Buffer.concat([chunk(0, 0), chunk(1, 4), end]);
    writeFileSync(file, whole);
    t.match(await foundFacts(file), { seconds: 2, first: 0, last: 4, complete: true });
    t.equal(await heard(), 2);
    truncateSync(file, whole.length - 60);
    t.match(await foundFacts(file), { seconds: 1, first: 0, last: 0, complete: false });
    t.equal(await heard(), 1);
    for (const place of [0, 1, 9, 12]) {
      const spoilt = Buffer.from(whole);
      spoilt[place]! ^= 2;
      writeFileSync(file, spoilt);
      await t.rejects(heard(), { code: 'RECORDS_CHUNK_DAMAGED' }, `byte ${place}`);
      t.match(await foundFacts(file), { damaged: true });
    }
  }
});

await t.test(
  'sound that is whole but cannot be decoded is not told as a damaged file',
  async (t) => {
    const file = join(mkdtempSync(join(tmpdir(), 'vestibule-codec-')), 'one.vrec');
    t.teardown(() => {
      rmSync(join(file, '..'), { recursive: true });
    });
    const key = new Uint8Array(32).fill(7);
    const plain = Buffer.alloc(1_024, 1);
    plain.writeUInt32BE(1_000, 1);
    const facts = { final: false, index: 0, second: 0, segment: 3 };
    const header = newHeader(facts, plain.length + 28);
    const bound = `recording:3:one:${header.toString('hex')}`;
    writeFileSync(file, Buffer.concat([header, seal(key, plain, bound)]));
    const keys = new Map([[3, key]]);
    await t.rejects(readRecordingFile(file, 'one', keys).next(), { code: 'AUDIO_FLAC' });
  },
);

await t.test(
  'speech takes a fraction of its PCM; what FLAC would make longer stays PCM',
  async (t) => {
    const { records, folder } = await startedStore(t);
    const sizes: number[] = [];
    const noise = new Int16Array(new Uint8Array(randomBytes(2 * SECOND)).buffer);
    for (const [call, caller, agent] of [
      ['quiet', tone(1), new Int16Array(SECOND)],
      ['loud', noise, noise.toReversed()],
    ] as const) {
      const before = filesIn(folder);
      const writer = await begun(records, call);
      writer.write('caller', caller, 0);
      writer.write('agent', agent, 0);
      await writer.close();
      const [left, right] = await soundOf(await theRecording(records, call));
      equal(t, left, caller);
      equal(t, right, agent);
      const own = filesIn(folder).filter((file) => !before.includes(file));
      sizes.push(...own.map((file) => statSync(join(folder, 'recordings', file)).size));
    }
    t.ok(Math.min(...sizes) < 30_000, 'a tone and silence');
    t.ok(Math.max(...sizes) > 64_000, 'noise on both sides');
    t.ok(
      sizes.every((size) => (size - 2 * AROUND) % 1_024 === 0),
      'lengths in steps tell less',
    );
  },
);
