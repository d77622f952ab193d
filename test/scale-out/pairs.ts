import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { systemClock } from '../../agent/clock.js';
import { pathsOf } from '../../agent/config/paths.js';
import { createHouse } from '../../agent/house.js';
import { silentLog } from '../../agent/log.js';
import type { LiveCalls } from '../../agent/reception/live-calls.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { lendKept } from '../calls/kept.js';
import { until } from './machines.js';

const ip = (...args: string[]): void => {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
};
/** Two whole offices load their models on one machine. */
const READY_WITHIN_MS = 240_000;
const net = `198.19.${String(process.pid % 250)}`;
/** Where Kamailio is, and callers come from: an address of our own machine. */
export const DISPATCHER = `${net}.254`;

/** Asterisk and agent together, whole and real, on a machine of their own: a namespace with a cable to ours. */
export class Pair {
  readonly host: string;
  readonly home: string;
  readonly #namespace: string;
  readonly #cable: string;
  readonly #gateway: string;
  #supervisor: ChildProcess | undefined;
  #said = '';

  constructor(index: number) {
    this.#namespace = `vp-${String(process.pid)}-${String(index)}`;
    this.#cable = `vp${String(process.pid)}c${String(index)}`;
    this.#gateway = `${net}.${String(index * 4 + 1)}`;
    this.host = `${net}.${String(index * 4 + 2)}`;
    this.home = mkdtempSync(join(tmpdir(), 'vp-'));
  }

  async open(): Promise<void> {
    const namespace = this.#namespace;
    ip('netns', 'add', namespace);
    ip('link', 'add', this.#cable, 'type', 'veth', 'peer', 'name', 'uplink', 'netns', namespace);
    ip('address', 'add', `${this.#gateway}/30`, 'dev', this.#cable);
    ip('link', 'set', this.#cable, 'up');
    ip('-n', namespace, 'address', 'add', `${this.host}/30`, 'dev', 'uplink');
    ip('-n', namespace, 'link', 'set', 'lo', 'up');
    ip('-n', namespace, 'link', 'set', 'uplink', 'up');
    ip('-n', namespace, 'route', 'add', 'default', 'via', this.#gateway);
    this.#configure();
    await this.start();
  }

  /** Starts what was killed, or the first time. */
  async start(): Promise<void> {
    const env = { ...process.env, VESTIBULE_HOME: this.home };
    const house = createHouse(pathsOf(env), env, systemClock(), silentLog);
    await house.train(false);
    const { plan } = house.render();
    const hosts = join(this.home, 'hosts');
    writeFileSync(hosts, `127.0.0.1 localhost ${hostname()}\n`);
    // No name server is there, and Asterisk asks for its own name.
    const names = `mount --bind '${hosts}' /etc/hosts && exec "$@"`;
    this.#said = '';
    const supervisor = spawn(
      'ip',
      [
        ...['netns', 'exec', this.#namespace, 'sh', '-c', names, 'sh', process.execPath],
        ...[join(checkoutRoot, 'build', 'agent', 'supervisor', 'main.js'), plan],
      ],
      { env, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const hear = (part: Buffer): void => {
      this.#said += part.toString('utf8');
    };
    supervisor.stdout.on('data', hear);
    supervisor.stderr.on('data', hear);
    this.#supervisor = supervisor;
    const ready = (): boolean => {
      if (supervisor.exitCode !== null) throw new Error(this.#said.slice(-4000));
      return /^ready$/mu.test(this.#said);
    };
    await until(`${this.host} answers calls`, ready, READY_WITHIN_MS);
  }

  /** How many calls it holds now. */
  get held(): number {
    const file = join(this.home, 'run', 'live-calls.json');
    if (!existsSync(file)) return 0;
    return (JSON.parse(readFileSync(file, 'utf8')) as LiveCalls).calls.length;
  }

  /** What the supervisor and the daemon have said. */
  get said(): string {
    return this.#said;
  }

  /** As a power cut: every process of the machine at once, with a word to nobody. */
  async kill(): Promise<void> {
    const supervisor = this.#supervisor;
    if (supervisor === undefined) return;
    this.#supervisor = undefined;
    const gone = supervisor.exitCode !== null ? undefined : once(supervisor, 'exit');
    const pids = execFileSync('ip', ['netns', 'pids', this.#namespace], { encoding: 'utf8' });
    for (const pid of pids.split('\n').filter(Boolean)) {
      try {
        process.kill(Number(pid), 'SIGKILL');
      } catch {
        // It went with its parent.
      }
    }
    await gone;
    rmSync(join(this.home, 'run', 'live-calls.json'), { force: true });
  }

  async close(): Promise<void> {
    await this.kill();
    ip('netns', 'del', this.#namespace);
    for (const folder of [this.home, `${this.home}-keys`]) {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  #configure(): void {
    const example = join(checkoutRoot, 'agent', 'config', 'example-office.yaml');
    const office = parse(readFileSync(example, 'utf8')) as {
      pbx: object;
      dialogue: object;
      reception: object;
    };
    writeFileSync(
      join(this.home, 'vestibule.yaml'),
      stringify({
        ...office,
        web: { enabled: false },
        pbx: {
          ...office.pbx,
          sip: { bind: this.host, localNetworks: ['198.18.0.0/15'], allow: [`${DISPATCHER}/32`] },
          guard: { never: [DISPATCHER] },
        },
      }),
    );
    lendKept(this.home);
  }
}

const TREE = join(checkoutRoot, '.vestibule', 'sip-peers');
const TRIPLET = `${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`;
const PRIVATE = join(TREE, 'usr', 'lib', TRIPLET, 'kamailio');

/** Kamailio with docs/scale-out/kamailio.cfg as it stands, but for addresses and folders. */
export class Dispatcher {
  readonly #folder = mkdtempSync(join(tmpdir(), 'vk-'));
  #child: ChildProcess | undefined;
  #said = '';

  async open(pairs: readonly Pair[]): Promise<void> {
    ip('address', 'add', `${DISPATCHER}/32`, 'dev', 'lo');
    const given = (file: string): string =>
      readFileSync(join(checkoutRoot, 'docs', 'scale-out', file), 'utf8');
    const list = join(this.#folder, 'dispatcher.list');
    const hosts = new Map([21, 22].map((end, at) => [`192.0.2.${String(end)}`, pairs[at]?.host]));
    writeFileSync(
      list,
      given('dispatcher.list').replace(/192\.0\.2\.\d+/gu, (host) => hosts.get(host) ?? host),
    );
    const file = join(this.#folder, 'kamailio.cfg');
    writeFileSync(
      file,
      given('kamailio.cfg')
        .replace('192.0.2.10', DISPATCHER)
        .replace('/etc/kamailio/dispatcher.list', list)
        .replace('/usr/lib/x86_64-linux-gnu/kamailio/modules/', join(PRIVATE, 'modules/')),
    );
    const libraries = [join(TREE, 'usr', 'lib', TRIPLET), join(TREE, 'lib', TRIPLET), PRIVATE];
    const child = spawn(
      join(TREE, 'usr', 'sbin', 'kamailio'),
      ['-f', file, '-DD', '-E', '-Y', this.#folder, '-m', '32', '-M', '4'],
      {
        env: { ...process.env, LD_LIBRARY_PATH: libraries.join(':') },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      },
    );
    const hear = (part: Buffer): void => {
      this.#said += part.toString('utf8');
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    this.#child = child;
    await Promise.resolve();
  }

  get said(): string {
    return this.#said;
  }

  async close(): Promise<void> {
    const child = this.#child;
    if (child?.exitCode === null) {
      const gone = once(child, 'exit');
      // Its children are a group of their own.
      process.kill(-(child.pid ?? 0), 'SIGKILL');
      await gone;
    }
    ip('address', 'del', `${DISPATCHER}/32`, 'dev', 'lo');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
