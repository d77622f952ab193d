import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { checkoutRoot } from '../agent/wire/checkout.js';

const read = (name: string): string => readFileSync(join(checkoutRoot, name), 'utf8');
const HADOLINT = join(checkoutRoot, '.vestibule/scale-out/bin/hadolint');
const noCompose =
  spawnSync('docker-compose', ['--version']).status === 0 ? false : 'no docker-compose here';
const noHadolint = existsSync(HADOLINT) ? false : 'no hadolint here; scripts/test installs it';
const CONTAINER_USER = 10_001;

interface Compose {
  readonly services: Readonly<
    Record<string, { readonly ports: readonly string[]; readonly volumes: readonly unknown[] }>
  >;
}

t.test('compose file, image and office agree on the ports of sound', (t) => {
  const { services } = parse(read('docker-compose.yml')) as Compose;
  const office = /rtp: \{ from: (\d+), to: (\d+) \}/u.exec(read('scripts/container'));
  const range = `${office?.[1] ?? ''}-${office?.[2] ?? ''}`;
  t.match(range, /^\d+-\d+$/u);
  t.match(read('Dockerfile'), new RegExp(`EXPOSE .*${range}/udp`, 'u'));
  t.ok(services.vestibule?.ports.some((port) => port.endsWith(`${range}:${range}/udp`)));
  t.match(services.vestibule, { read_only: true, cap_drop: ['ALL'], init: true });
  t.equal(services.vestibule?.volumes.length, 2, 'data, and the key apart from them');
  t.notMatch(read('docker-compose.yml'), /^\s*network_mode/mu, 'no host network is needed');
  t.match(read('Dockerfile'), /^HEALTHCHECK/mu);
  t.match(read('Dockerfile'), new RegExp(`^USER ${String(CONTAINER_USER)}`, 'mu'), 'not root');
  t.end();
});

t.test('docker-compose takes the file', { skip: noCompose }, (t) => {
  const { status, stderr, stdout } = spawnSync(
    'docker-compose',
    ['-f', join(checkoutRoot, 'docker-compose.yml'), 'config'],
    { encoding: 'utf8', env: { ...process.env, VESTIBULE_PUBLISH: '192.0.2.10' } },
  );
  t.equal(status, 0, stderr);
  t.match(stdout, /192\.0\.2\.10:5060:5060\/udp/u);
  t.end();
});

t.test('hadolint finds nothing in the Dockerfile', { skip: noHadolint }, (t) => {
  const { status, stdout } = spawnSync(HADOLINT, [join(checkoutRoot, 'Dockerfile')], {
    encoding: 'utf8',
  });
  t.equal(status, 0, stdout);
  t.end();
});

const notWhole =
  process.env.VESTIBULE_FULL === undefined || process.getuid?.() !== 0
    ? 'runs with --full, as root'
    : false;

t.test(
  'what the container runs answers calls as its user, on a root that is read-only',
  { skip: notWhole, timeout: 300_000 },
  async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'vc-'));
    const home = join(folder, 'home');
    for (const name of ['home', 'home-keys', 'root']) {
      mkdirSync(join(folder, name));
      chownSync(join(folder, name), CONTAINER_USER, CONTAINER_USER);
    }
    t.teardown(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    chownSync(folder, CONTAINER_USER, CONTAINER_USER);
    const root = join(folder, 'root');
    const inside = [
      `mount --bind ${checkoutRoot} ${root}`,
      `mount -o remount,bind,ro ${root}`,
      `exec setpriv --reuid ${String(CONTAINER_USER)} --regid ${String(CONTAINER_USER)} --clear-groups --no-new-privs --bounding-set=-all ${root}/scripts/container`,
    ].join(' && ');
    const child = spawn(
      'unshare',
      ['--mount', '--net', 'sh', '-c', `ip link set lo up && ${inside}`],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, HOME: home, VESTIBULE_HOME: home },
      },
    );
    let said = '';
    child.stdout.on('data', (part: Buffer) => (said += part.toString('utf8')));
    child.stderr.on('data', (part: Buffer) => (said += part.toString('utf8')));
    const over = new Promise<void>((resolve) => {
      child.once('exit', () => {
        resolve();
      });
    });
    const ready = new Promise<boolean>((resolve) => {
      const look = setInterval(() => {
        if (!/^ready$/mu.test(said) && child.exitCode === null) return;
        clearInterval(look);
        resolve(child.exitCode === null);
      }, 200);
    });
    t.ok(await ready, said.slice(-3_000));
    child.kill('SIGTERM');
    await over;
  },
);
