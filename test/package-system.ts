import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { checkoutRoot } from '../agent/wire/checkout.js';
import { guideBlock } from './guide.js';
import { SHOWN_ANSWERS } from './set-up-answers.js';

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

/** Whoever types here is root already, and keeps the environment. */
const SUDO = `#!/bin/sh
while :; do case $1 in --*) shift ;; *=*) export "$1"; shift ;; *) break ;; esac; done
exec "$@"
`;
/** What vestibule-provision would fetch is there already: that of this checkout. */
export const PROVIDED = `set -e
state=$1/.vestibule
own=/var/lib/vestibule
for model in "$state"/models/*; do ln -s "$model" $own/models/; done
mkdir -p $own/asterisk
tree=$(readlink -f "$state/asterisk/current")
ln -s "$tree" $own/asterisk/provided
ln -s provided $own/asterisk/current
cp "$tree/asterisk.lock" $own/asterisk/
[ ! -d "$state/test/heads" ] || cp -R "$state/test/heads" $own/home/heads
chown -Rh vestibule:vestibule $own`;

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
  mkdirSync(join(layer, 'upper/usr/bin'), { recursive: true });
  writeFileSync(join(layer, 'upper/usr/bin/sudo'), SUDO, { mode: 0o755 });
  const types = (t: Test, line: string): string => {
    const done = on('bash', '-c', line);
    works(t, done, line);
    return done.all;
  };
  const versionNow = () =>
    on('dpkg-query', '-W', '-f=${db:Status-Abbrev}${Version}', 'vestibule').all;
  const works = (t: Test, done: Done, what: string): void => {
    t.equal(done.status, 0, `${what}: ${done.status === 0 ? 'done' : done.all}`);
  };
  const update = (to: string, ...more: readonly string[]): Done =>
    on('vestibule', 'update', '--apply', to, ...more);

  await t.test('installed by dpkg, its scripts make the user and the folders', (t) => {
    // As the guide has it typed; it was built before, and nothing is fetched.
    const [build = '', apt = ''] = guideBlock('service.md', 'vestibule-provision');
    t.equal(build, 'scripts/package/deb');
    const here = apt.replace(/\.\/build\/package\/vestibule_[\d.]+_amd64\.deb/u, deb);
    const typed = on('bash', '-c', here.replace('install', 'install -y --no-download'));
    // Where Node.js is no package of the system, apt wants it as one.
    if (typed.status !== 0) works(t, on('dpkg', '--install', deb), `dpkg --install: ${typed.all}`);
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

  const lacking = existsSync(join(checkoutRoot, '.vestibule/asterisk/current'))
    ? {}
    : { skip: true };
  await t.test('provided for and set up, as the guide has it typed', lacking, (t) => {
    works(t, on('sh', '-c', PROVIDED, 'sh', checkoutRoot), 'what would be fetched');
    const [, , provision = '', setUp = '', start = ''] = guideBlock('service.md', 'provision');
    t.match(types(t, provision), /^extension 201: password \S+$/mu);
    const answers = '/var/lib/vestibule/answers.yaml';
    works(t, on('sh', '-c', `cat > ${answers} << 'END'\n${SHOWN_ANSWERS}END`), 'the answers');
    types(t, setUp.replace('setup', `setup --force --answers ${answers}`));
    // No systemd runs here that could start it, as one does in test/package-booted.ts.
    const started = on('bash', '-c', start);
    if (started.status !== 0) t.match(started.all, /not been booted with systemd/u, start);
    t.match(on('systemctl', 'is-enabled', 'vestibule').all, /^enabled$/mu);
    t.end();
  });

  const first = /^ii *(\S+)/u.exec(versionNow())?.[1] ?? '';

  await t.test(
    'update --apply puts another package in force, and keeps it as the way back',
    (t) => {
      const second = release(work, deb, '90.1.0');
      const at = (line: string): string =>
        line
          .replace(/--apply \S+|--plan \S+/u, (words) => `${words.split(' ')[0] ?? ''} ${second}`)
          .replace(/--previous \S+/u, `--previous ${deb}`);
      const [plan = '', apply = ''] = guideBlock('updating.md', 'update --plan').map(at);
      t.match(types(t, plan), new RegExp(`${first.replaceAll('.', '\\.')} → 90\\.1\\.0`, 'u'));
      t.match(
        on('bash', '-c', apply).all,
        /UPDATE_NO_WAY_BACK/u,
        'not without the package that is installed',
      );
      const [withPrevious = ''] = guideBlock('updating.md', '--previous').map(at);
      types(t, withPrevious);
      t.equal(versionNow(), 'ii 90.1.0');
      t.match(on('vestibule', '--version').all, /^90\.1\.0$/mu);
      works(t, on('test', '-s', '/var/lib/vestibule-releases/vestibule_90.1.0_amd64.deb'), 'kept');
      t.end();
    },
  );

  await t.test('releases in folders, as the guide has them typed', (t) => {
    const older = `set -e
      cd /opt && mkdir vestibule && dpkg-deb --extract '${deb}' first
      mv first/usr/lib/vestibule vestibule/0.1.0 && ln -s 0.1.0 vestibule/current
      mkdir -p data/home && cp vestibule/0.1.0/agent/config/example-office.yaml data/home/vestibule.yaml`;
    works(t, on('sh', '-c', older), 'the release in force');
    const shared = 'cd /opt; export VESTIBULE_HOME=/opt/data/home VESTIBULE_MODELS=/opt/none;';
    for (const line of guideBlock('updating.md', 'dpkg-deb --extract')) {
      const newer = join(work, 'vestibule_90.1.0_amd64.deb');
      types(t, `${shared} ${line.replace('vestibule_0.2.0_amd64.deb', newer)}`);
    }
    t.equal(on('readlink', '-f', '/opt/vestibule/current').all.trim(), '/opt/vestibule/0.2.0');
    t.end();
  });

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
    // And what destroys them, as the guide has it typed, of one that is installed.
    works(t, on('dpkg', '--install', deb), 'dpkg --install');
    for (const line of guideBlock('service.md', 'VESTIBULE_PURGE_DATA')) types(t, line);
    t.equal(on('test', '-e', '/var/lib/vestibule/home').status, 1, 'the data are gone');
    t.equal(on('test', '-e', '/var/lib/vestibule/home-keys').status, 1, 'and the key');
    t.end();
  });
}
