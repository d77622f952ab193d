import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { checkoutRoot } from '../agent/wire/checkout.js';
import { Image, instructionsOf } from './container-image.js';

const lacks =
  process.env.VESTIBULE_FULL === undefined || process.getuid?.() !== 0
    ? 'runs with --full, as root'
    : spawnSync('mmdebstrap', ['--version']).status !== 0
      ? 'no mmdebstrap here (Debian package mmdebstrap)'
      : false;

t.test('instructions are read with their lines joined', (t) => {
  t.strictSame(instructionsOf('# what\nFROM a\nRUN b \\\n  && c\n'), [
    { name: 'FROM', text: 'a' },
    { name: 'RUN', text: 'b   && c' },
  ]);
  t.throws(() => instructionsOf('from a\n'), /no instruction/u);
  const image = new Image('/nowhere');
  t.throws(() => {
    image.do({ name: 'ADD', text: 'a b' });
  }, /ADD: not done here/u);
  t.end();
});

/** Runs the container's command as compose does: root read-only, its volumes, a small /tmp, no rights. */
const START = `set -e
ip link set lo up
mount --bind "$1" "$1"
mount -t proc proc "$1/proc"
mount --rbind /dev "$1/dev"
for volume in $2; do mount --bind "$1$volume" "$1$volume"; done
mount -o remount,bind,ro "$1"
mount -t tmpfs -o size=64m,mode=1777 tmpfs "$1/tmp"
root=$1
shift 2
exec chroot "$root" "$@"`;

t.test(
  'the image is built step by step, and what it runs is healthy',
  { skip: lacks, timeout: 1_800_000 },
  async (t) => {
    const root = mkdtempSync(join(tmpdir(), 'vestibule-image-'));
    t.teardown(() => {
      rmSync(root, { recursive: true, force: true });
    });
    const image = new Image(root);
    for (const step of instructionsOf(readFileSync(join(checkoutRoot, 'Dockerfile'), 'utf8'))) {
      t.comment(`${step.name} ${step.text.slice(0, 100)}`);
      try {
        image.do(step);
      } catch (error) {
        const log = join(root, 'opt/vestibule/.vestibule/npm.log');
        if (existsSync(log)) t.comment(readFileSync(log, 'utf8').slice(-3_000));
        throw error;
      }
    }
    t.throws(
      () => readFileSync(join(root, 'tmp/set-up')),
      { code: 'ENOENT' },
      'no office is in it',
    );
    const child = spawn(
      'unshare',
      [
        '--mount',
        '--net',
        'sh',
        '-c',
        START,
        'sh',
        root,
        image.volumes.join(' '),
        ...image.command,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (part: Buffer) => (said += part.toString('utf8')));
    }
    const over = new Promise((resolve) => child.once('exit', resolve));
    const ready = new Promise<boolean>((resolve) => {
      const look = setInterval(() => {
        if (!/^ready$/mu.test(said) && child.exitCode === null) return;
        clearInterval(look);
        resolve(child.exitCode === null);
      }, 200);
    });
    t.ok(await ready, said.slice(-3_000));
    const healthy = (): number | null =>
      spawnSync('nsenter', [
        '--target',
        String(child.pid),
        '--mount',
        '--net',
        'chroot',
        root,
        ...image.health,
      ]).status;
    t.equal(healthy(), 0, 'its health check says so');
    child.kill('SIGTERM');
    t.equal(await over, 0, said.slice(-1_000));
  },
);
