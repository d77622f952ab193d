import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
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
  return { store, run, types };
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

void t.test('looked for, and the way back, as the guide has it typed', (t) => {
  const { store, types } = storeOf(t, '1:22.11.0+dfsg-1');
  const [plan, back] = guideBlock('hardening.md', 'asterisk update --plan').map(types);
  t.match(plan, { status: 0, stdout: /an update is to be had/u });
  t.match(back, { status: 0, stdout: /22\.10\.1 in .*\/old/u });
  t.equal(readlinkSync(join(store, 'current')), 'old');
  t.end();
});
