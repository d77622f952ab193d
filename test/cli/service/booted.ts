import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import { checkoutRoot } from '../../../agent/wire/checkout.js';

const SYSTEMD = '/lib/systemd/systemd';

// systemd as process 1 of a machine of its own: this system with a layer above it (overlayfs), own processes,
// mounts, network, cgroups. Nothing outside of it is touched. pivot_root and not chroot: whoever is in a chroot
// may make no user namespace, which PrivateUsers= needs.
const BOOT = `set -e
mount -t tmpfs tmpfs "$1"
mkdir "$1/upper" "$1/layer" "$1/system"
s=$1/system
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/layer" "$s"
mount -t proc proc "$s/proc"
mount -t tmpfs tmpfs "$s/run"
mount --rbind /dev "$s/dev"
mount --bind /dev/null "$s/dev/console"
mount -t sysfs sysfs "$s/sys"
mount -t tmpfs tmpfs "$s/sys/fs/cgroup"
mount -t cgroup2 cgroup2 "$s/sys/fs/cgroup"
mkdir -p "$s/checkout" "$s/mnt/old"
mount --rbind "$2" "$s/checkout"
ip link set lo up
printf '[Unit]\\nDescription=booted by a test\\nDefaultDependencies=no\\n' > "$s/etc/systemd/system/trial.target"
cd "$s"
pivot_root . mnt/old
umount -l /mnt/old
if [ "$3" = trial ]; then exit 0; fi
exec env -i container=other PATH=/usr/sbin:/usr/bin:/sbin:/bin ${SYSTEMD} --unit=trial.target --log-target=null --show-status=no`;
const SPACES = ['--mount', '--pid', '--fork', '--net', '--uts', '--ipc', '--cgroup'];

interface Done {
  readonly status: number | null;
  readonly all: string;
}

const arguments_ = (layer: string, what: string): readonly string[] => [
  ...SPACES,
  ...['--kill-child', 'sh', '-c', BOOT, 'sh', layer, checkoutRoot, what],
];

/** Why none can be booted here; undefined if one can. */
export function cannotBoot(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root may boot a machine of its own';
  if (!existsSync(SYSTEMD)) return 'no systemd here';
  const layer = mkdtempSync(join(tmpdir(), 'vt-boot-'));
  const { status, stderr } = spawnSync('unshare', arguments_(layer, 'trial'), { encoding: 'utf8' });
  rmSync(layer, { recursive: true, force: true });
  return status === 0 ? undefined : `no machine of its own can be made here: ${stderr.trim()}`;
}

/** A machine of its own with systemd, in which this checkout lies in /checkout. */
export class Booted {
  readonly #layer = mkdtempSync(join(tmpdir(), 'vt-boot-'));
  readonly #child: ChildProcess;
  #first = 0;

  constructor(t: Test) {
    mkdirSync(this.#layer, { recursive: true });
    this.#child = spawn('unshare', arguments_(this.#layer, 'boot'), { stdio: 'ignore' });
    t.teardown(() => {
      this.#child.kill('SIGKILL');
      rmSync(this.#layer, { recursive: true, force: true });
    });
  }

  /** Waits until systemd says that it runs. */
  async running(): Promise<void> {
    const parent = String(this.#child.pid);
    while (this.#child.exitCode === null) {
      const { stdout } = spawnSync('pgrep', ['--parent', parent, 'systemd'], { encoding: 'utf8' });
      this.#first = Number(stdout.trim());
      if (
        this.#first > 0 &&
        /running|degraded/u.test(this.on('systemctl', 'is-system-running').all)
      ) {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('systemd ended');
  }

  /** Runs a program there, as root. */
  on(...command: readonly string[]): Done {
    const inside = [
      '-t',
      String(this.#first),
      '-m',
      '-p',
      '-n',
      '-u',
      '-i',
      '-C',
      '--',
      'env',
      '-i',
    ];
    const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
    const { status, stdout, stderr } = spawnSync('nsenter', [...inside, path, ...command], {
      encoding: 'utf8',
      cwd: '/',
    });
    return { status, all: stdout + stderr };
  }

  /** Waits until what a program says there fits. */
  async until(fits: RegExp, ...command: readonly string[]): Promise<string> {
    for (;;) {
      const { all } = this.on(...command);
      if (fits.test(all)) return all;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
