import { readdirSync } from 'node:fs';
import { get } from 'node:https';
import { connect } from 'node:net';
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

/** The long run of scripts/test --full. */
const FULL = process.env.VESTIBULE_FULL !== undefined;
/** Calls that stand when the daemon is killed, moments at which callers hang up, short calls in a row. */
const LIVE = FULL ? 20 : 3;
const HANG_UPS = FULL ? 40 : 8;
const SHORT_CALLS = FULL ? 10_000 : 24;
const AT_ONCE = 8;

/** Status of `path` at the dashboard; 0 while nobody answers there. */
const statusOf = (url: string, path: string): Promise<number> =>
  new Promise((resolve) => {
    const asked = get(
      new URL(path, url),
      { rejectUnauthorized: false, timeout: 1_000 },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => {
      resolve(0);
    });
  });

/** Whether somebody listens on a TCP port of loopback. */
const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });

/** Files and sockets that a process has open. */
const openFiles = (pid: number): number => readdirSync(`/proc/${String(pid)}/fd`).length;

const p95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? 0;

t.test('faults', { skip: lacking }, async (t) => {
  const office = await Office.open({}, 'example-office.yaml', { mostCalls: 40 });
  t.teardown(() => office.close());

  /** A call that stays for `seconds` whatever happens; resolves with its recording's path. */
  const staying = async (name: string, seconds: number): Promise<string> => {
    const recordTo = join(office.home, `${name}.wav`);
    await office.call({ steps: [{ silence: seconds }, { 'hang-up': null }] }, { recordTo });
    return recordTo;
  };

  await t.test('daemon killed: every caller is in the fallback within 5 s', async (t) => {
    const calls = Array.from({ length: LIVE }, (_, at) => staying(`live-${String(at)}`, 24));
    await sleep(6_000);
    const killedAt = 6_000;
    process.kill(office.pidOf('daemon'), 'SIGKILL');
    await office.until(() => office.log.includes('rescued'), 5_000, 'the supervisor rescues');
    t.match(office.log, new RegExp(`rescued ${String(LIVE)} callers`, 'u'));
    const silences: number[] = [];
    for (const path of await Promise.all(calls)) {
      const { channels } = await readWav(path);
      // 8 kHz: what the caller heard in the seconds after the kill.
      const after = channels[1]!.subarray(killedAt * 8, (killedAt + 8_000) * 8);
      const heard = await office.transcribe(resample(after, 8_000, 16_000));
      t.match(heard, /moment|ringing/iu, 'the fallback speaks to the caller');
      silences.push(longestSilence(after));
    }
    t.comment(`${String(LIVE)} live calls: silence p95 ${String(p95(silences))} ms after the kill`);
    t.ok(p95(silences) < 5_000, 'no silence of 5 s');
    await office.untilEmpty();
    await office.until(
      async () => (await office.stored(LIVE)).every(({ endedAt }) => endedAt !== undefined),
      60_000,
      'the next daemon closes them',
    );
    // What callers say after the tone of the fallback may be calls of their own.
    const stored = (await office.stored()).filter(({ endedBy }) => endedBy === 'interrupted');
    t.equal(stored.length, LIVE, 'the calls are closed as interrupted');
    const lost = stored.map(({ recording }) => 6 - (recording?.seconds ?? 0));
    t.comment(`audio kept: ${String(6 - Math.max(...lost))} s or more of the 6 s before the kill`);
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
    'Asterisk restarted: open calls are closed as interrupted, /ready is 503, new ones answered',
    async (t) => {
      const calling = office.call({ steps: [{ silence: 8 }, { 'hang-up': null }] });
      await sleep(4_000);
      t.equal(await statusOf(office.dashboard, '/ready'), 200);
      const connected = office.log.split('connected to Asterisk').length;
      process.kill(office.pidOf('asterisk'), 'SIGKILL');
      let [refused, opened, ready] = [0, 0, 0];
      const watch = async (): Promise<void> => {
        while (ready === 0) {
          if (opened === 0 && refused > 0 && (await listens(office.ariPort))) {
            opened = performance.now();
          }
          const status = await statusOf(office.dashboard, '/ready');
          if (status === 503) refused = performance.now();
          if (status === 200 && refused > 0) ready = performance.now();
          await sleep(20);
        }
      };
      const watching = watch();
      await office.until(
        () => office.log.split('connected to Asterisk').length > connected,
        15_000,
        'connected again',
      );
      await office.until(() => ready > 0, 10_000, '/ready says 200 again');
      await watching;
      t.ok(refused > 0, '/ready said 503');
      const ms = Math.max(0, Math.round(ready - (opened === 0 ? refused : opened)));
      t.ok(ms < 3_000, `within 3 s`);
      t.comment(`ready ${String(ms)} ms after the port opened`);
      const call = await office.closedCall();
      t.equal(call.endedBy, 'interrupted');
      await calling;
      const report = await office.call('goodbye');
      t.ok(report.passed, JSON.stringify(report.expectations.filter(({ met }) => !met)));
      await office.untilEmpty();
    },
  );

  await t.test('ARI socket half open: noticed within 10 s, and connected again', async (t) => {
    const asterisk = office.pidOf('asterisk');
    const before = office.log.split('lost Asterisk').length;
    const at = performance.now();
    process.kill(asterisk, 'SIGSTOP');
    try {
      await office.until(
        () => office.log.split('lost Asterisk').length > before,
        12_000,
        'noticed',
      );
      t.comment(`half-open socket: noticed after ${String(Math.round(performance.now() - at))} ms`);
      t.ok(performance.now() - at < 10_000);
    } finally {
      process.kill(asterisk, 'SIGCONT');
    }
    await office.until(
      async () => (await statusOf(office.dashboard, '/ready')) === 200,
      10_000,
      'ready again',
    );
  });

  await t.test('a caller may hang up at any moment: nothing is left behind', async (t) => {
    const daemon = office.pidOf('daemon');
    const asterisk = office.pidOf('asterisk');
    const before = (await office.stored()).length;
    const files = [openFiles(daemon), openFiles(asterisk)];
    for (let from = 0; from < HANG_UPS; from += AT_ONCE) {
      const moments = Array.from({ length: AT_ONCE }, (_, at) => 0.15 * (1 + from) + 0.6 * at);
      await Promise.all(
        moments.map((silence) => office.call({ steps: [{ silence }, { 'hang-up': null }] })),
      );
    }
    await office.untilEmpty();
    const stored = await office.stored(HANG_UPS + before);
    t.equal(stored.length, before + HANG_UPS);
    await office.until(
      async () => (await office.stored(HANG_UPS)).every(({ endedAt }) => endedAt !== undefined),
      10_000,
      'each is closed',
    );
    const orphans = (await office.stored(HANG_UPS)).filter(({ endedBy }) => endedBy !== 'caller');
    t.strictSame(orphans, [], 'as ended by the caller');
    t.comment(`${String(HANG_UPS)} moments of hanging up: ${String(orphans.length)} orphans`);
    // A file that is being closed may stand for a moment.
    await office.until(
      () => openFiles(daemon) <= (files[0] ?? 0) + 4 && openFiles(asterisk) <= (files[1] ?? 0) + 4,
      10_000,
      'no file and no socket is left',
    );
  });

  await t.test('short calls in a row leave no channel, bridge, socket or file', async (t) => {
    const daemon = office.pidOf('daemon');
    const asterisk = office.pidOf('asterisk');
    const files = [openFiles(daemon), openFiles(asterisk)];
    for (let count = 0; count < SHORT_CALLS; count += AT_ONCE) {
      await Promise.all(
        Array.from({ length: AT_ONCE }, () =>
          office.call({ steps: [{ silence: 0.4 }, { 'hang-up': null }] }),
        ),
      );
    }
    await office.until(
      async () => {
        const { channels, bridges } = await office.standing();
        return channels.length + bridges.length === 0;
      },
      20_000,
      'nothing stands in Asterisk, without the reaper',
    );
    const leaked = (): readonly number[] =>
      [openFiles(daemon), openFiles(asterisk)].map((now, index) => now - (files[index] ?? 0));
    // Sockets that are being closed stand for seconds.
    await office.until(() => leaked().every((count) => count <= 4), 40_000, 'no file is left');
    const { channels, bridges } = await office.standing();
    t.comment(
      `${String(SHORT_CALLS)} short calls: ${String(channels.length)} channels, ` +
        `${String(bridges.length)} bridges, ${leaked().join(' and ')} files more than before`,
    );
  });

  await t.test('a drain under load: no call is dropped, and the next daemon answers', async (t) => {
    const daemon = office.pidOf('daemon');
    const running = Array.from({ length: FULL ? 6 : 2 }, () => office.call('goodbye'));
    await sleep(2_500);
    process.kill(daemon, 'SIGUSR2');
    await office.until(
      async () => (await statusOf(office.dashboard, '/ready')) === 503,
      3_000,
      'not ready any more',
    );
    const late = office.call({ steps: [{ silence: 2 }, { 'hang-up': null }] });
    const reports = await Promise.all(running);
    const dropped = reports.filter(({ passed }) => !passed);
    t.strictSame(
      dropped.map(({ expectations }) => expectations.filter(({ met }) => !met)),
      [],
    );
    await late;
    await office.until(
      async () => (await statusOf(office.dashboard, '/ready')) === 200,
      60_000,
      'the next daemon is ready',
    );
    t.not(office.pidOf('daemon'), daemon);
    t.comment(`drain: ${String(dropped.length)} of ${String(reports.length)} calls dropped`);
    const report = await office.call('goodbye');
    t.ok(report.passed, 'it answers');
  });
});
