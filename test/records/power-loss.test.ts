import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { ReadingRoom } from '../../agent/privacy/reading-room.js';
import { ALL_KEPT, chance, NOTHING_KEPT, TracedDisk, type Luck } from './lost-power.js';
import { storeOf } from './store.js';
import { readWriteLog, straceArguments, type DiskAct } from './write-log.js';

/** Moments at which the power fails; the long run takes every one at which anything was written. */
const MOMENTS = process.env.VESTIBULE_FULL === undefined ? 16 : Infinity;

const skip =
  spawnSync('strace', ['-qq', 'true']).status === 0 ? false : 'no strace here, or it may not trace';

/** What was told to be stored up to some moment, by what and of which call. */
type Told = Map<string, number>;

function note(told: Told, line: string): void {
  const words = line.trim().split(' ');
  const number = Number(words.at(-1));
  if (Number.isNaN(number)) told.set(words.join(' '), 1);
  else told.set(words.slice(0, -1).join(' '), number);
}

/** What of `told` a store does not have. */
async function lost(home: string, told: Told): Promise<readonly string[]> {
  const store = storeOf(home);
  try {
    await store.start();
    const room = new ReadingRoom(store, systemClock());
    const missing: string[] = [];
    const want = (what: string, has: number): void => {
      const wanted = told.get(what) ?? 0;
      if (has < wanted) missing.push(`${what}: ${String(has)} of ${String(wanted)}`);
    };
    const { rows, fault } = await store.reading.audit.verify();
    if (fault !== undefined) missing.push(`audit log: ${fault}`);
    want('row', rows);
    await store.calls.interruptOpen([], 10_000);
    for (const call of ['first', 'second']) {
      if (!told.has(`call ${call}`)) continue;
      const { utterances, recording, endedBy } = await room.showCall(call, 'test');
      want(`said ${call}`, utterances.length);
      want(`seconds ${call}`, recording?.seconds ?? 0);
      want(`message ${call}`, (await store.reading.messages.ofCall(call)).length);
      want(`closed ${call}`, endedBy === 'caller' ? 1 : 0);
      for (const one of await store.reading.recordings.of(call))
        for await (const { samples } of one.chunks()) want('', samples.length);
    }
    return missing;
  } catch (error) {
    return [String(error)];
  } finally {
    await store.stop();
  }
}

/** The acts after which something may be lost that was not before, thinned out to `MOMENTS`. */
function moments(acts: readonly DiskAct[]): ReadonlySet<number> {
  const all = acts.flatMap(({ does }, index) => (does === 'close' ? [] : [index]));
  const step = Math.max(1, all.length / MOMENTS);
  const some = Array.from({ length: Math.ceil(all.length / step) }, (_, n) => Math.floor(n * step));
  return new Set(some.flatMap((place) => all[place] ?? []));
}

await t.test('the power fails at any moment: nothing acknowledged is lost', { skip }, async (t) => {
  const root = mkdtempSync(join(tmpdir(), 'vestibule-power-'));
  t.teardown(() => {
    rmSync(root, { recursive: true, force: true });
  });
  const [traced, log] = [join(root, 'traced'), join(root, 'log')];
  mkdirSync(traced);
  const program = fileURLToPath(new URL('./power-child.js', import.meta.url));
  const child = [process.execPath, program, join(traced, 'home')];
  const ran = spawnSync('strace', [...straceArguments(log), ...child], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, UV_USE_IO_URING: '0' },
  });
  t.equal(ran.status, 0, 'the store was filled');

  const acts = readWriteLog(log);
  const chosen = moments(acts);
  const disk = new TracedDisk(traced);
  const told: Told = new Map();
  let tries = 0;
  for (const [index, act] of acts.entries()) {
    if (act.does === 'write' && act.fd === 1) note(told, act.bytes.toString('utf8'));
    else disk.do(act);
    if (!chosen.has(index)) continue;
    const lucks: readonly (readonly [string, Luck])[] = [
      ['nothing unsynced kept', NOTHING_KEPT],
      ['all kept', ALL_KEPT],
      ['some kept', chance(index + 1)],
    ];
    for (const [what, luck] of lucks) {
      const found = join(root, 'found');
      disk.find(found, luck);
      const missing = await lost(join(found, 'home'), told);
      tries += 1;
      if (missing.length > 0) t.fail(`${what}, after act ${String(index)}: ${missing.join('; ')}`);
      rmSync(found, { recursive: true, force: true });
    }
  }
  t.equal(told.get('row'), 12, 'to the end of it');
  t.comment(`${String(acts.length)} acts, power failed ${String(tries)} times`);
  // What a disk would do that forgets what was synced must show, or this test shows nothing.
  const forgetful = new TracedDisk(traced);
  for (const act of acts) if (act.does !== 'sync') forgetful.do(act);
  forgetful.find(join(root, 'forgot'), NOTHING_KEPT);
  t.not((await lost(join(root, 'forgot', 'home'), told)).length, 0, 'and it can be seen to fail');
});
