import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import type { DoctorReport } from '../agent/cli/doctor-report.js';
import { checkoutRoot } from '../agent/wire/checkout.js';
import { productionModules } from '../scripts/package/modules.js';
import { releaseNotes } from '../scripts/release-notes.js';
import { cannotRun, onBooted } from './package-booted.js';
import { noLayer, onThisSystem } from './package-system.js';

const there = (program: string): boolean => spawnSync(program, ['--version']).status === 0;
const lacking = !there('dpkg-deb')
  ? 'no dpkg-deb here'
  : !there('systemd-sysusers')
    ? 'no systemd-sysusers here'
    : process.getuid?.() === 0
      ? false
      : 'only root makes users below another root';
const { version } = JSON.parse(readFileSync(join(checkoutRoot, 'package.json'), 'utf8')) as {
  version: string;
};

t.test('what runs is packed, what only builds and tests is not', (t) => {
  const names = new Set(productionModules(checkoutRoot).map(({ name }) => name));
  for (const name of ['fastify', 'onnxruntime-node', '@grpc/grpc-js']) t.ok(names.has(name), name);
  for (const name of ['tap', 'typescript', 'vite', 'playwright-core'])
    t.notOk(names.has(name), name);
  t.end();
});

t.test('whatever the program imports is packed with it', (t) => {
  const names = new Set(
    productionModules(checkoutRoot)
      .map(({ place }) => place)
      .filter((place) => place.lastIndexOf('node_modules/') === 0)
      .map((place) => place.slice(13)),
  );
  const agent = join(checkoutRoot, 'agent');
  const files = readdirSync(agent, { recursive: true, encoding: 'utf8' }).filter(
    // The pages are built: what they import is in them.
    (file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !file.startsWith('web/ui/'),
  );
  let seen = 0;
  for (const file of files) {
    const text = readFileSync(join(agent, file), 'utf8');
    // A type alone leaves nothing behind when it is compiled.
    for (const [, from = ''] of text.matchAll(
      /^(?:import(?! type)|export(?! type))[^'";]*from '([^'.][^']*)'|import\('([^'.][^']*)'\)/gmu,
    )) {
      if (from === '' || from.startsWith('node:')) continue;
      seen += 1;
      const name = /^(?:@[^/]+\/)?[^/]+/u.exec(from)?.[0] ?? from;
      t.ok(names.has(name), `${file}: ${name} is among the dependencies of package.json`);
    }
  }
  t.ok(seen > 80, 'the imports are found');
  t.end();
});

/** Builds the package under another umask, time zone and locale each time. */
function build(to: string, umask: string, zone: string): Promise<string> {
  const child = spawn(
    'sh',
    [
      ...['-c', `umask ${umask} && exec "$@"`, 'sh', process.execPath],
      join(checkoutRoot, 'build/scripts/package/deb.js'),
      ...['--to', to, '--compression', 'none'],
    ],
    {
      env: { ...process.env, TZ: zone, SOURCE_DATE_EPOCH: '1790000000' },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve(join(to, `vestibule_${version}_amd64.deb`));
      else reject(new Error(`exit ${String(code)}`));
    });
  });
}

t.test('the Debian package', { skip: lacking, timeout: 900_000 }, async (t) => {
  const work = mkdtempSync(join(tmpdir(), 'vestibule-deb-'));
  t.teardown(() => {
    rmSync(work, { recursive: true, force: true });
  });
  const [deb, again] = await Promise.all([
    build(join(work, 'first'), '022', 'UTC'),
    build(join(work, 'second'), '077', 'Asia/Seoul'),
  ]);
  const sum = (file: string): string =>
    createHash('sha256').update(readFileSync(file)).digest('hex');

  await t.test('two builds give the same bytes', (t) => {
    t.equal(sum(deb), sum(again));
    rmSync(again);
    t.end();
  });

  const root = join(work, 'root');
  const at = (path: string): string => join(root, path);
  mkdirSync(at('var/lib/dpkg/updates'), { recursive: true });
  mkdirSync(at('var/lib/dpkg/info'));
  mkdirSync(at('var/lib/dpkg/triggers'));
  for (const file of ['status', 'available']) writeFileSync(at(`var/lib/dpkg/${file}`), '');
  const dpkg = (env: NodeJS.ProcessEnv, ...args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync(
      'dpkg',
      // The root holds nothing but this package: what it depends on is this machine's.
      [
        `--root=${root}`,
        '--force-script-chrootless',
        '--force-depends',
        '--force-unsafe-io',
        ...args,
      ],
      { env: { ...process.env, ...env }, encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`dpkg ${args.join(' ')}: ${stderr}`);
    return stdout + stderr;
  };
  const home = at('var/lib/vestibule/home');
  const vestibule = (...args: readonly string[]) =>
    spawnSync(at('usr/bin/vestibule'), args, {
      env: {
        ...{ PATH: process.env.PATH, VESTIBULE_HOME: home },
        // Those of this checkout: the package bundles neither.
        VESTIBULE_MODELS: join(checkoutRoot, '.vestibule/models'),
        VESTIBULE_ASTERISK: join(checkoutRoot, '.vestibule/asterisk/current'),
      },
      encoding: 'utf8',
    });

  await t.test('is installed into a clean root, with its user and folders', (t) => {
    t.match(dpkg({}, '--install', deb), /vestibule-provision/u, 'what comes next is said');
    t.match(readFileSync(at('etc/passwd'), 'utf8'), /^vestibule:/mu);
    t.equal(statSync(home).mode & 0o777, 0o700);
    t.equal(statSync(`${home}-keys`).mode & 0o777, 0o700);
    t.notSame(statSync(home).uid, 0, 'they are not root’s');
    t.equal(dpkg({}, '--verify', 'vestibule'), '', 'every file is as it was packed');
    const unit = readFileSync(at('usr/lib/systemd/system/vestibule.service'), 'utf8');
    t.match(unit, /^EnvironmentFile=\/etc\/vestibule\/environment$/mu);
    t.match(unit, /^ExecStart=.* exec \/usr\/bin\/node \/usr\/lib\/vestibule\/build\//mu);
    for (const path of [
      'usr/share/man/man1/vestibule.1.gz',
      'usr/share/bash-completion/completions/vestibule',
      'usr/share/doc/vestibule/copyright',
      'usr/share/doc/vestibule/NOTICE',
      'usr/lib/vestibule/docs/guide/service.md',
    ]) {
      t.ok(statSync(at(path)).size > 0, path);
    }
    const bundled = readFileSync(at('usr/share/doc/vestibule/BUNDLED'), 'utf8');
    t.match(bundled, /^fastify \d\S+ +MIT$/mu);
    t.notMatch(bundled, /see its folder/u, 'every licence is known');
    t.notOk(existsSync(at('usr/lib/vestibule/node_modules/typescript')));
    t.end();
  });

  await t.test('runs from there, its machine code too', (t) => {
    t.equal(vestibule('--version').stdout.trim(), version);
    copyFileSync(
      at('usr/lib/vestibule/agent/config/example-office.yaml'),
      join(home, 'vestibule.yaml'),
    );
    const { findings } = JSON.parse(
      vestibule('doctor', '--offline', '--json').stdout,
    ) as DoctorReport;
    const statusOf = (id: string) => findings.find((one) => one.id === id)?.status;
    for (const id of ['node.version', 'config.valid', 'clock.plausible', 'paths.sockets']) {
      t.equal(statusOf(id), 'ok', id);
    }
    const listed = vestibule('calls', 'list', '--json');
    t.equal(listed.status, 0, listed.stderr);
    t.ok(existsSync(join(home, 'records/vestibule.db')), 'the store was made');
    t.end();
  });

  await t.test('removed, data and settings stay; purged, data stay unless it is said', (t) => {
    writeFileSync(at('var/lib/vestibule/models/some.onnx'), 'x');
    dpkg({}, '--remove', 'vestibule');
    t.notOk(existsSync(at('usr/bin/vestibule')));
    t.notOk(existsSync(at('usr/lib/vestibule')));
    t.ok(existsSync(at('etc/vestibule/environment')));
    t.ok(existsSync(at('var/lib/vestibule/models/some.onnx')));
    t.match(dpkg({}, '--purge', 'vestibule'), /records and keys stay in/u);
    t.notOk(existsSync(at('etc/vestibule')));
    t.notOk(existsSync(at('var/lib/vestibule/models')), 'what can be fetched again goes');
    t.ok(existsSync(join(home, 'records/vestibule.db')));
    // The package's own script, as dpkg runs it at the end of a purge.
    execFileSync('dpkg-deb', ['--control', deb, join(work, 'control')]);
    execFileSync(join(work, 'control/postrm'), ['purge'], {
      env: { ...process.env, DPKG_ROOT: root, VESTIBULE_PURGE_DATA: 'yes' },
    });
    t.notOk(existsSync(at('var/lib/vestibule')));
    t.end();
  });

  const unfit = noLayer(work);
  await t.test('on this system itself', { skip: unfit ?? false }, (t) =>
    onThisSystem(t, work, deb),
  );

  await t.test('run by systemd', { skip: cannotRun() }, (t) => onBooted(t, deb));
});

t.test('the notes of a release are its part of the changelog', (t) => {
  const text = '# Changes\n\n## [11.0] 2026\n\nnew\n\n## 1.0\n\n### Fixed\n\n- old\n';
  t.equal(releaseNotes(text), 'new');
  t.equal(releaseNotes(text, '1.0'), '### Fixed\n\n- old');
  t.throws(() => releaseNotes(text, '2.0'), /no part for 2\.0/u);
  const ours = readFileSync(join(checkoutRoot, 'CHANGELOG.md'), 'utf8');
  t.ok(releaseNotes(ours, version).length > 100, 'this version has notes');
  t.end();
});

t.test('what cannot be built says why', (t) => {
  const run = (...args: readonly string[]): string => {
    try {
      execFileSync(
        process.execPath,
        [join(checkoutRoot, 'build/scripts/package/deb.js'), ...args],
        {
          encoding: 'utf8',
          stdio: 'pipe',
        },
      );
      return '';
    } catch (error) {
      return (error as { stderr: string }).stderr;
    }
  };
  t.match(run('--compression', 'rar'), /^package: --compression is xz, zstd or none/u);
  t.match(run('--nonsense'), /^package: /u);
  t.end();
});
