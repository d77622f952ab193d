import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { bytesOfPcm } from '../../agent/audio/frame.js';
import { readWav } from '../../agent/audio/wav.js';
import { AuditRoom } from '../../agent/privacy/audit-room.js';
import { ReadingRoom } from '../../agent/privacy/reading-room.js';
import { openBeside } from '../records/beside.js';
import { CANARY, filesWith } from '../records/canary.js';
import { aCall, anUtterance, grantFor, startedStore, tone } from '../records/store.js';

const ANNA = { who: 'cli:anna', role: 'owner' } as const;

/** A store with calls `old` and `new`; the new one has words and three seconds of sound. */
async function furnished(t: Parameters<typeof startedStore>[0]) {
  const { home, folder, records } = await startedStore(t);
  await records.calls.open(aCall('old', { startedAt: 1_000 }));
  await records.calls.open(aCall('new', { startedAt: 2_000 }));
  await records.utterances.add(anUtterance('new', { text: CANARY }));
  const writer = await records.recordings.open(await grantFor(records, 'new'));
  writer.write('caller', tone(2.5), 0);
  writer.write('agent', tone(1, 3_000), 1_000);
  await writer.close();
  const [name = ''] = readdirSync(join(folder, 'recordings'));
  return {
    home,
    auditors: new AuditRoom(records),
    room: new ReadingRoom(records, systemClock()),
    wav: join(home, '..', 'call.wav'),
    file: join(folder, 'recordings', name),
  };
}

const auditRows = (home: string): readonly unknown[] => {
  const database = openBeside(home, 'main');
  const rows = database.prepare('SELECT who, what, subject FROM audit ORDER BY id').all();
  database.close();
  return rows;
};

await t.test('calls are listed the latest first, at most as many as asked for', async (t) => {
  const { room } = await furnished(t);
  const ids = async (limit: number): Promise<readonly string[]> =>
    (await room.listCalls({ limit, who: 'cli:anna' })).map(({ id }) => id);
  t.strictSame(await ids(10), ['new', 'old']);
  t.strictSame(await ids(1), ['new']);
  t.notMatch(
    JSON.stringify(await room.listCalls({ limit: 10, who: 'cli:anna' })),
    /Zwiebel|555/u,
    'a list holds neither words nor numbers',
  );
});

await t.test('an export is a stereo WAV: left the caller, right what was played', async (t) => {
  const { room, wav } = await furnished(t);
  await room.exportRecording('new', wav, 'cli:anna');
  const { channels, rate, seconds } = await readWav(wav);
  t.match({ rate, seconds, sides: channels.length }, { rate: 16_000, seconds: 3, sides: 2 });
  const heard = (side: number, from: number, to: number): Buffer =>
    Buffer.from(bytesOfPcm((channels[side] ?? new Int16Array(0)).slice(from, to)));
  t.ok(heard(0, 0, 40_000).equals(bytesOfPcm(tone(2.5))), 'the caller');
  t.ok(heard(0, 40_000, 48_000).every((byte) => byte === 0));
  t.ok(heard(1, 16_000, 32_000).equals(bytesOfPcm(tone(1, 3_000))), 'the agent');
  t.ok(heard(1, 0, 16_000).every((byte) => byte === 0));
  t.equal(statSync(wav).mode & 0o777, 0o600, 'for this user alone');
  t.strictSame(filesWith(join(wav, '..'), CANARY), []);
});

await t.test(
  'a part is named by the time of the call, wherever the recording begins',
  async (t) => {
    const { home, records } = await startedStore(t);
    await records.calls.open(aCall('late'));
    const writer = await records.recordings.open(await grantFor(records, 'late'));
    writer.write('caller', tone(1), 4_000);
    await writer.close();
    const room = new ReadingRoom(records, systemClock());
    const wav = join(home, '..', 'part.wav');
    await room.exportRecording('late', wav, 'cli:anna', { fromMs: 4_250, toMs: 4_750 });
    const [caller = new Int16Array()] = (await readWav(wav)).channels;
    t.equal(caller.length, 8_000, 'half a second');
    t.ok(Buffer.from(bytesOfPcm(caller)).equals(bytesOfPcm(tone(1).slice(4_000, 12_000))));
    for (const part of [
      { fromMs: 0, toMs: 3_000 },
      { fromMs: 60_000, toMs: 61_000 },
    ]) {
      await t.rejects(room.exportRecording('late', wav, 'cli:anna', part), {
        code: 'PRIVACY_NO_RECORDING',
      });
    }
  },
);

await t.test('who reads what is on record, also when there is nothing to read', async (t) => {
  const { home, room, auditors, wav } = await furnished(t);
  await room.listCalls({ limit: 5, who: 'cli:anna' });
  await room.showCall('new', 'web:ben');
  await room.exportRecording('new', wav, 'cli:anna');
  await t.rejects(room.showCall('none', 'web:ben'), { code: 'PRIVACY_NO_CALL', place: 'none' });
  await t.rejects(room.exportRecording('old', wav, 'cli:anna'), { code: 'PRIVACY_NO_RECORDING' });
  t.match(await auditors.verify(ANNA), { rows: 5, brokenAt: undefined });
  t.strictSame(auditRows(home), [
    { who: 'cli:anna', what: 'calls.list', subject: null },
    { who: 'web:ben', what: 'calls.show', subject: 'new' },
    { who: 'cli:anna', what: 'calls.export', subject: 'new' },
    { who: 'web:ben', what: 'calls.show', subject: 'none' },
    { who: 'cli:anna', what: 'calls.export', subject: 'old' },
    { who: 'cli:anna', what: 'audit.verify', subject: null },
  ]);
});

await t.test('what cannot be put on record is not given out', async (t) => {
  const { home, room, wav } = await furnished(t);
  const database = openBeside(home, 'main');
  database.exec(`CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(FAIL, ''); END`);
  database.close();
  await t.rejects(room.listCalls({ limit: 5, who: 'x' }), { code: 'RECORDS_FAILED' });
  await t.rejects(room.showCall('new', 'x'), { code: 'RECORDS_FAILED' });
  await t.rejects(room.exportRecording('new', wav, 'x'), { code: 'RECORDS_FAILED' });
  t.notOk(existsSync(wav));
});

await t.test('a row of the audit log that was changed or removed shows', async (t) => {
  for (const [sql, brokenAt] of [
    [`UPDATE audit SET who = 'nobody' WHERE id = 2`, 2],
    ['DELETE FROM audit WHERE id = 1', 1],
    ['DELETE FROM audit WHERE id = 3', 3],
  ] as const) {
    const { home, room, auditors } = await furnished(t);
    for (let reading = 0; reading < 3; reading += 1) await room.showCall('new', 'cli:anna');
    const database = openBeside(home, 'main');
    database.exec(sql);
    database.close();
    t.match(await auditors.verify(ANNA), { brokenAt }, sql);
  }
});

await t.test('a spoilt recording hides nothing of what was said', async (t) => {
  const { room, file, wav } = await furnished(t);
  const bytes = readFileSync(file);
  const spoilt = Buffer.from(bytes);
  spoilt.writeUInt8(spoilt.readUInt8(12) ^ 1, 12);
  writeFileSync(file, spoilt);
  const damaged = (seconds: number) => ({
    utterances: [{ text: CANARY }],
    recording: { seconds, state: 'damaged' },
  });
  t.match(await room.showCall('new', 'cli:anna'), damaged(2), 'a flipped bit');
  t.same(await room.exportRecording('new', wav, 'cli:anna'), [0]);
  rmSync(wav);
  rmSync(file);
  t.match(await room.showCall('new', 'cli:anna'), damaged(0), 'a file that is gone');
  await t.rejects(room.exportRecording('new', wav, 'cli:anna'), { code: 'RECORDS_FILE_GONE' });
  t.notOk(existsSync(wav), 'no half export is left');
  writeFileSync(file, bytes);
  t.match((await room.showCall('new', 'cli:anna')).recording, { seconds: 3, state: 'closed' });
});

await t.test('an export that cannot be written names the place', async (t) => {
  const { room, home } = await furnished(t);
  const place = join(home, 'no-such-folder', 'call.wav');
  await t.rejects(room.exportRecording('new', place, 'cli:anna'), {
    code: 'PRIVACY_EXPORT_UNWRITABLE',
    place,
  });
});
