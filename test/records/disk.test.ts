import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { aCall, storeOf } from './store.js';

const NOBODY = 65_534;
const asRoot = process.getuid?.() === 0;
const module = (name: string): string =>
  JSON.stringify(new URL(`../../agent/${name}`, import.meta.url).href);

await t.test('a store that may not be written is one clear line', async (t) => {
  const root = mkdtempSync(join(tmpdir(), 'vestibule-readonly-'));
  t.teardown(() => {
    rmSync(root, { recursive: true, force: true });
  });
  const home = join(root, 'home');
  const made = storeOf(home);
  await made.start();
  await made.stop();
  const key = join(root, 'their.key');
  copyFileSync(join(`${home}-keys`, 'root.key'), key);
  chmodSync(key, 0o400);
  if (asRoot) chownSync(key, NOBODY, NOBODY);
  for (const folder of [root, home]) chmodSync(folder, 0o755);
  for (const name of ['vestibule.db', 'keys.db']) chmodSync(join(home, 'records', name), 0o444);
  chmodSync(join(home, 'records'), 0o555);
  const program = `
    const { openRecords } = await import(${module('records/records.js')});
    const { silentLog } = await import(${module('log.js')});
    const { systemClock } = await import(${module('clock.js')});
    const records = openRecords({ settings: { folder: 'records', keySource: 'file', keyFile: '../their.key' },
      home: ${JSON.stringify(home)}, log: silentLog, clock: systemClock() });
    await records.start().then(() => console.log('opened'), (error) => console.log(error.message));
    await records.stop();`;
  // Root may write everywhere, so root lets another user try.
  const ran = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
    ...(asRoot ? { uid: NOBODY, gid: NOBODY } : {}),
  });
  t.match(ran.stdout, /^RECORDS_NOT_WRITABLE: [^\n]*\.\n$/u, ran.stderr);
});

await t.test('a full disk is one clear line; what was told stored is there', async (t) => {
  const disk = mkdtempSync(join(tmpdir(), 'vestibule-full-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk]);
  const key = `${disk}.key`;
  t.teardown(() => {
    if (mounted.status === 0) spawnSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
    rmSync(key, { force: true });
  });
  if (mounted.status !== 0) {
    t.comment('mounting a small disk needs root: left out');
    return;
  }
  const records = storeOf(join(disk, 'home'), { keyFile: key });
  await records.start();
  let refused: unknown;
  let stored = 0;
  while (refused === undefined && stored < 10_000) {
    try {
      await records.calls.open(aCall(`call-${stored}`));
      stored += 1;
    } catch (error) {
      refused = error;
    }
  }
  t.match(refused, { code: 'RECORDS_DISK_FULL', message: /^RECORDS_DISK_FULL: [^\n]+$/u });
  t.ok(stored > 10, `${stored} calls fitted`);
  t.equal((await records.reading.calls.list(20_000)).length, stored);
  await records.stop();
});
