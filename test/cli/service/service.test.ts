import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { firstClosed } from '../../../agent/cli/service/reachable.js';
import { serviceFiles } from '../../../agent/cli/service/unit.js';
import { checkoutRoot } from '../../../agent/wire/checkout.js';

const UNIT = 'etc/systemd/system/vestibule.service';
const main = join(checkoutRoot, 'build', 'agent', 'main.js');
const service = (...args: string[]): string =>
  execFileSync(process.execPath, [main, 'service', ...args], { encoding: 'utf8' });
const lacking =
  spawnSync('systemd-analyze', ['--version']).status === 0 ? false : 'no systemd-analyze';

void t.test('a plan writes nothing, an installation is taken away without a trace', (t) => {
  const into = join(t.testdir({ into: {}, sub: { home: { 'vestibule.yaml': '' } } }), 'into');
  const plan = service('install', '--plan', '--into', into);
  t.match(plan, /# \/etc\/systemd\/system\/vestibule\.service\n\[Unit\]/u);
  t.match(plan, /\$ systemctl enable vestibule\.service/u, 'not started: no office is there');
  const home = join(into, '..');
  t.match(
    service('install', '--plan', '--home', join(home, 'sub', 'home')),
    /\$ systemctl enable --now vestibule\.service/u,
  );
  t.notOk(existsSync(join(into, 'etc')));
  service('install', '--into', into, '--home', '/srv/phone/data', '--user', 'phone');
  const unit = readFileSync(join(into, UNIT), 'utf8');
  t.match(unit, /^User=phone$/mu);
  t.match(unit, /^ReadWritePaths=\/srv\/phone$/mu, 'nothing else can be written');
  t.match(
    readFileSync(join(into, 'usr/lib/tmpfiles.d/vestibule.conf'), 'utf8'),
    /d \/srv\/phone\/data-keys 0700 phone phone/u,
  );
  service('uninstall', '--into', into);
  for (const path of [
    UNIT,
    'usr/lib/sysusers.d/vestibule.conf',
    'usr/lib/tmpfiles.d/vestibule.conf',
  ]) {
    t.notOk(existsSync(join(into, path)), path);
  }
  const refused = spawnSync(process.execPath, [main, 'service', 'install', '--home', '/data']);
  t.match(refused.stderr.toString(), /^vestibule: SERVICE_HOME_NOT_NESTED/u);
  t.end();
});

void t.test('a program that its user cannot get to is found before the service is made', (t) => {
  const home = mkdtempSync(join(tmpdir(), 'vestibule-service-'));
  t.teardown(() => {
    rmSync(home, { recursive: true, force: true });
  });
  const root = join(home, 'vestibule');
  mkdirSync(join(root, 'build/agent'), { recursive: true, mode: 0o755 });
  writeFileSync(join(root, 'build/agent/main.js'), '', { mode: 0o644 });
  const place = { root, node: join(root, 'build/agent/main.js'), user: 'nobody-of-this-name' };
  t.equal(firstClosed(place), home, 'mkdtemp closes it to others, as a home is');
  chmodSync(home, 0o755);
  t.equal(firstClosed(place), undefined);
  chmodSync(join(root, 'build/agent/main.js'), 0o600);
  t.equal(firstClosed(place), join(root, 'build/agent/main.js'));
  t.equal(firstClosed({ ...place, user: userInfo().username }), undefined, 'its own may');
  t.end();
});

void t.test('homes are closed, unless what it runs lies in one', (t) => {
  const unit = (place: object): string =>
    serviceFiles({
      ...{ root: '/opt/vestibule', home: '/var/lib/vestibule/home', user: 'vestibule' },
      ...{ node: '/usr/bin/node', ...place },
    })[0]?.text ?? '';
  t.match(unit({}), /^ProtectHome=yes$/mu);
  for (const place of [
    { node: '/home/anna/.nvm/versions/node/v20.19.0/bin/node' },
    { root: '/home/anna/vestibule' },
    { home: '/root/vestibule/home' },
  ]) {
    t.match(unit(place), /^ProtectHome=read-only$/mu, JSON.stringify(place));
  }
  t.match(unit({}), /^OOMPolicy=continue$/mu, 'a worker without memory ends no call');
  t.end();
});

void t.test('systemd finds the unit well formed and closed', { skip: lacking }, (t) => {
  const into = t.testdir({});
  service('install', '--into', into, '--root', '/opt/vestibule');
  const unit = join(into, UNIT);
  const { stdout } = spawnSync(
    'systemd-analyze',
    ['security', '--offline=true', '--no-pager', unit],
    { encoding: 'utf8' },
  );
  const exposure = Number(/exposure level for \S+: ([\d.]+)/u.exec(stdout)?.[1] ?? 10);
  t.ok(exposure <= 2, stdout);
  t.comment(`systemd-analyze security: exposure ${String(exposure)} of 10`);
  const { stderr } = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' });
  t.notMatch(stderr, /Unknown (?:key|section)|Failed to parse/u, stderr);
  const text = readFileSync(unit, 'utf8');
  t.notMatch(text, /^User=root/mu);
  t.match(text, /^ProtectSystem=strict$/mu, 'the file system can only be read');
  t.end();
});
