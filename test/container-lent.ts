import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkoutRoot } from '../agent/wire/checkout.js';
import type { Base } from './container-base.js';
import { PATH, type Image } from './container-image.js';

// The image on this machine's own system: whatever a step changes lands in a layer above it (overlayfs, in memory
// and in a mount namespace of its own) and goes with the test. What the steps would fetch is lent by this checkout.

/** The layer stands for as long as its stdin does: whatever ends us, ends it. */
const HOLD = `set -e
mount -t tmpfs -o size=3g tmpfs "$1"
mkdir "$1/upper" "$1/layer" "$1/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/layer" "$1/root"
mount -t tmpfs -o mode=1777 tmpfs "$1/root/tmp"
echo held
exec cat >/dev/null`;

/** Says which packages the system has already, and installs none. */
const APT_GET = `#!/bin/sh
[ "$1" = install ] || exit 0
shift
for package; do
  case $package in -*) continue ;; esac
  if dpkg-query -W -f '\${Status}' "$package" 2>/dev/null | grep -q 'ok installed'; then
    here="$here $package"
  else
    missing="$missing $package"
  fi
done
echo "lent by this system:$here"
[ -z "$missing" ] || echo "neither lent nor installed:$missing"
`;

/** Fetches nothing. */
const NPM = `#!/bin/sh
echo 'npm: packages are lent, and the ones here are not those of package-lock.json' >&2
exit 1
`;

/** What was fetched and compiled, with the marks by which scripts know of what. */
const LENT = [
  ...['node_modules', 'build'],
  ...['.vestibule/asterisk', '.vestibule/models', '.vestibule/marks'],
];
const FRESH = `source scripts/lib.sh
for what in npm compile pages; do done_before "$what" "$("$what"_mark)" || exit 1; done`;
/** Trained and rendered by tests before, if any were. */
const MADE = ['heads', 'prompts'];

const script = (image: Image, text: string, ...args: readonly string[]): void => {
  image.on('sh', '-ec', text, 'sh', ...args);
};

/** Why nothing can be lent here, or false. */
export function cannotLend(): string | false {
  if (process.getuid?.() !== 0) return 'not root: no layer can be laid above this system';
  if (!PATH.split(':').includes(dirname(process.execPath)))
    return 'Node.js lies where the image does not look for programs';
  const missing = LENT.find((name) => !existsSync(join(checkoutRoot, name)));
  if (missing !== undefined) return `no ${missing} here that could be lent; scripts/test makes it`;
  if (spawnSync('bash', ['-c', FRESH], { cwd: checkoutRoot }).status !== 0)
    return 'what is compiled here is not of these sources; scripts/test makes it so';
  const trial = `mount -t tmpfs tmpfs /mnt && mkdir /mnt/u /mnt/w /mnt/r &&
    mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/u,workdir=/mnt/w /mnt/r`;
  return spawnSync('unshare', ['--mount', 'sh', '-c', trial]).status === 0
    ? false
    : 'no overlay of this system can be made here';
}

/** This machine's system as the base of an image, above which a layer is held until `end`. */
export class LentBase implements Base {
  readonly env = {};
  readonly #folder: string;
  readonly #holder: ChildProcess;

  private constructor(folder: string, holder: ChildProcess) {
    this.#folder = folder;
    this.#holder = holder;
  }

  /** `folder` is empty and stays so for everybody else. */
  static async hold(folder: string): Promise<LentBase> {
    const holder = spawn('unshare', ['--mount', 'sh', '-c', HOLD, 'sh', folder], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const base = new LentBase(folder, holder);
    await Promise.race([once(holder.stdout, 'data'), once(holder, 'exit')]);
    if (holder.exitCode !== null) throw new Error('no layer could be laid above this system');
    return base;
  }

  get root(): string {
    return join(this.#folder, 'root');
  }

  get within(): readonly string[] {
    return ['nsenter', '--target', String(this.#holder.pid), '--mount', '--'];
  }

  make(): void {
    // The layer is the base; made when it was held.
  }

  /** Takes the layer away. */
  async end(): Promise<void> {
    const gone = once(this.#holder, 'exit');
    if (this.#holder.exitCode !== null) return;
    this.#holder.stdin?.end();
    await gone;
  }
}

/** Programs of the system that would fetch say instead what is there. */
export function lendPrograms({ root }: LentBase, image: Image): void {
  // One that is there may be a link.
  const place = 'rm -f "$1" && printf %s "$2" > "$1" && chmod 755 "$1"';
  script(image, place, join(root, 'usr/local/bin/apt-get'), APT_GET);
  script(image, place, join(root, 'usr/local/bin/npm'), NPM);
}

/**
 * Lends the checkout in the image's folder `at` what this one has fetched and compiled, and the office of its set-up
 * in `setUp` and that of its first start in `home` what tests have made before. Returns what was lent.
 */
export function lend(
  image: Image,
  { at, setUp, home, owner }: Record<'at' | 'setUp' | 'home' | 'owner', string>,
): readonly string[] {
  const inside = (path: string): string => join(image.root, path);
  for (const name of LENT) {
    script(
      image,
      'mkdir -p "$2" && mount --bind "$1" "$2" && mount -o remount,bind,ro "$2"',
      ...[join(checkoutRoot, name), join(inside(at), name)],
    );
  }
  const copy = 'mkdir -p "$2" && cp -R "$1/." "$2" && chown -R "$3" "$2"';
  script(image, 'chown "$1" "$2"', owner, join(inside(at), '.vestibule'));
  const made = MADE.filter((name) => existsSync(join(checkoutRoot, '.vestibule/test', name)));
  script(image, 'mkdir -m 700 "$1" && chown "$2" "$1"', inside(setUp), owner);
  for (const name of made) {
    const from = join(checkoutRoot, '.vestibule/test', name);
    if (name === 'heads') script(image, copy, from, join(inside(setUp), name), owner);
    script(image, copy, from, join(inside(home), name), owner);
  }
  return [...LENT, ...made.map((name) => `the office's ${name}`)];
}
