import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { lendKept } from './kept.js';

/** Why none can be had, or false. */
export const noOwnCheckout = (): string | false =>
  spawnSync('unshare', ['--net', '--mount', 'true']).status === 0
    ? false
    : 'only root makes network namespaces';

/** Where everything listens at its usual port, and nothing else does. */
const ALONE = 'ip link set lo up && mount --bind "$1" /etc/hosts && shift && exec "$@"';
/** What is there already is neither fetched nor compiled again. */
const SET_UP = `source scripts/lib.sh
mark_done npm "$(npm_mark)"
mark_done compile "$(compile_mark)"
mark_done pages "$(pages_mark)"`;
/** What npm and the tests read. */
const DOT_FILES = new Set(['.npmrc', '.taprc']);
/** Of this checkout's state: what is an office's, or of a run of the tests. */
const NOT_LENT = /^(?:home|marks|.*\.(?:log|tap|err|json)|again|faults|queue-.*)$/u;

export interface Typed {
  readonly status: number | null;
  readonly all: string;
}

/** A checkout in which a newcomer types, with what was fetched, and no office yet; on a network of its own. */
export class OwnCheckout {
  readonly folder = mkdtempSync(join(tmpdir(), 'vo-'));
  readonly home = join(this.folder, '.vestibule/home');
  readonly #running = new Set<ChildProcess>();

  constructor() {
    const lend = (name: string): void => {
      symlinkSync(join(checkoutRoot, name), join(this.folder, name));
    };
    mkdirSync(this.home, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(checkoutRoot))
      if (!name.startsWith('.') || DOT_FILES.has(name)) lend(name);
    for (const name of readdirSync(join(checkoutRoot, '.vestibule'))) {
      if (!NOT_LENT.test(name)) lend(`.vestibule/${name}`);
    }
    const marks = '.vestibule/marks';
    cpSync(join(checkoutRoot, marks), join(this.folder, marks), { recursive: true });
    execFileSync('bash', ['-euc', SET_UP], { cwd: this.folder });
    lendKept(this.home);
    writeFileSync(join(this.folder, 'hosts'), `127.0.0.1 localhost ${hostname()}\n`);
  }

  /** Types a line; `tell` hears all that was said so far, and interrupts it with Ctrl-C by returning true. */
  async types(line: string, tell: (said: string) => boolean = () => false): Promise<Typed> {
    const alone = ['sh', '-c', ALONE, 'sh', join(this.folder, 'hosts'), 'bash', '-c', line];
    const child = spawn('unshare', ['--net', '--mount', ...alone], {
      ...{ cwd: this.folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
      env: { ...process.env, VESTIBULE_HOME: this.home },
    });
    this.#running.add(child);
    let all = '';
    let interrupted = false;
    const hear = (part: Buffer): void => {
      all += part.toString('utf8');
      if (interrupted || !tell(all)) return;
      interrupted = true;
      // As a terminal does: to whatever the line has started.
      process.kill(-(child.pid ?? 0), 'SIGINT');
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const [status] = (await once(child, 'close')) as [number | null];
    this.#running.delete(child);
    return { status, all };
  }

  close(): void {
    for (const { pid = 0 } of this.#running) process.kill(-pid, 'SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
