import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { guideBlock } from '../guide.js';

const main = join(checkoutRoot, 'build', 'agent', 'main.js');
const LOCK = 'asterisk=1:22.10.1+dfsg-1 abc\n';

/** A store with two versions in it, and a machine whose mirror has `candidate`. */
function storeOf(t: Test, candidate: string) {
  const root = t.testdir({ bin: {}, store: {} });
  const store = join(root, 'store');
  for (const name of ['old', 'new']) {
    mkdirSync(join(store, name, 'usr/sbin'), { recursive: true });
    mkdirSync(join(store, name, 'usr/lib/x/asterisk/modules'), { recursive: true });
    writeFileSync(join(store, name, 'usr/sbin/asterisk'), '');
    writeFileSync(join(store, name, 'asterisk.lock'), LOCK);
  }
  symlinkSync('new', join(store, 'current'));
  symlinkSync('old', join(store, 'previous'));
  const programs = {
    'apt-get': 'exit 0',
    'apt-cache': `echo "  Candidate: ${candidate}"`,
    'dpkg-deb': 'exit 0',
  };
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(root, 'bin', name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(root, 'bin', name), 0o755);
  }
  const env = {
    ...process.env,
    PATH: `${join(root, 'bin')}:${process.env.PATH ?? ''}`,
    VESTIBULE_ASTERISK_STORE: store,
    VESTIBULE_APT_MIRROR: 'http://mirror.invalid',
  };
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [main, 'asterisk', 'update', ...args], { encoding: 'utf8', env });
  const types = (line: string) =>
    spawnSync('bash', ['-c', line], { encoding: 'utf8', env, cwd: checkoutRoot });
  return { store, run, types, programs: join(root, 'bin') };
}

void t.test('a plan says what an update would bring, and changes nothing', (t) => {
  const newer = storeOf(t, '1:22.11.0+dfsg-1');
  const before = readdirSync(newer.store).sort();
  const { stdout, status } = newer.run('--plan');
  t.match(stdout, /in use: 1:22\.10\.1.*to be had: 1:22\.11\.0.*an update is to be had/su);
  t.equal(status, 0);
  t.same(
    readdirSync(newer.store)
      .filter((name) => name !== '.busy')
      .sort(),
    before,
  );
  t.equal(readlinkSync(join(newer.store, 'current')), 'new');
  t.end();
});

void t.test('an update that does not come about leaves what is in use', (t) => {
  const { store, run } = storeOf(t, '1:22.11.0+dfsg-1');
  const { stderr, status } = run('--apply');
  t.match(stderr, /PBX_UPDATE_FAILED/u);
  t.equal(status, 1);
  t.equal(readlinkSync(join(store, 'current')), 'new');
  t.end();
});

const tree = join(checkoutRoot, '.vestibule/asterisk/current');
const skip = !existsSync(join(tree, 'usr'))
  ? 'no Asterisk here; scripts/test sets it up'
  : spawnSync('dpkg-deb', ['--version']).status !== 0 && 'no dpkg-deb here';

/** Has the mirror's package hold what `fill` puts into a folder, as version 99.1.0. */
function mirrored(programs: string, fill: (usr: string) => void): void {
  const packed = join(programs, 'packed');
  mkdirSync(join(packed, 'DEBIAN'), { recursive: true });
  const control = ['Package: asterisk', 'Version: 1:99.1.0-1', 'Architecture: all'];
  const more = ['Maintainer: a test <test@example.org>', 'Description: a stand-in', ''];
  writeFileSync(join(packed, 'DEBIAN/control'), [...control, ...more].join('\n'));
  fill(join(packed, 'usr'));
  rmSync(join(programs, 'dpkg-deb'));
  const fetched = `#!/bin/sh
case " $* " in *' install '*) ;; *) exit 0 ;; esac
for word; do case $word in Dir::Cache=*) cache=\${word#Dir::Cache=} ;; esac; done
dpkg-deb -Znone --build '${packed}' "$cache/archives/asterisk.deb" >&2
`;
  writeFileSync(join(programs, 'apt-get'), fetched);
}

void t.test('fetched and switched to, as the guide has it typed', { skip }, (t) => {
  const { store, types, programs } = storeOf(t, '1:99.1.0-1');
  // The Asterisk of this checkout, under another version.
  mirrored(programs, (usr) => {
    symlinkSync(realpathSync(join(tree, 'usr')), usr);
  });
  const [apply] = guideBlock('hardening.md', 'asterisk update --apply').map(types);
  t.equal(apply?.status, 0, apply?.stderr ?? '');
  t.match(apply?.stdout, /99\.1\.0 in /u);
  t.match(readlinkSync(join(store, 'current')), /^99\.1\.0-/u);
  t.equal(readlinkSync(join(store, 'previous')), 'new', 'the way back');
  t.end();
});

void t.test('one that lacks a module that calls need is taken back at once', { skip }, (t) => {
  const { store, run, types, programs } = storeOf(t, '1:99.1.0-1');
  mirrored(programs, (usr) => {
    // A folder of links to all of it, and one of them missing.
    spawnSync('cp', ['-rs', realpathSync(join(tree, 'usr')), usr]);
    const [snoop = ''] = readdirSync(usr, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('/res_stasis_snoop.so'),
    );
    rmSync(join(usr, snoop));
  });
  const { status, stderr } = run('--apply');
  t.match(stderr, /PBX_UPDATE_LACKS: .*res_stasis_snoop\.so/u);
  t.equal(status, 1);
  t.equal(readlinkSync(join(store, 'current')), 'new', 'what was in use is so again');
  t.equal(readlinkSync(join(store, 'previous')), 'old', 'and so is the way back that there was');
  const back = types('scripts/install-asterisk --rollback');
  t.match(back, { status: 0, stdout: /\/old$/mu }, 'which leads to what it did');
  t.equal(readlinkSync(join(store, 'current')), 'old');
  t.strictSame(
    readdirSync(store).filter((name) => name.startsWith('99.')),
    [],
    'nor is it there',
  );
  t.end();
});

void t.test('looked for, and the way back, as the guide has it typed', (t) => {
  const { store, types } = storeOf(t, '1:22.11.0+dfsg-1');
  const [plan, back] = guideBlock('hardening.md', 'asterisk update --plan').map(types);
  t.match(plan, { status: 0, stdout: /an update is to be had/u });
  t.match(back, { status: 0, stdout: /22\.10\.1 in .*\/old/u });
  t.equal(readlinkSync(join(store, 'current')), 'old');
  t.end();
});
