import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Test } from 'tap';
import type { Image } from './container-image.js';

/** Runs the container's command as compose does: root read-only, its volumes, a small /tmp, no rights. */
const START = `set -e
ip link set lo up
mount --rbind "$1" "$1"
mount -t proc proc "$1/proc"
mount --rbind /dev "$1/dev"
for volume in $2; do mount --bind "$1$volume" "$1$volume"; done
mount -o remount,bind,ro "$1"
mount -t tmpfs -o size=64m,mode=1777 tmpfs "$1/tmp"
root=$1
shift 2
exec chroot "$root" "$@"`;

/** Starts the container of an image: it gets ready, says that it is healthy, and ends when it is told to. */
export async function runs(t: Test, image: Image, within: readonly string[]): Promise<void> {
  const { root } = image;
  const [program = '', ...args] = [
    ...[...within, 'unshare', '--mount', '--net', 'sh', '-c', START, 'sh', root],
    ...[image.volumes.join(' '), ...image.command],
  ];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  t.teardown(() => {
    child.kill('SIGKILL');
  });
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
  if (!(await ready)) {
    t.fail(said.slice(-3_000));
    return;
  }
  const id = String(child.pid);
  const status = readFileSync(`/proc/${id}/status`, 'utf8');
  t.match(status, /^Uid:\s+10001\s+10001\s+10001\s+10001$/mu, 'not root');
  t.match(status, /^CapEff:\s+0+$/mu, 'and without rights');
  const inIt = (...command: readonly string[]) =>
    spawnSync('nsenter', ['--target', id, '--mount', '--net', 'chroot', root, ...command], {
      encoding: 'utf8',
    });
  t.match(
    inIt('touch', '/opt/vestibule/probe'),
    { status: 1, stderr: /Read-only file system/u },
    'not even root writes beside the volumes',
  );
  const healthy = inIt(...image.health);
  t.equal(healthy.status, 0, `its health check says so ${healthy.stderr}`);
  child.kill('SIGTERM');
  t.equal(await over, 0, said.slice(-1_000));
}
