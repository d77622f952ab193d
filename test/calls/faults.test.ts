import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { voicedFrames } from '../../agent/audio/level.js';
import { resample } from '../../agent/audio/resample.js';
import { readWav } from '../../agent/audio/wav.js';
import { lacking, Office } from './office.js';

/** Longest run of silence in 8 kHz `pcm`, in milliseconds. */
function longestSilence(pcm: Int16Array): number {
  let [longest, run] = [0, 0];
  for (const speech of voicedFrames(pcm, 160)) {
    run = speech ? 0 : run + 20;
    longest = Math.max(longest, run);
  }
  return longest;
}

t.test('faults', { skip: lacking }, async (t) => {
  const office = await Office.open();
  t.teardown(() => office.close());

  /** A call that stays for `seconds` whatever happens; resolves with its recording's path. */
  const staying = async (name: string, seconds: number): Promise<string> => {
    const recordTo = join(office.home, `${name}.wav`);
    await office.call({ steps: [{ silence: seconds }, { 'hang-up': null }] }, { recordTo });
    return recordTo;
  };

  await t.test('daemon killed: every caller is in the fallback within 5 s', async (t) => {
    const calls = ['one', 'two', 'three'].map((name) => staying(name, 24));
    await sleep(6_000);
    const killedAt = 6_000;
    process.kill(office.pidOf('daemon'), 'SIGKILL');
    await office.until(() => office.log.includes('rescued'), 5_000, 'the supervisor rescues');
    t.match(office.log, /rescued 3 callers/u);
    const silences: number[] = [];
    for (const path of await Promise.all(calls)) {
      const { channels } = await readWav(path);
      // 8 kHz: what the caller heard in the seconds after the kill.
      const after = channels[1]!.subarray(killedAt * 8, (killedAt + 8_000) * 8);
      const heard = await office.transcribe(resample(after, 8_000, 16_000));
      t.match(heard, /moment|ringing/iu, 'the fallback speaks to the caller');
      silences.push(longestSilence(after));
    }
    t.comment(`longest silence after the kill: ${silences.map((ms) => `${ms} ms`).join(', ')}`);
    t.ok(Math.max(...silences) < 5_000, 'no silence of 5 s');
    await office.untilEmpty();
    const stored = await office.stored(3);
    t.ok(
      stored.every(({ endedBy }) => endedBy === 'interrupted'),
      'the calls are closed as interrupted',
    );
  });

  await t.test('the daemon is back and answers', async (t) => {
    const report = await office.call('goodbye');
    t.ok(report.passed, JSON.stringify(report.expectations.filter(({ met }) => !met)));
    await office.untilEmpty();
  });

  await t.test('a speech worker killed in the middle of a call: the call goes on', async (t) => {
    const calling = office.call('parking');
    await sleep(5_000);
    process.kill(office.pidOf('recogniser-1'), 'SIGKILL');
    process.kill(office.pidOf('vad'), 'SIGKILL');
    const report = await calling;
    t.ok(report.passed, JSON.stringify(report.expectations.filter(({ met }) => !met)));
    await office.untilEmpty();
  });

  await t.test(
    'Asterisk restarted: open calls are closed as interrupted, new ones answered',
    async (t) => {
      const calling = office.call({ steps: [{ silence: 8 }, { 'hang-up': null }] });
      await sleep(4_000);
      const connected = office.log.split('connected to Asterisk').length;
      process.kill(office.pidOf('asterisk'), 'SIGKILL');
      await office.until(
        () => office.log.split('connected to Asterisk').length > connected,
        15_000,
        'connected again',
      );
      const call = await office.closedCall();
      t.equal(call.endedBy, 'interrupted');
      await calling;
      const report = await office.call('goodbye');
      t.ok(report.passed, JSON.stringify(report.expectations.filter(({ met }) => !met)));
      await office.untilEmpty();
    },
  );
});
