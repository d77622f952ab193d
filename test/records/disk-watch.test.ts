import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { silentLog, type Log } from '../../agent/log.js';
import { DiskWatch } from '../../agent/records/disk-watch.js';
import { FakeClock } from '../telephony/fake-clock.js';

/** The limit of FAULTS.md: so long after the disk is full somebody is told, in milliseconds. */
const TOLD_WITHIN_MS = 60_000;
const STEP_MS = 1_000;

/** A disk of 24 MB of which 8 are kept, whose watch runs by a clock that the test holds; undefined without root. */
async function watched(t: Test) {
  const disk = mkdtempSync(join(tmpdir(), 'vestibule-watch-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk]).status === 0;
  t.teardown(() => {
    if (mounted) spawnSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
  });
  if (!mounted) {
    t.comment('mounting a small disk needs root: left out');
    return undefined;
  }
  const clock = new FakeClock();
  const [told, errors]: [boolean[], (string | undefined)[]] = [[], []];
  const log: Log = { ...silentLog, error: (_, facts) => errors.push(facts?.code) };
  const report = (_kind: string, works: boolean): void => {
    told.push(works);
  };
  const watch = new DiskWatch({
    ...{ folder: disk, reserveMegabytes: 8, alarms: { report }, clock, log },
  });
  await watch.start();
  t.teardown(() => watch.stop());
  /** Lets time pass, a second at once; each look has come back before the next second. */
  const passes = async (ms: number, until = (): boolean => false): Promise<number> => {
    const from = clock.now();
    while (clock.now() - from < ms && !until()) {
      clock.advance(STEP_MS);
      while (clock.waiting === 0) await sleep(1);
    }
    return clock.now() - from;
  };
  const others = join(disk, 'others');
  return {
    ...{ told, errors, passes },
    fill: (bytes: number) => {
      writeFileSync(others, Buffer.alloc(bytes));
    },
    empty: () => {
      rmSync(others);
    },
  };
}

await t.test('a full disk is told of within a minute, and that it has room again', async (t) => {
  const disk = await watched(t);
  if (disk === undefined) return;
  const { told, errors, passes } = disk;
  await passes(90_000);
  t.strictSame(told, [true], 'all is well: told once, for an alarm of an earlier life');
  disk.fill(18_000_000);
  const ms = await passes(10 * TOLD_WITHIN_MS, () => told.includes(false));
  t.ok(ms <= TOLD_WITHIN_MS);
  t.comment(
    `disk full: the alarm is raised after ${String(ms / 1_000)} s of the clock, nobody calling`,
  );
  t.strictSame(errors, ['RECORDS_DISK_FULL']);
  const before = told.length;
  await passes(60_000);
  t.ok(told.length > before && told.slice(before).every((works) => !works), 'tried until stored');
  t.equal(errors.length, 1, 'the log has it once');
  disk.fill(16_700_000);
  await passes(60_000);
  t.equal(told.at(-1), false, 'as much as the reserve is not enough to begin anew');
  disk.empty();
  await passes(60_000);
  t.equal(told.filter((works) => works).length, 2, 'told once that there is room');
  t.equal(told.at(-1), true);
});
