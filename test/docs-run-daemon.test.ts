import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { Reloads } from '../agent/house/reload.js';
import { silentLog } from '../agent/log.js';
import { PidFile } from '../agent/supervisor/pid-file.js';
import { daemonIn, officeHome, vestibule } from './control/house.js';
import { blocks, nameOf, typed, WITH_DAEMON, argumentsOf } from './guide.js';

// The commands of the guide that a running daemon answers, as they stand there.

t.test('what asks a daemon runs beside one', async (t) => {
  const home = officeHome(t);
  const rung: string[] = [];
  const { paths, records, noticed } = await daemonIn(t, home, (wanted) => {
    rung.push(`${wanted.extension} ${wanted.number}`);
    return Promise.resolve();
  });
  const [first] = await records.reading.messages.list(1, []);
  const text = readFileSync(paths.configuration, 'utf8');
  // A reload is asked of the daemon by a signal.
  new PidFile(join(paths.run, 'supervisor.pid')).note('daemon', process.pid);
  const reloads = new Reloads(paths, {}, silentLog, () => Promise.resolve());
  const heard = (): void => void reloads.reload();
  process.on('SIGHUP', heard);
  t.teardown(() => process.off('SIGHUP', heard));
  // Versions to look at, as changes by hand make them.
  for (const version of [2, 3, 4, 5]) {
    writeFileSync(paths.configuration, `${text}# change ${String(version)}\n`);
    await noticed();
  }
  writeFileSync(paths.configuration, `${text}# a change by hand\n`);
  const asked = blocks.filter(({ word }) => word === WITH_DAEMON);
  for (const block of asked) {
    for (const line of typed(block)) {
      const args = argumentsOf(line).map((word) => (word === 'MESSAGE' ? (first?.id ?? '') : word));
      const { status, stdout, stderr } = await vestibule(home, ...args);
      t.equal(status, 0, `${nameOf(block)}: ${line}: ${status === 0 ? 'runs' : stdout + stderr}`);
    }
  }
  t.match(readFileSync(paths.configuration, 'utf8'), /# change 4\n$/u, 'rolled back to version 4');
  t.equal(rung.length, 1, 'the telephone that was named is to ring');
  t.ok(asked.length >= 2, `${String(asked.length)} are run`);
});
