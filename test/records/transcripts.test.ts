import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { aCall, anUtterance, grantFor, startedStore, tone } from './store.js';

await t.test('second hearings, beside what was heard in the call', async (t) => {
  const { records, folder } = await startedStore(t);
  const { transcripts, reading } = records;
  await records.calls.open(aCall('one'));
  const writer = await records.recordings.open(await grantFor(records, 'one'));
  writer.write('caller', tone(1), 2_500);
  writer.write('agent', tone(1, 3_000), 500);
  await records.utterances.add(anUtterance('one', { atMs: 2_500, lengthMs: 900 }));
  await records.utterances.add(anUtterance('one', { party: 'agent', text: 'hello' }));
  t.equal(await transcripts.next(), undefined, 'a call under way is left alone');
  await writer.close();
  await records.calls.close({
    call: 'one',
    endedAt: 9_000,
    outcome: 'answered',
    endedBy: 'caller',
  });
  await records.calls.open(aCall('unrecorded', { startedAt: 10 }));
  await records.calls.close({
    call: 'unrecorded',
    endedAt: 20,
    outcome: 'answered',
    endedBy: 'agent',
  });

  t.same(await transcripts.next(), { id: 'one', language: 'en', startedAt: 1_000 });
  const sound = await transcripts.callerSound('one');
  t.equal(sound.length, 4 * 16_000, 'whole seconds from the start of the call');
  t.ok(
    sound.subarray(0, 40_000).every((sample) => sample === 0),
    'only the caller',
  );
  t.ok(Math.max(...sound.subarray(40_000, 50_000)) > 7_000);

  const [turn] = await transcripts.turns('one');
  t.match(turn, { atMs: 2_500, lengthMs: 900, text: 'the purple giraffe limps' });
  t.equal((await transcripts.turns('one')).length, 1, 'the turns of the caller');
  const differences = [{ kind: 'phone', live: '4155550142', second: '4155550143' }];
  const heard = { call: 'one', turn: turn?.id ?? 0, at: 10_000, engine: 'moonshine' };
  await transcripts.keep({ ...heard, text: 'the crimson giraffe limps', differences });
  await transcripts.keep({ ...heard, text: 'never twice', differences: [] });
  t.same(
    (await transcripts.turns('one')).map(({ again }) => again),
    [true],
    'it goes on where it was',
  );
  t.same(await transcripts.differences('one'), differences);
  const utterances = await reading.calls.utterances('one');
  t.equal(utterances[0]?.secondHearing, undefined);
  t.equal(utterances[1]?.text, 'the purple giraffe limps', 'the first text stays');
  t.same(utterances[1]?.secondHearing, {
    ...{ text: 'the crimson giraffe limps', engine: 'moonshine' },
    differences,
  });

  await transcripts.settle('one', 11_000);
  t.equal(await transcripts.next(), undefined);
  await records.stop();
  for (const file of readdirSync(folder).filter((name) => name.includes('.db'))) {
    const bytes = readFileSync(join(folder, file));
    t.notOk(bytes.includes('crimson') || bytes.includes('4155550143'), `${file} is sealed`);
  }
});
