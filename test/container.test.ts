import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { checkoutRoot } from '../agent/wire/checkout.js';

const read = (name: string): string => readFileSync(join(checkoutRoot, name), 'utf8');
const HADOLINT = join(checkoutRoot, '.vestibule/scale-out/bin/hadolint');
const noCompose =
  spawnSync('docker-compose', ['--version']).status === 0 ? false : 'no docker-compose here';
const noHadolint = existsSync(HADOLINT) ? false : 'no hadolint here; scripts/test installs it';

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
  t.match(read('Dockerfile'), /^USER 10001/mu, 'not root');
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
