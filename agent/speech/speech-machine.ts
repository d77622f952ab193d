import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot } from '../wire/checkout.js';
import { wireErrors } from '../wire/errors.js';
import { hostOf, readTls, staysHere, type TlsFiles } from '../wire/tls.js';
import type { WorkerKind } from './settings.js';

/** What a machine that only serves speech runs. */
export interface SpeechMachine {
  readonly kind: Exclude<WorkerKind, 'vad'>;
  /** Processes; each has a port of its own. */
  readonly workers: number;
  /** `host:port` of the first one, the next one has the next port. */
  readonly listen: string;
  /** `host:port` where anybody may ask whether the first one serves, the next one has the next port. */
  readonly health: string | undefined;
  readonly tls: TlsFiles | undefined;
  readonly models: string;
  readonly model: string | undefined;
  /** Folder for the plan, process ids and logs. */
  readonly run: string;
}

const HEARTBEAT_MS = 500;
const DEAD_MS = 3000;

/** `address` with a port that is `by` higher. */
const shifted = (address: string, by: number): string => {
  const port = Number(/:(\d+)$/u.exec(address)?.[1]);
  return `${address.replace(/:\d+$/u, '')}:${port + by}`;
};

const portOf = (address: string): number => Number(/:(\d+)$/u.exec(address)?.[1]);

/** The supervisor's plan of such a machine: workers and nothing else. */
export function planOf(machine: SpeechMachine): object {
  const { kind, workers, listen, health, tls, models, model, run } = machine;
  const main = join(checkoutRoot, 'build', 'agent', 'engines', 'main.js');
  const processes = Array.from({ length: workers }, (_, at) => {
    const address = shifted(listen, at);
    const name = workers === 1 ? kind : `${kind}-${at + 1}`;
    const option = (of: string, value: string | undefined): string[] =>
      value === undefined ? [] : [`--${of}`, value];
    return {
      name,
      kind: 'worker',
      command: process.execPath,
      args: [
        main,
        ...['--worker', kind, '--socket', address, '--models', models, '--stay'],
        ...option('model', model),
        ...option('health', health === undefined ? undefined : shifted(health, at)),
        ...option('ca', tls?.ca),
        ...option('certificate', tls?.certificate),
        ...option('key', tls?.key),
      ],
      env: {},
      logFile: join(run, `${name}.log`),
      listens: [
        {
          protocol: 'tcp',
          host: hostOf(address),
          port: portOf(address),
          whenTaken: `another program listens at ${address}; give another port with --listen`,
        },
      ],
    };
  });
  return {
    processes,
    pidFile: join(run, 'supervisor.pid'),
    heartbeatMs: HEARTBEAT_MS,
    deadMs: DEAD_MS,
  };
}

/**
 * Runs the workers of `machine` under the supervisor until this process is told to end; returns the
 * supervisor's exit code. Throws WIRE_UNSEALED and WIRE_TLS errors before anything is started.
 */
export async function serveSpeech(machine: SpeechMachine): Promise<number> {
  const { tls, listen, run } = machine;
  if (tls !== undefined) readTls(tls);
  else if (!staysHere(listen)) throw wireErrors.make('UNSEALED', { place: listen });
  mkdirSync(run, { recursive: true, mode: 0o700 });
  const plan = join(run, 'plan.json');
  writeFileSync(plan, `${JSON.stringify(planOf(machine), null, 2)}\n`, { mode: 0o600 });
  const supervisor = join(checkoutRoot, 'build', 'agent', 'supervisor', 'main.js');
  // In a group of its own: Ctrl-C reaches us, and us alone, and is passed on once.
  const child = spawn(process.execPath, [supervisor, plan], { stdio: 'inherit', detached: true });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
  for (const signal of signals) process.on(signal, pass);
  try {
    const [code] = (await once(child, 'exit')) as [number | null];
    return code ?? 1;
  } finally {
    for (const signal of signals) process.off(signal, pass);
  }
}
