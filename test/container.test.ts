import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { checkoutRoot } from '../agent/wire/checkout.js';
import { guideBlock, wordsOf } from './guide.js';

const read = (name: string): string => readFileSync(join(checkoutRoot, name), 'utf8');
const HADOLINT = join(checkoutRoot, '.vestibule/scale-out/bin/hadolint');
const noCompose =
  spawnSync('docker-compose', ['--version']).status === 0 ? false : 'no docker-compose here';
const noHadolint = existsSync(HADOLINT) ? false : 'no hadolint here; scripts/test installs it';

interface Compose {
  readonly services: Readonly<
    Record<
      string,
      {
        readonly image: string;
        readonly ports: readonly string[];
        readonly volumes: readonly unknown[];
        readonly environment: Readonly<Record<string, string>>;
      }
    >
  >;
}

t.test('compose file, image and office agree on the ports of sound', (t) => {
  const { services } = parse(read('docker-compose.yml')) as Compose;
  const office = /rtp: \{ from: (\d+), to: (\d+) \}/u.exec(read('scripts/container'));
  const range = `${office?.[1] ?? ''}-${office?.[2] ?? ''}`;
  t.match(range, /^\d+-\d+$/u);
  t.match(read('Dockerfile'), new RegExp(`EXPOSE .*${range}/udp`, 'u'));
  t.ok(services.vestibule?.ports.some((port) => port.endsWith(`${range}:${range}/udp`)));
  const calls = Number(/mostCalls: (\d+)/u.exec(read('scripts/container'))?.[1]);
  const ports = Number(office?.[2]) - Number(office?.[1]) + 1;
  t.equal(calls, Math.floor(ports / 4), 'no more calls are taken than have ports');
  t.match(services.vestibule, { read_only: true, cap_drop: ['ALL'], init: true });
  const logging = { options: { 'max-size': String, 'max-file': String } };
  t.match(services.vestibule, { logging, ulimits: { core: 0 } }, 'logs end, memory is not kept');
  t.strictSame(Object.keys(services.vestibule?.environment ?? {}), ['VESTIBULE_PUBLISH']);
  t.match(read('.dockerignore'), /^\.env$/mu, 'what compose is told does not get into the image');
  const { version } = JSON.parse(read('package.json')) as { version: string };
  t.equal(services.vestibule?.image, `vestibule:${version}`, 'each release has its own tag');
  for (const port of ['5060/udp', '5060/tcp', '8443/tcp']) {
    t.ok(
      services.vestibule?.ports.some((one) => one.endsWith(`:${port}`)),
      port,
    );
    t.match(read('Dockerfile'), new RegExp(`^EXPOSE .*${port}`, 'mu'));
  }
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

t.test('compose knows what the guide has typed', { skip: noCompose }, (t) => {
  const lines = [
    ...guideBlock('container.md', 'up --build'),
    ...guideBlock('container.md', 'calls list'),
    ...guideBlock('container.md', 'compose build'),
  ];
  t.ok(lines.length > 6);
  for (const line of lines) {
    const [docker, compose, command = '', ...rest] = wordsOf(line);
    t.strictSame([docker, compose], ['docker', 'compose'], line);
    const { status, stdout } = spawnSync('docker-compose', [command, '--help'], {
      encoding: 'utf8',
    });
    t.equal(status, 0, line);
    for (const option of rest.filter((word) => word.startsWith('--'))) {
      t.match(stdout, new RegExp(`${option}\\b`, 'u'), `${line}: ${option}`);
    }
    if (command === 'exec') t.equal(rest[0], 'vestibule', `${line}: in the service of the file`);
  }
  t.end();
});

t.test('hadolint finds nothing in the Dockerfile', { skip: noHadolint }, (t) => {
  const { status, stdout } = spawnSync(HADOLINT, [join(checkoutRoot, 'Dockerfile')], {
    encoding: 'utf8',
  });
  t.equal(status, 0, stdout);
  t.end();
});
