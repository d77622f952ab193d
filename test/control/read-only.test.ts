import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import t from 'tap';
import { systemClock, type Clock } from '../../agent/clock.js';
import { loadConfiguration } from '../../agent/config/load.js';
import { pathsOf } from '../../agent/config/paths.js';
import { Events } from '../../agent/events.js';
import { FileDesk } from '../../agent/house/configuration/file-desk.js';
import { Control } from '../../agent/house/control.js';
import { controlSocket } from '../../agent/house/store.js';
import { silentLog, type Log } from '../../agent/log.js';
import type { Stored } from '../../agent/reception/watched-records.js';
import { recordsErrors } from '../../agent/records/errors.js';
import { openRecords } from '../../agent/records/records.js';
import { recordsSettings } from '../../agent/records/settings.js';
import { StoreLock } from '../../agent/records/store-lock.js';
import { listens } from '../../agent/rpc/remote-rooms.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { remounted, smallDisk } from '../records/small-disk.js';
import { aCall, storeOf, temporaryHome } from '../records/store.js';

const EXAMPLE = join(checkoutRoot, 'agent/config/example-office.yaml');

/** A log of which everything that is wrong is kept. */
function keptLog() {
  const said: string[] = [];
  const keep: Log['error'] = (text, facts) => said.push(`${text} ${facts?.reason ?? ''}`);
  const log: Log = { ...silentLog, warn: keep, error: keep, part: () => log };
  return { log, said };
}

/** A clock under which nothing comes again before `goOn`. */
function heldClock() {
  const waiting: (() => void)[] = [];
  const clock: Clock = {
    ...systemClock(),
    after(_, run) {
      waiting.push(run);
      return () => undefined;
    },
  };
  return {
    clock,
    goOn: () => {
      for (const run of waiting.splice(0)) run();
    },
  };
}

/** A socket that nobody listens at, as a daemon that was killed leaves it. */
async function leaveSocket(path: string): Promise<void> {
  const listener = createServer();
  await new Promise<void>((bound) => listener.listen(path, bound));
  await rename(path, `${path}.kept`);
  await new Promise((closed) => listener.close(closed));
  await rename(`${path}.kept`, path);
}

await t.test('read-only disk: what the daemon needs starts, and says what it lacks', async (t) => {
  const disk = smallDisk(t, 24);
  if (disk === undefined) return;
  const home = join(disk, 'home');
  mkdirSync(join(home, 'run'), { recursive: true, mode: 0o700 });
  writeFileSync(join(home, 'vestibule.yaml'), readFileSync(EXAMPLE));
  const before = storeOf(home);
  await before.start();
  await before.calls.open(aCall('before'));
  await before.stop();
  const env = { ...process.env, VESTIBULE_HOME: home };
  const paths = pathsOf(env);
  const socket = controlSocket(paths);
  await leaveSocket(socket);
  t.ok(remounted(disk, 'ro'));

  const { log, said } = keptLog();
  const { clock, goOn } = heldClock();
  const settings = loadConfiguration(paths.configuration, env);
  const lock = new StoreLock(paths.run, clock);
  const records = openRecords({
    ...{ settings: settings.records, home, log, clock },
    lock: {
      take: () => lock.take('Vestibule itself', 0),
      release: () => {
        lock.release();
      },
    },
  });
  await records.serve();
  t.match(said.join('\n'), /RECORDS_NOT_WRITABLE: [^\n]*store\.lock\): EROFS\. [^\n]*writable\./u);
  const configuration = new FileDesk({
    ...{ file: paths.configuration, env, records, clock, log },
    ...{ inForce: () => settings, take: () => Promise.resolve() },
  });
  const control = new Control({
    ...{ settings, paths, clock, log, env, records, configuration },
    events: new Events<Stored>(log),
    examine: () => Promise.resolve({ findings: [], fixed: [] }),
    reload: () => Promise.resolve(),
  });
  await control.start();
  control.answering(true);
  t.teardown(async () => {
    await control.stop();
    await records.stop();
  });
  t.match(said.join('\n'), /commands cannot reach us WIRE_BIND: [^\n]*control\.sock\): EROFS\./u);
  t.notOk(await listens(socket));

  t.ok(remounted(disk, 'rw'));
  goOn();
  while (!(await listens(socket))) await new Promise(setImmediate);
  let known: readonly { readonly id: string }[] | undefined;
  while (known === undefined) known = await records.reading.calls.list(9).catch(() => undefined);
  t.match(known, [{ id: 'before' }], 'and goes on once it can be written');
  t.ok(existsSync(join(home, 'run', 'store.holder')), 'with the lock');
});

await t.test('a store that another process has open ends the start', async (t) => {
  const home = temporaryHome(t);
  const before = storeOf(home);
  await before.start();
  await before.stop();
  const { log } = keptLog();
  const inUse = recordsErrors.make('STORE_IN_USE');
  let released = 0;
  const records = openRecords({
    ...{ settings: recordsSettings.parse({}), home, log, clock: systemClock() },
    lock: {
      take: () => Promise.reject(inUse),
      release: () => {
        released += 1;
      },
    },
  });
  await t.rejects(records.serve(), { code: 'RECORDS_STORE_IN_USE' });
  await records.stop();
  t.equal(released, 0, 'what was not taken is not given back');
});
