import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { openBeside } from './beside.js';
import { aCall, grantFor, startedStore, tone } from './store.js';

await t.test('what cut-off toning leaves is taken away, and nothing else', async (t) => {
  const { records, folder, home } = await startedStore(t);
  const { transcripts } = records;
  await records.calls.open(aCall('one'));
  const writer = await records.recordings.open(await grantFor(records, 'one'));
  writer.write('caller', tone(2), 0);
  await writer.close();
  await records.calls.close({ call: 'one', endedAt: 9, outcome: 'message', endedBy: 'caller' });
  const files = join(folder, 'recordings');
  const [old = ''] = readdirSync(files);
  t.equal(await transcripts.tone('one', [{ side: 'caller', fromMs: 5_000, toMs: 6_000 }]), 0);
  t.same(readdirSync(files), [old], 'where nothing was recorded nothing changes');

  copyFileSync(join(files, old), join(files, '..', 'copy'));
  const keys = openBeside(home, 'keys');
  t.teardown(() => keys.close());
  const kept = (): readonly unknown[] =>
    keys.prepare('SELECT recording_id FROM recording_key').pluck().all();
  keys.exec('CREATE TEMP TABLE before AS SELECT * FROM recording_key');
  t.equal(await transcripts.tone('one', [{ side: 'caller', fromMs: 500, toMs: 1_500 }]), 1);
  const [fresh = ''] = readdirSync(files);
  t.not(fresh, old);
  const sound = await transcripts.callerSound('one');
  t.equal(sound.length, 32_000);
  const whole = tone(2);
  t.ok(sound.subarray(0, 8_000).every((one, at) => one === whole[at]));
  t.notOk(sound.subarray(8_000, 24_000).some((one) => Math.abs(one) > 1_500));
  t.ok(sound.subarray(24_000).every((one, at) => one === whole[24_000 + at]));

  t.same(kept(), [fresh.replace('.vrec', '')], 'the key of what was there is destroyed');

  // It died before the old key and file were gone, and another time before the new one had its row.
  keys.exec('INSERT INTO recording_key SELECT * FROM before');
  copyFileSync(join(files, '..', 'copy'), join(files, old));
  writeFileSync(join(files, 'nobody.vrec'), 'sealed');
  t.equal(await transcripts.sweep(), 2);
  t.same(readdirSync(files), [fresh]);
  t.same(kept(), [fresh.replace('.vrec', '')]);
  t.equal(await transcripts.sweep(), 0);
  t.equal((await transcripts.callerSound('one')).length, 32_000);
});

await t.test(
  'what is hidden in a damaged recording is gone from what is whole of it',
  async (t) => {
    const { records, folder, home } = await startedStore(t);
    await records.calls.open(aCall('one'));
    const writer = await records.recordings.open(await grantFor(records, 'one'));
    writer.write('caller', tone(4), 0);
    await writer.close();
    const files = join(folder, 'recordings');
    const [old = ''] = readdirSync(files);
    const bytes = readFileSync(join(files, old));
    // The last second: its chunk is followed by the final one, which is 45 bytes.
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 200) ^ 1, bytes.length - 200);
    writeFileSync(join(files, old), bytes);
    t.equal(await records.transcripts.tone('one', [{ side: 'caller', fromMs: 0, toMs: 1_000 }]), 1);
    const [fresh = ''] = readdirSync(files);
    t.not(fresh, old, 'the old file is gone');
    const keys = openBeside(home, 'keys');
    const kept = keys.prepare('SELECT recording_id FROM recording_key').pluck().all();
    keys.close();
    t.same(kept, [fresh.replace('.vrec', '')], 'and its key, with the second that was damaged');
    const recordings = await records.reading.recordings.of('one');
    t.same(
      recordings.map(({ state, seconds }) => `${state} ${String(seconds)}`),
      ['discarded 0', 'incomplete 3'],
    );
    const sound = await records.transcripts.callerSound('one');
    t.notOk(sound.subarray(0, 16_000).some((one) => Math.abs(one) > 1_500));
    const own = tone(3);
    t.ok(sound.subarray(16_000, 48_000).every((one, at) => one === own[16_000 + at]));
  },
);
