import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import t from 'tap';
import { edited } from '../../../agent/config/edit.js';
import { mainMigrations } from '../../../agent/records/migrations/index.js';
import { checkoutRoot } from '../../../agent/wire/checkout.js';
import { argumentsOf, guideBlock } from '../../guide.js';

// Releases as they are: whole programs in folders of their own, with a real store between them.

const work = realpathSync(mkdtempSync(join(tmpdir(), 'vestibule-update-')));
t.teardown(() => {
  rmSync(work, { recursive: true, force: true });
});
const home = join(work, 'home');
const configuration = join(home, 'vestibule.yaml');
const next = (mainMigrations.at(-1)?.version ?? 0) + 1;

/** A release of this program under another version, with changes of its compiled files. */
async function release(
  version: string,
  changes: readonly (readonly [file: string, from: string, to: string])[] = [],
): Promise<string> {
  const folder = join(work, 'releases', version);
  mkdirSync(join(folder, 'build'), { recursive: true });
  cpSync(join(checkoutRoot, 'build/agent'), join(folder, 'build/agent'), {
    recursive: true,
    filter: (path) => !path.endsWith('.map'),
  });
  for (const name of ['agent', 'asterisk-config', 'models', 'node_modules', 'scripts']) {
    symlinkSync(join(checkoutRoot, name), join(folder, name));
  }
  const about = readFileSync(join(checkoutRoot, 'package.json'), 'utf8');
  writeFileSync(
    join(folder, 'package.json'),
    about.replace(/"version": "[^"]+"/u, `"version": "${version}"`),
  );
  for (const [file, from, to] of changes) {
    const path = join(folder, 'build/agent', file);
    const text = readFileSync(path, 'utf8');
    t.ok(text.includes(from), `${file} has what is changed`);
    writeFileSync(path, text.replace(from, to));
  }
  const manifest = pathToFileURL(join(folder, 'build/agent/house/update/manifest.js')).href;
  const { manifestOf } = (await import(manifest)) as { manifestOf: (root: string) => unknown };
  writeFileSync(join(folder, 'release.json'), JSON.stringify(manifestOf(folder)));
  return folder;
}

const current = join(work, 'releases/current');
function vestibule(...args: readonly string[]) {
  const done = spawnSync(process.execPath, [join(current, 'build/agent/main.js'), ...args], {
    env: {
      ...process.env,
      VESTIBULE_HOME: home,
      // What the doctor finds before the update too is no reason against it.
      VESTIBULE_MODELS: join(work, 'none'),
      VESTIBULE_ASTERISK: join(work, 'none'),
    },
    encoding: 'utf8',
  });
  return { ...done, all: done.stdout + done.stderr };
}
const MIGRATIONS = 'records/migrations/index.js';
const LIST = 'export const mainMigrations = [';
const CONFIGURATION = ['config/versions.js', 'export const configurationMigrations = [];'] as const;
t.test('an update: planned, failed and put back, done, cut off and put back', async (t) => {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const first = await release('1.0.0');
  symlinkSync(first, current);
  const example = readFileSync(join(checkoutRoot, 'agent/config/example-office.yaml'), 'utf8');
  writeFileSync(configuration, example);
  const identity = vestibule('backup', 'identity', join(work, 'identity'));
  t.equal(identity.status, 0, identity.all);
  const recipient = /age1[0-9a-z]+/u.exec(identity.stdout)?.[0] ?? '';
  const backups = join(work, 'backups');
  writeFileSync(configuration, edited(example, { backup: { folder: backups, recipient } }));
  const before = readFileSync(configuration, 'utf8');
  t.equal(vestibule('calls', 'list').status, 0, 'the store is made');

  const source = readFileSync(join(first, 'build/agent', MIGRATIONS), 'utf8');
  const end = source.indexOf('\n];', source.indexOf(LIST));
  const withMigration = (sql: string): readonly (readonly [string, string, string])[] => [
    [
      MIGRATIONS,
      source.slice(end - 200, end + 3),
      `${source.slice(end - 200, end)}\n{ version: ${String(next)}, sql: ${JSON.stringify(sql)} },\n];`,
    ],
  ];

  await t.test('a migration that fails: everything is as it was', async (t) => {
    const broken = await release('1.1.0', withMigration('CREATE TABLE half (a); CREATE NONSENSE'));
    const plan = vestibule('update', '--plan', broken);
    t.equal(plan.status, 0, plan.all);
    t.match(plan.stdout, new RegExp(`database main: ${String(next - 1)} → ${String(next)}`, 'u'));
    t.match(plan.stdout, /A sealed backup is made before/u);
    const done = vestibule('update', '--apply', broken);
    t.equal(done.status, 1);
    t.match(done.stderr, /^vestibule: UPDATE_ROLLED_BACK: .*migrate/u, done.all);
    t.equal(realpathSync(current), first);
    t.equal(readFileSync(configuration, 'utf8'), before);
    t.equal(vestibule('audit', 'verify').status, 0, 'the store is whole, and known to the old one');
    t.ok(existsSync(backups), 'a sealed backup was made before');
    t.notOk(existsSync(join(home, 'update/before')), 'no copy is left');
    t.notOk(existsSync(join(work, 'releases/update.json')), 'nothing is open');
  });

  await t.test('one that works: store and configuration are of the new shape', async (t) => {
    const second = await release('1.2.0', [
      ...withMigration('CREATE TABLE more (a INTEGER) STRICT'),
      [
        ...CONFIGURATION,
        `export const configurationMigrations = [{ version: 2, what: 'keep is said',
          edits: (raw) => ({ backup: { ...raw.backup, keep: 3 } }) }];`,
      ],
    ]);
    const plan = JSON.parse(vestibule('update', '--plan', second, '--json').stdout) as object;
    t.match(plan, { from: '1.0.0', to: '1.2.0', migrates: true, refusals: [] });
    const done = vestibule('update', '--apply', second);
    t.equal(done.status, 0, done.all);
    t.match(done.stdout, /^1\.0\.0 → 1\.2\.0: done$/mu);
    t.equal(realpathSync(current), second);
    t.match(readFileSync(configuration, 'utf8'), /keep: 3[^]*version: 2|version: 2[^]*keep: 3/u);
    t.notOk(existsSync(join(home, 'update/before')), 'the copy is destroyed');
    t.equal(vestibule('audit', 'verify').status, 0);
    t.equal(vestibule('check').status, 0);
    const older = vestibule('update', '--apply', first);
    t.match(older.stderr, /^vestibule: UPDATE_REFUSED: .*1\.0\.0 is older than 1\.2\.0/u);
  });

  await t.test('one that is cut off is noticed, and put back', async (t) => {
    const text = readFileSync(configuration, 'utf8');
    const third = await release('1.3.0', [
      ...withMigration('CREATE TABLE more (a INTEGER) STRICT'),
      [
        ...CONFIGURATION,
        // The machine dies while the configuration is migrated.
        `export const configurationMigrations = [{ version: 2, what: 'keep is said', edits: () => ({}) },
          { version: 3, what: 'dies', edits: () => {
            if (process.argv.includes('--migrate')) process.kill(process.ppid, 'SIGKILL');
            return { 'backup.keep': 9 };
          } }];`,
      ],
    ]);
    const done = vestibule('update', '--apply', third);
    t.equal(done.signal, 'SIGKILL', done.all);
    t.equal(realpathSync(current), third, 'it was switched already');
    t.match(vestibule('update', '--apply', third).stderr, /UPDATE_(?:UNFINISHED|REFUSED)/u);
    // As the guide has it typed.
    const [line = ''] = guideBlock('updating.md', 'update --back');
    const back = vestibule(...argumentsOf(line));
    t.equal(back.status, 0, back.all);
    t.match(back.stdout, /^1\.2\.0 is in force again$/mu);
    t.match(realpathSync(current), /1\.2\.0$/u);
    t.equal(readFileSync(configuration, 'utf8'), text);
    t.match(vestibule('update', '--back').stderr, /^vestibule: UPDATE_NOTHING_TO_UNDO/u);
  });
});
