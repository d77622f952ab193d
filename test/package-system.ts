import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';

// Installed as an administrator does it: on this system, its packages and its users. Whatever it changes
// lands in a layer above (overlayfs, in a mount namespace of its own) and goes with the test.

const ENTER = `set -e
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/layer" "$1/system"
mount -t proc proc "$1/system/proc"
mount --rbind /dev "$1/system/dev"
mount -t tmpfs tmpfs "$1/system/run"
system=$1/system
shift
exec chroot "$system" "$@"`;

interface Done {
  readonly status: number | null;
  readonly all: string;
}

/** Runs a program of this system, as root, in the layer at `layer`. */
const enter = (layer: string, ...command: readonly string[]): Done => {
  const { status, stdout, stderr } = spawnSync(
    'unshare',
    ['--mount', 'sh', '-c', ENTER, 'sh', layer, ...command],
    { encoding: 'utf8', env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' }, cwd: '/' },
  );
  return { status, all: stdout + stderr };
};

function layerAt(layer: string): void {
  for (const name of ['upper', 'layer', 'system'])
    mkdirSync(join(layer, name), { recursive: true });
}

/** Why nothing can be installed above this system; undefined if it can. */
export function noLayer(work: string): string | undefined {
  const layer = join(work, 'trial');
  layerAt(layer);
  const { status } = enter(layer, 'true');
  rmSync(layer, { recursive: true, force: true });
  return status === 0 ? undefined : 'no overlay of this system can be made here';
}

/** The package `deb` under another version; one that is `broken` holds little, and its script fails. */
function release(work: string, deb: string, version: string, broken = false): string {
  const folder = join(work, 'unpacked');
  execFileSync('dpkg-deb', ['--raw-extract', deb, folder]);
  const edit = (file: string, make: (text: string) => string): void => {
    const path = join(folder, file);
    writeFileSync(path, make(readFileSync(path, 'utf8')));
  };
  const root = 'usr/lib/vestibule';
  edit('DEBIAN/control', (text) => text.replace(/^Version: .*$/mu, `Version: ${version}`));
  for (const file of ['DEBIAN/release.json', `${root}/package.json`, `${root}/release.json`]) {
    edit(file, (text) => text.replace(/"version": ?"[^"]+"/u, `"version": "${version}"`));
  }
  if (broken) {
    edit('DEBIAN/postinst', () => '#!/bin/sh\necho it does not fit >&2\nexit 1\n');
    rmSync(join(folder, root, 'node_modules'), { recursive: true });
    rmSync(join(folder, 'DEBIAN/md5sums'));
  }
  const made = join(work, `vestibule_${version}_amd64.deb`);
  execFileSync('dpkg-deb', ['--root-owner-group', '-Znone', '--build', folder, made], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  rmSync(folder, { recursive: true });
  return made;
}

/** Installs `deb`, updates it by itself, has an update fail, removes it. */
export async function onThisSystem(t: Test, work: string, deb: string): Promise<void> {
  const layer = join(work, 'system');
  layerAt(layer);
  const on = (...command: readonly string[]): Done => enter(layer, ...command);
  // What it depends on may be missing here, and nothing of it has to outlive a power failure.
  const forced = join(layer, 'upper/etc/dpkg/dpkg.cfg.d');
  mkdirSync(forced, { recursive: true });
  writeFileSync(join(forced, 'test'), 'force-unsafe-io\nforce-depends\n');
  const versionNow = () =>
    on('dpkg-query', '-W', '-f=${db:Status-Abbrev}${Version}', 'vestibule').all;
  const works = (t: Test, done: Done, what: string): void => {
    t.equal(done.status, 0, `${what}: ${done.status === 0 ? 'done' : done.all}`);
  };
  const update = (to: string, ...more: readonly string[]): Done =>
    on('vestibule', 'update', '--apply', to, ...more);

  await t.test('installed by dpkg, its scripts make the user and the folders', (t) => {
    works(t, on('dpkg', '--install', deb), 'dpkg --install');
    t.match(versionNow(), /^ii /u);
    t.match(on('stat', '-c', '%U %a', '/var/lib/vestibule/home').all, /^vestibule 700$/mu);
    t.notMatch(readFileSync('/etc/passwd', 'utf8'), /^vestibule:/mu, 'but not outside');
    works(t, on('systemd-analyze', 'verify', 'vestibule.service'), 'systemd knows the unit');
    const example = '/usr/lib/vestibule/agent/config/example-office.yaml';
    const yaml = '/var/lib/vestibule/home/vestibule.yaml';
    works(t, on('runuser', '-u', 'vestibule', '--', 'cp', example, yaml), 'the example office');
    works(t, on('vestibule', 'calls', 'list'), 'the store is made, by its user');
    t.match(
      on('stat', '-c', '%U', '/var/lib/vestibule/home/records/vestibule.db').all,
      /^vestibule$/mu,
    );
    t.end();
  });

  const first = /^ii *(\S+)/u.exec(versionNow())?.[1] ?? '';

  await t.test(
    'update --apply puts another package in force, and keeps it as the way back',
    (t) => {
      const second = release(work, deb, '90.1.0');
      const plan = on('vestibule', 'update', '--plan', second);
      t.match(plan.all, new RegExp(`${first.replaceAll('.', '\\.')} → 90\\.1\\.0`, 'u'));
      t.match(
        update(second).all,
        /UPDATE_NO_WAY_BACK/u,
        'not without the package that is installed',
      );
      works(t, update(second, '--previous', deb), 'update --apply');
      t.equal(versionNow(), 'ii 90.1.0');
      t.match(on('vestibule', '--version').all, /^90\.1\.0$/mu);
      works(t, on('test', '-s', '/var/lib/vestibule-releases/vestibule_90.1.0_amd64.deb'), 'kept');
      t.end();
    },
  );

  const whole = process.env.VESTIBULE_FULL === '1' ? {} : { skip: 'VESTIBULE_FULL=1 runs it' };
  await t.test('a package that fails: dpkg puts the one before back', whole, (t) => {
    const broken = release(work, deb, '90.2.0', true);
    const done = update(broken);
    t.equal(done.status, 1);
    t.match(done.all, /UPDATE_ROLLED_BACK: .*switch to 90\.2\.0: .*it does not fit; dpkg: error/u);
    t.equal(versionNow(), 'ii 90.1.0');
    t.match(on('vestibule', '--version').all, /^90\.1\.0$/mu);
    works(t, on('vestibule', 'audit', 'verify'), 'the store is whole');
    works(t, on('dpkg', '--verify', 'vestibule'), 'and every file as it was packed');
    t.end();
  });

  await t.test('removed and purged by dpkg: the program goes, records and keys stay', (t) => {
    works(t, on('dpkg', '--remove', 'vestibule'), 'dpkg --remove');
    t.match(versionNow(), /^rc /u, 'its settings stay');
    t.equal(on('test', '-e', '/usr/lib/vestibule').status, 1);
    const purged = on('dpkg', '--purge', 'vestibule');
    works(t, purged, 'dpkg --purge');
    t.match(purged.all, /records and keys stay in/u);
    t.equal(on('test', '-e', '/etc/vestibule').status, 1);
    t.equal(on('test', '-e', '/var/lib/vestibule-releases').status, 1);
    works(
      t,
      on('test', '-s', '/var/lib/vestibule/home/records/vestibule.db'),
      'the store is there',
    );
    t.end();
  });
}
