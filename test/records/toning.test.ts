import { copyFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { bytesOfPcm } from '../../agent/audio/frame.js';
import type { OpenRecords } from '../../agent/records/records.js';
import { openBeside } from './beside.js';
import { putOldRecording } from './old-recording.js';
import { aCall, grantFor, startedStore, tone } from './store.js';

const SECOND = 16_000;

interface KeyRow {
  readonly number: number;
  readonly wrapped: Buffer;
}

/** The caller says nothing in these seconds: a segment ends after each. */
const QUIET = [12, 24];

/** A recording of `seconds` that is over. */
async function recorded(t: Test, seconds: number) {
  const { records, folder, home } = await startedStore(t);
  await records.calls.open(aCall('one'));
  const files = join(folder, 'recordings');
  const keys = openBeside(home, 'keys');
  t.teardown(() => keys.close());
  const rows = (): readonly KeyRow[] =>
    keys.prepare('SELECT number, wrapped FROM segment_key ORDER BY number').all() as KeyRow[];
  const kept = (): readonly number[] => rows().map(({ number }) => number);
  const writer = await records.recordings.open(await grantFor(records, 'one'));
  const caller = tone(seconds);
  for (const at of QUIET) caller.fill(0, at * SECOND, (at + 1) * SECOND);
  for (let at = 0; at < seconds; at += 1) {
    writer.write('caller', caller.subarray(at * SECOND, (at + 1) * SECOND), at * 1_000);
    writer.write('agent', tone(1, 4_000), at * 1_000);
    // In a call the next key is there in time.
    const due = 1 + QUIET.filter((quiet) => at > quiet).length;
    while (writer.stored < at - 3 || kept().length < due)
      await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await writer.close();
  await records.calls.close({ call: 'one', endedAt: 9, outcome: 'message', endedBy: 'caller' });
  const [first = ''] = readdirSync(files);
  return { records, home, files, keys, rows, kept, first, id: first.slice(0, 36), caller };
}

/** Which seconds of the caller are as they were said. */
async function asSaid(records: OpenRecords, caller: Int16Array): Promise<readonly number[]> {
  const sound = await records.transcripts.callerSound('one');
  const same = (at: number): boolean =>
    Buffer.from(bytesOfPcm(sound.subarray(at * SECOND, (at + 1) * SECOND))).equals(
      bytesOfPcm(caller.subarray(at * SECOND, (at + 1) * SECOND)),
    );
  return Array.from({ length: caller.length / SECOND }, (_, at) => at).filter(same);
}

const upTo = (end: number, but: readonly number[]): readonly number[] =>
  Array.from({ length: end }, (_, at) => at).filter((at) => !but.includes(at));

/** What is hidden in the tests below: a second and a half in the second segment. */
const HIDDEN = [{ side: 'caller', fromMs: 13_500, toMs: 15_000 }] as const;

await t.test('only the segment that holds it is written anew, under another key', async (t) => {
  const { records, files, rows, kept, first, id, caller } = await recorded(t, 34);
  const before = rows();
  t.same(kept(), [0, 1, 2]);
  const file = readFileSync(join(files, first));
  const nothing = [{ side: 'caller', fromMs: 40_000, toMs: 41_000 }] as const;
  t.equal(await records.transcripts.tone('one', nothing), 0);
  t.same(readdirSync(files), [first], 'where nothing was recorded nothing changes');

  t.equal(await records.transcripts.tone('one', HIDDEN), 1);
  t.same(kept(), [0, 2, 3], 'its key is destroyed');
  for (const { number, wrapped } of rows()) {
    const was = before.find((one) => one.number === number)?.wrapped;
    t.equal(was?.equals(wrapped) === true, number !== 3, 'the other keys are what they were');
  }
  t.ok(readFileSync(join(files, first)).equals(file), 'nothing is written into the file');
  t.same([...readdirSync(files)].sort(), [`${id}.3.vrec`, first].sort());
  t.same(await asSaid(records, caller), upTo(34, [13, 14]));
  const sound = await records.transcripts.callerSound('one');
  t.ok(
    sound.subarray(13 * SECOND, 13.5 * SECOND).every((one, at) => one === caller[13 * SECOND + at]),
  );
  t.ok(
    sound.subarray(13.5 * SECOND, 15 * SECOND).every((one) => Math.abs(one) <= 1_500),
    'a tone stands there',
  );
  const [recording] = await records.reading.recordings.of('one');
  t.match(recording, { state: 'closed', complete: true, damaged: false, seconds: 34, last: 33 });
  t.same((await recording?.intactness())?.damaged, []);
  let order = -1;
  for await (const { second } of recording?.chunks() ?? []) {
    t.equal(second, order + 1);
    order = second;
  }
  t.equal(order, 33);

  // Again, now in what was written anew, and over the end of a segment.
  const more = [{ side: 'agent', fromMs: 9_000, toMs: 13_200 }] as const;
  t.equal(await records.transcripts.tone('one', more), 1);
  t.same(kept(), [2, 4, 5]);
  t.same([...readdirSync(files)].sort(), [`${id}.4.vrec`, `${id}.5.vrec`, first].sort());
  t.same(await asSaid(records, caller), upTo(34, [13, 14]));
  const last = [{ side: 'caller', fromMs: 33_000, toMs: 33_500 }] as const;
  t.equal(await records.transcripts.tone('one', last), 1);
  t.same(kept(), [4, 5, 6]);
  t.notOk(readdirSync(files).includes(first), 'a file of which nothing counts any more goes');
  t.same(await asSaid(records, caller), upTo(34, [13, 14, 33]));
  t.match(await records.reading.recordings.of('one'), [
    { state: 'closed', complete: true, damaged: false, seconds: 34 },
  ]);
});

await t.test('the keys that are left open nothing of what was hidden', async (t) => {
  const { records, files, first, id } = await recorded(t, 24);
  const copy = join(files, '..', 'copy');
  copyFileSync(join(files, first), copy);
  await records.transcripts.tone('one', HIDDEN);
  // The old file in the place of the new one, with all keys that there are.
  copyFileSync(copy, join(files, `${id}.2.vrec`));
  const [recording] = await records.reading.recordings.of('one');
  const found = await recording?.intactness();
  const lost = found?.damaged ?? [];
  t.ok(
    lost.includes(13) && lost.includes(14),
    `of ${String(lost.length)} seconds nothing is heard`,
  );
  t.same(found?.intact, upTo(24, lost));
});

await t.test('it is not told done while somebody keeps the old key in the log', async (t) => {
  const { records, home, files, keys, kept, first, id } = await recorded(t, 14);
  keys.exec('BEGIN');
  keys.prepare('SELECT count(*) FROM segment_key').get();
  await t.rejects(records.transcripts.tone('one', HIDDEN), { code: 'RECORDS_NOT_PURGED' });
  keys.exec('COMMIT');
  t.same(kept(), [0, 2], 'done it is');
  t.same([...readdirSync(files)].sort(), [`${id}.2.vrec`, first].sort());
  t.equal(await records.transcripts.tone('one', HIDDEN), 1, 'and may be done again');
  t.equal(statSync(join(home, 'records', 'keys.db-wal')).size, 0);
});

await t.test('what cut-off toning leaves is taken away, and nothing else', async (t) => {
  const { records, files, keys, kept, first, id, caller } = await recorded(t, 24);
  keys.exec('CREATE TEMP TABLE before AS SELECT * FROM segment_key');
  await records.transcripts.tone('one', HIDDEN);
  t.same(kept(), [0, 2], 'of the second of two');

  // It died when the new one was whole, and the key of the old one still there.
  keys.exec('INSERT INTO segment_key SELECT * FROM before WHERE number = 1');
  const fresh = `${id}.2.vrec`;
  copyFileSync(join(files, fresh), join(files, '..', 'copy'));
  t.same(await asSaid(records, caller), upTo(24, []), 'the old one stands');
  t.same(await records.reading.recordings.finished(), [first], 'and no backup takes the new one');
  t.equal(await records.transcripts.tone('one', HIDDEN), 1, 'once more');
  t.same(kept(), [0, 3], 'what the first try left does not count');
  t.same(await asSaid(records, caller), upTo(24, [13, 14]));
  t.equal(await records.transcripts.sweep(), 1);
  t.same([...readdirSync(files)].sort(), [`${id}.3.vrec`, first].sort());

  keys.exec('INSERT INTO segment_key SELECT * FROM before WHERE number = 1');
  t.equal(await records.transcripts.sweep(), 1);
  t.same(kept(), [0, 1], 'it died, and was not asked again');
  t.same(readdirSync(files), [first]);
  t.same(await asSaid(records, caller), upTo(24, []));

  // It died before the file of the old one was gone, and of another recording nobody knows.
  await records.transcripts.tone('one', HIDDEN);
  await records.transcripts.tone('one', [{ side: 'agent', fromMs: 12_000, toMs: 13_000 }]);
  const names = [...readdirSync(files)].sort();
  writeFileSync(join(files, `${id}.1.vrec`), 'sealed');
  writeFileSync(join(files, 'nobody.vrec'), 'sealed');
  t.equal(await records.transcripts.sweep(), 2);
  t.same([...readdirSync(files)].sort(), names);
  t.equal(await records.transcripts.sweep(), 0);
  t.same(await asSaid(records, caller), upTo(24, [13, 14]));

  // With an older copy of the keys nothing is taken for a leftover.
  keys.exec('DELETE FROM segment_key');
  t.equal(await records.transcripts.sweep(), 0);
});

await t.test('what cannot be written anew stands as it was', async (t) => {
  const { records, files, kept, first, caller } = await recorded(t, 24);
  const { database } = records.rights;
  const write = database.write.bind(database);
  database.write = (name, ...statements) =>
    statements.some(({ sql }) => sql.startsWith('UPDATE segment_key'))
      ? Promise.reject(new Error('the disk says no'))
      : write(name, ...statements);
  await t.rejects(records.transcripts.tone('one', HIDDEN), /says no/u);
  database.write = write;
  t.same(kept(), [0, 1, 2], 'nobody knows whether it counts: both are there');
  t.same(await asSaid(records, caller), upTo(24, []));
  t.equal(await records.transcripts.tone('one', HIDDEN), 1);
  await records.transcripts.sweep();
  t.same(kept(), [0, 3]);
  t.same(readdirSync(files).filter((name) => name !== first).length, 1);
});

await t.test(
  'what is hidden in a damaged recording is gone from what is whole of it',
  async (t) => {
    const { records, files, kept, first, id, caller } = await recorded(t, 4);
    const bytes = readFileSync(join(files, first));
    // The last second: its chunk is followed by the final one, which is 49 bytes.
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 200) ^ 1, bytes.length - 200);
    writeFileSync(join(files, first), bytes);
    t.equal(await records.transcripts.tone('one', [{ side: 'caller', fromMs: 0, toMs: 1_000 }]), 1);
    t.same(readdirSync(files), [`${id}.1.vrec`], 'the old file is gone');
    t.same(kept(), [1], 'and its key, with the second that was damaged');
    const recordings = await records.reading.recordings.of('one');
    t.same(
      recordings.map(({ state, seconds }) => `${state} ${String(seconds)}`),
      ['incomplete 3'],
    );
    t.same(await asSaid(records, caller), [1, 2]);
  },
);

await t.test('a segment of which no header is whole may hold it, too', async (t) => {
  const { records, files, kept, first, caller } = await recorded(t, 34);
  const bytes = readFileSync(join(files, first));
  const places = [0];
  for (let at = 0; at < bytes.length; places.push(at)) at += 21 + bytes.readUInt32BE(at + 9);
  places.pop();
  const segment = (chunk: number): number => bytes.readUInt32BE((places[chunk] ?? 0) + 13);
  const second = places.flatMap((at, chunk) => (segment(chunk) === 1 ? at : []));
  for (const at of second) bytes.writeUInt8(9, at);
  writeFileSync(join(files, first), bytes);
  t.equal(await records.transcripts.tone('one', HIDDEN), 1);
  t.notOk(
    kept().some((number) => number < 3),
    'its key is gone, and those of its neighbours',
  );
  t.equal(second.length, 12);
  // The last of them was silent anyway.
  t.same(await asSaid(records, caller), upTo(34, upTo(24, upTo(13, []))));
});

await t.test('a recording of one key is toned, too, and has segments then', async (t) => {
  const { records, home, folder } = await startedStore(t);
  await records.calls.open(aCall('one'));
  const caller = tone(70);
  const seconds = Array.from({ length: 70 }, (_, second) =>
    Int16Array.from({ length: 2 * SECOND }, (_, at) =>
      at % 2 === 0 ? (caller[second * SECOND + at / 2] ?? 0) : 0,
    ),
  );
  const id = '00000000-0000-4000-8000-000000000001';
  await putOldRecording(records, home, { call: 'one', id, seconds, closed: true });
  t.same(await asSaid(records, caller), upTo(70, []));
  t.same(await records.reading.recordings.finished(), [`${id}.vrec`]);
  const hidden = [{ side: 'caller', fromMs: 65_000, toMs: 66_000 }] as const;
  t.equal(await records.transcripts.tone('one', hidden), 1);
  t.same(await asSaid(records, caller), upTo(70, [65]));
  t.match(await records.reading.recordings.of('one'), [
    { id, state: 'closed', complete: true, damaged: false, seconds: 70 },
  ]);
  const keys = openBeside(home, 'keys');
  t.teardown(() => keys.close());
  t.same(keys.prepare('SELECT * FROM recording_key').all(), [], 'its one key is destroyed');
  t.same(keys.prepare('SELECT number FROM segment_key').pluck().all(), [1, 2, 3]);
  const parts = [1, 2, 3].map((part) => `${id}.${String(part)}.vrec`);
  t.same([...readdirSync(join(folder, 'recordings'))].sort(), parts);
  await records.rights.erasures.destroyCalls(['one']);
  t.same(readdirSync(join(folder, 'recordings')), []);
  t.same(keys.prepare('SELECT * FROM segment_key').all(), []);
});

await t.test('what a version of before hid after a state that was restored is found', async (t) => {
  const { records, home } = await startedStore(t);
  await records.calls.open(aCall('one'));
  // One of now, which has no key of that kind and needs none.
  const writer = await records.recordings.open(await grantFor(records, 'one'));
  writer.write('caller', tone(1), 0);
  await writer.close();
  const seconds = [new Int16Array(2 * SECOND).fill(5), new Int16Array(2 * SECOND).fill(6)];
  const [id, anew] = ['0', '1'].map((end) => `00000000-0000-4000-8000-00000000000${end}`);
  await putOldRecording(records, home, { call: 'one', id: id ?? '', seconds, closed: true });
  const { database } = records.rights;
  await database.write('keys', { sql: 'DELETE FROM recording_key', values: [] });
  const toned = { call: 'one', id: anew ?? '', seconds, closed: true, row: false };
  await putOldRecording(records, home, toned);
  t.equal(await records.transcripts.takeUpToned(), 1);
  t.match(await records.reading.recordings.of('one'), [
    { state: 'closed', seconds: 1 },
    { id, state: 'discarded' },
    { id: anew, state: 'closed', seconds: 2 },
  ]);
  t.equal(await records.transcripts.takeUpToned(), 0);
});
