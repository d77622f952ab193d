import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Test } from 'tap';
import type { Image } from './container-image.js';
import { guideBlock, wordsOf } from './guide.js';

/** Where compose publishes it: an address of its own network, here. */
const PUBLISHED = '192.0.2.10';

/** Says what the dashboard answers at that address, and for which names its certificate is. */
const LOOK = `require('https').get(
  { host: '${PUBLISHED}', port: 8443, path: '/ready', rejectUnauthorized: false },
  (r) => { console.log(r.statusCode, r.socket.getPeerCertificate().subjectaltname); r.destroy(); },
).on('error', (e) => console.log(e.message));`;

/** Runs the container's command as compose does: root read-only, its volumes, a small /tmp, no rights. */
const START = `set -e
ip link set lo up
ip address add ${PUBLISHED}/32 dev lo
mount --rbind "$1" "$1"
mount -t proc proc "$1/proc"
mount --rbind /dev "$1/dev"
for volume in $2; do mount --bind "$1$volume" "$1$volume"; done
mount -o remount,bind,ro "$1"
mount -t tmpfs -o noexec,nosuid,nodev,size=64m,mode=1777 tmpfs "$1/tmp"
root=$1
shift 2
exec chroot "$root" "$@"`;

/** Starts the container of an image: it gets ready, says that it is healthy, and ends when it is told to. */
export async function runs(t: Test, image: Image, within: readonly string[]): Promise<void> {
  const { root } = image;
  const [program = '', ...args] = [
    ...[...within, 'unshare', '--mount', '--net', 'sh', '-c', START, 'sh', root],
    ...[image.volumes.join(' '), ...image.commandWith({ VESTIBULE_PUBLISH: PUBLISHED })],
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
  const look = (): string => inIt(...image.exec('node', '-e', LOOK)).stdout;
  let page = look();
  for (let waited = 0; !page.startsWith('200') && waited < 100; waited += 1) {
    await sleep(200);
    page = look();
  }
  t.match(page, /^200 .*IP Address:192\.0\.2\.10/u, 'the dashboard answers where it is published');
  const { stdout: pjsip } = inIt('cat', '/var/lib/vestibule/home/asterisk/etc/pjsip.conf');
  t.match(pjsip, /^external_media_address = 192\.0\.2\.10$/mu, 'and callers are told that address');
  t.match(pjsip, /^local_net = 127\.0\.0\.0\/8$/mu, 'but for calls of its own');
  const { stdout: rtp } = inIt('cat', '/var/lib/vestibule/home/asterisk/etc/rtp.conf');
  t.match(
    rtp,
    /^rtpstart = 20000\nrtpend = 20099$/mu,
    'sound keeps to the range that is published',
  );
  // As the guide has it typed, behind what brings a command into the container.
  for (const line of guideBlock('container.md', 'calls list')) {
    const { status, stdout, stderr } = inIt(...image.exec(...wordsOf(line).slice(4)));
    // The doctor ends with 1 where it finds that something of this machine is wrong.
    t.ok(status === 0 || (status === 1 && /\bdoctor$/u.test(line)), `${line}: ${stderr}`);
    t.notMatch(stdout + stderr, /EROFS|EACCES|EPERM|ENOENT/u, `${line}: nothing is out of reach`);
  }
  child.kill('SIGTERM');
  t.equal(await over, 0, said.slice(-1_000));
}
