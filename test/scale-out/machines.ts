import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse, stringify } from 'yaml';
import { filesIn, makeCertificate } from '../../agent/wire/certificates.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { faultOf } from '../../agent/wire/health.js';
import { readTls, type TlsFiles } from '../../agent/wire/tls.js';
import { freePort } from '../speech/free-port.js';

/** Programs of the Python environment that scripts/test makes. */
export const toolsIn = join(checkoutRoot, '.vestibule', 'scale-out', 'bin');
const ENVOY = join(toolsIn, 'envoy');
const PORT = 7443;
const READY_WITHIN_MS = 60_000;

const ip = (...args: string[]): void => {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
};

/** Why machines cannot be made here, or false. */
export const noMachines: string | false = (() => {
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  const name = `vs-probe-${process.pid}`;
  try {
    ip('netns', 'add', name);
    ip('netns', 'del', name);
    return false;
  } catch {
    return 'no network namespaces here';
  }
})();

export const noEnvoy: string | false = existsSync(ENVOY)
  ? false
  : 'no Envoy here; scripts/test sets it up';

/** A fault of `wait` names what was waited for. */
export async function until(
  what: string,
  holds: () => Promise<boolean> | boolean,
  withinMs = READY_WITHIN_MS,
): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not so in time: ${what}`);
    await sleep(50);
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

/**
 * A machine that serves speech: a network namespace with a cable to ours, and in it what an operator
 * would run there, `vestibule speech serve`.
 */
export class Machine {
  readonly name: string;
  readonly #net: string;
  readonly #first: number;
  readonly #namespace: string;
  readonly #cable: string;
  #served: ChildProcess | undefined;
  #said = '';

  private constructor(name: string, index: number) {
    this.name = name;
    this.#net = `198.18.${process.pid % 250}`;
    this.#first = index * 4;
    this.#namespace = `vs-${process.pid}-${index}`;
    this.#cable = `vs${process.pid}c${index}`;
  }

  /** 198.18.0.0/15 is for tests (RFC 2544); other runs on this machine have other nets. */
  get host(): string {
    return `${this.#net}.${this.#first + 2}`;
  }

  get address(): string {
    return `${this.host}:${PORT}`;
  }

  /** Resolves when it serves whoever has a certificate like `client`. `authority` is the CA's folder. */
  static async open(
    name: string,
    index: number,
    authority: string,
    client: TlsFiles,
  ): Promise<Machine> {
    const machine = new Machine(name, index);
    try {
      machine.#plug();
      await machine.#serve(authority, client);
      return machine;
    } catch (error) {
      await machine.close();
      throw error;
    }
  }

  /** Pulls the cable out at its end: nobody is told. */
  cut(): void {
    ip('-n', this.#namespace, 'link', 'set', 'uplink', 'down');
  }

  mend(): void {
    ip('-n', this.#namespace, 'link', 'set', 'uplink', 'up');
  }

  async close(): Promise<void> {
    if (this.#served !== undefined) await ended(this.#served);
    // Its end of the cable, and with it ours, goes with it.
    ip('netns', 'del', this.#namespace);
  }

  #plug(): void {
    const [namespace, cable] = [this.#namespace, this.#cable];
    ip('netns', 'add', namespace);
    ip('link', 'add', cable, 'type', 'veth', 'peer', 'name', 'uplink', 'netns', namespace);
    ip('address', 'add', `${this.#net}.${this.#first + 1}/30`, 'dev', cable);
    ip('link', 'set', cable, 'up');
    ip('-n', namespace, 'address', 'add', `${this.host}/30`, 'dev', 'uplink');
    ip('-n', namespace, 'link', 'set', 'lo', 'up');
    this.mend();
  }

  async #serve(authority: string, client: TlsFiles): Promise<void> {
    const { files } = await makeCertificate(authority, [this.name, this.host], 2);
    const served = spawn('ip', [
      ...['netns', 'exec', this.#namespace, process.execPath],
      ...[join(checkoutRoot, 'build', 'agent', 'main.js'), 'speech', 'serve'],
      ...['--listen', `0.0.0.0:${PORT}`, '--run', join(authority, `run-${this.name}`)],
      ...['--ca', files.ca, '--certificate', files.certificate, '--key', files.key],
    ]);
    const hear = (part: Buffer): void => {
      this.#said += part.toString('utf8');
    };
    served.stdout.on('data', hear);
    served.stderr.on('data', hear);
    this.#served = served;
    const tls = readTls(client);
    await until(`${this.name} serves`, async () => {
      if (served.exitCode !== null) throw new Error(this.#said);
      return (await faultOf(this.address, 1000, '', () => tls)) === undefined;
    });
  }
}

interface EnvoyConfiguration {
  static_resources: {
    listeners: { address: { socket_address: { address: string; port_value: number } } }[];
    clusters: {
      load_assignment: { endpoints: { lb_endpoints: { endpoint: object }[] }[] };
    }[];
  };
  admin: { address: { socket_address: { port_value: number } } };
}

/** A machine as Envoy sees it. */
export interface Balanced {
  readonly address: string;
  readonly well: boolean;
  /** Requests that went there: utterances, once the connections stand. */
  readonly requests: number;
}

/** Envoy, with docs/scale-out/envoy.yaml as it stands but for addresses and the place of the certificate. */
export class Envoy {
  readonly address: string;
  readonly #child: ChildProcess;
  readonly #admin: string;

  private constructor(address: string, child: ChildProcess, admin: string) {
    this.address = address;
    this.#child = child;
    this.#admin = admin;
  }

  static async open(machines: readonly Machine[], authority: string): Promise<Envoy> {
    const { files } = await makeCertificate(authority, ['127.0.0.1', 'localhost'], 2);
    const text = readFileSync(join(checkoutRoot, 'docs', 'scale-out', 'envoy.yaml'), 'utf8');
    const whole = parse(
      text.replaceAll(/\/etc\/vestibule\/speech\/([\w.]+)/gu, (_, file: string) =>
        join(files.ca, '..', file),
      ),
    ) as EnvoyConfiguration;
    const [port, adminPort] = [await freePort(), await freePort()];
    const [listener] = whole.static_resources.listeners;
    const [cluster] = whole.static_resources.clusters;
    if (listener === undefined || cluster === undefined) throw new Error('no listener, no cluster');
    listener.address.socket_address = { address: '127.0.0.1', port_value: port };
    whole.admin.address.socket_address.port_value = adminPort;
    cluster.load_assignment.endpoints = [
      {
        lb_endpoints: machines.map(({ name, host }) => ({
          endpoint: {
            address: { socket_address: { address: host, port_value: PORT } },
            hostname: name,
          },
        })),
      },
    ];
    const file = join(authority, 'envoy.yaml');
    writeFileSync(file, stringify(whole, { aliasDuplicateObjects: false }));
    const child = spawn(
      ENVOY,
      ['-c', file, '--use-dynamic-base-id', '--concurrency', '1', '--log-level', 'warn'],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let said = '';
    child.stderr.on('data', (part: Buffer) => {
      said += part.toString('utf8');
    });
    const admin = `http://127.0.0.1:${adminPort}`;
    const envoy = new Envoy(`127.0.0.1:${port}`, child, admin);
    await until('Envoy finds every machine well', async () => {
      if (child.exitCode !== null) throw new Error(said);
      const seen = await envoy.machines().catch(() => []);
      return seen.length === machines.length && seen.every(({ well }) => well);
    });
    return envoy;
  }

  async machines(): Promise<readonly Balanced[]> {
    const answer = await fetch(`${this.#admin}/clusters?format=json`);
    const { cluster_statuses: clusters } = (await answer.json()) as {
      cluster_statuses: readonly {
        host_statuses?: readonly {
          address: { socket_address: { address: string } };
          stats: readonly { name: string; value?: string }[];
          health_status: Readonly<Record<string, unknown>>;
        }[];
      }[];
    };
    return (clusters[0]?.host_statuses ?? []).map(({ address, stats, health_status: health }) => ({
      address: address.socket_address.address,
      well: health.eds_health_status === 'HEALTHY' && Object.keys(health).length === 1,
      requests: Number(stats.find(({ name }) => name === 'rq_total')?.value ?? 0),
    }));
  }

  close(): Promise<void> {
    return ended(this.#child);
  }
}

/** A certificate for a receptionist, of the authority in `folder`. */
export async function receptionist(folder: string): Promise<TlsFiles> {
  await makeCertificate(folder, ['reception'], 2);
  return filesIn(join(folder, 'reception'));
}
