import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** False, or why no namespace with a counter on its only way out can be had. */
export function noWall(): string | false {
  if (process.getuid?.() !== 0) return 'only root makes network namespaces';
  if (spawnSync('unshare', ['--net', '--mount', 'true']).status !== 0) return 'no unshare here';
  return spawnSync('tcpdump', ['--version']).status === 0 ? false : 'no tcpdump here';
}

/** Without what tells a program that it is tested: some are more discreet then. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG } = process.env;
  return { PATH, HOME, LANG };
}

/** Runs a program where the only network is its own, and returns what it says on standard output. */
export function behindWall(program: string, ...args: readonly string[]): Promise<string> {
  const child = spawn(
    'unshare',
    ['--net', '--mount', '--kill-child', process.execPath, program, ...args],
    { stdio: ['ignore', 'pipe', 'inherit'], env: plainEnvironment() },
  );
  let said = '';
  child.stdout.on('data', (part: Buffer) => (said += part.toString('utf8')));
  return once(child, 'close').then(() => said);
}

/** Destination of a packet in a line of tcpdump: without the port, which IPv6 has after a dot, too. */
const TO = / > ([\da-f.:]+?)(?:\.\d+)?: /iu;

/**
 * The network of a namespace: loopback, and a way out that leads nowhere. Whatever tries to leave the
 * machine, a question to a name server among it, is seen there.
 */
export class Wall {
  readonly #watch: ChildProcess;
  readonly #file: string;

  private constructor(watch: ChildProcess, file: string) {
    this.#watch = watch;
    this.#file = file;
  }

  /** To be called in the namespace of `behindWall`; `folder` is for what it writes. */
  static async build(folder: string): Promise<Wall> {
    const ip = (...args: readonly string[]): void => {
      execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'inherit'] });
    };
    ip('link', 'set', 'lo', 'up');
    // A cable whose other end nobody holds, and no question first who has an address.
    ip('link', 'add', 'out', 'type', 'veth', 'peer', 'name', 'nowhere');
    ip('link', 'set', 'nowhere', 'up');
    ip('link', 'set', 'out', 'arp', 'off');
    ip('address', 'add', '192.0.2.2/24', 'dev', 'out');
    ip('-6', 'address', 'add', '2001:db8::2/64', 'dev', 'out', 'nodad');
    ip('link', 'set', 'out', 'up');
    ip('route', 'add', 'default', 'dev', 'out');
    ip('-6', 'route', 'add', 'default', 'dev', 'out');
    const names = join(folder, 'resolv.conf');
    writeFileSync(names, 'nameserver 192.0.2.53\noptions timeout:1 attempts:1\n');
    execFileSync('mount', ['--bind', names, '/etc/resolv.conf']);
    // Asterisk asks for the address of its own machine, which may not know its own name.
    const hosts = join(folder, 'hosts');
    writeFileSync(hosts, `127.0.0.1 localhost ${hostname()}\n::1 localhost ${hostname()}\n`);
    execFileSync('mount', ['--bind', hosts, '/etc/hosts']);
    const file = join(folder, 'packets');
    // What the kernel itself says to its neighbours about the interface is no packet of ours.
    const kernel = 'not dst net ff02::/16';
    const watch = spawn('sh', ['-c', `exec tcpdump -i out -n -l -t '${kernel}' >'${file}'`], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await once(watch.stderr, 'data');
    return new Wall(watch, file);
  }

  /** Where packets went so far, each place once. */
  async places(): Promise<readonly string[]> {
    // What was sent last stands in the file a moment later.
    await sleep(300);
    const lines = readFileSync(this.#file, 'utf8').split('\n').filter(Boolean);
    return [...new Set(lines.map((line) => TO.exec(line)?.[1] ?? line))];
  }

  close(): void {
    this.#watch.kill();
  }
}
