import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { systemClock } from '../../agent/clock.js';
import { loadConfiguration } from '../../agent/config/load.js';
import { pathsOf, type Paths } from '../../agent/config/paths.js';
import { Events } from '../../agent/events.js';
import { FileDesk } from '../../agent/house/configuration/file-desk.js';
import { Control } from '../../agent/house/control.js';
import { controlSocket } from '../../agent/house/store.js';
import { silentLog } from '../../agent/log.js';
import type { CallBackWish } from '../../agent/privacy/rooms/method.js';
import type { Stored } from '../../agent/reception/watched-records.js';
import { openRecords, type OpenRecords } from '../../agent/records/records.js';
import { StoreLock } from '../../agent/records/store-lock.js';
import { PROTO } from '../../agent/rpc/server.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { GrpcClient, loadService } from '../../agent/wire/grpc.js';
import type { TlsIdentity } from '../../agent/wire/tls.js';
import { DAY_MS, plant } from '../privacy/planted.js';
import { temporaryHome } from '../records/store.js';

const example = readFileSync(join(checkoutRoot, 'agent/config/example-office.yaml'), 'utf8');

export interface DaemonHouse {
  readonly home: string;
  readonly paths: Paths;
  readonly address: string;
  readonly control: Control;
  readonly records: OpenRecords;
  readonly events: Events<Stored>;
  readonly reloads: () => number;
  /** Keeps what stands in the file as a version, as a start does. */
  readonly noticed: () => Promise<unknown>;
}

/** A data folder with the example office's configuration, and `more` at its end. */
export function officeHome(t: Test, more = ''): string {
  const home = temporaryHome(t);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  writeFileSync(join(home, 'vestibule.yaml'), `${example}${more}`);
  return home;
}

/** What of the daemon the commands speak with: the store and its lock, and the control API; `callBack` rings. */
export async function daemonIn(
  t: Test,
  home: string,
  callBack?: (wanted: CallBackWish) => Promise<void>,
): Promise<DaemonHouse> {
  const env = { ...process.env, VESTIBULE_HOME: home };
  const paths = pathsOf(env);
  const clock = systemClock();
  const settings = loadConfiguration(paths.configuration, env);
  const records = openRecords({ settings: settings.records, home, log: silentLog, clock });
  const lock = new StoreLock(paths.run, clock);
  await lock.take('Vestibule itself', 0);
  await records.start();
  await plant(records, Date.now() - 5 * DAY_MS);
  const events = new Events<Stored>(silentLog);
  let reloads = 0;
  const configuration = new FileDesk({
    ...{ file: paths.configuration, env, records, clock, log: silentLog },
    ...{ inForce: () => settings, take: () => Promise.resolve() },
  });
  // As the daemon does when it starts.
  await configuration.noticed();
  const control = new Control({
    ...{ settings, paths, clock, log: silentLog, env, records, events, configuration },
    ...(callBack === undefined ? {} : { callBack }),
    examine: () =>
      Promise.resolve({
        findings: [
          {
            ...{ id: 'machine.disk', title: 'disk', status: 'ok' as const },
            ...{ finding: 'room enough', why: 'a full disk loses messages', mend: '' },
          },
        ],
        fixed: [],
      }),
    reload: () => {
      reloads += 1;
      return Promise.resolve();
    },
  });
  await control.start();
  control.answering(true);
  t.teardown(async () => {
    await control.stop();
    await records.stop();
    lock.release();
  });
  const address = `unix:${controlSocket(paths)}`;
  const noticed = (): Promise<unknown> => configuration.noticed();
  return { home, paths, address, control, records, events, reloads: () => reloads, noticed };
}

/** A client of one of the services; closed with the test. */
export function clientOf(
  t: Test,
  address: string,
  service: string,
  metadata: Readonly<Record<string, string>> = {},
  tls?: TlsIdentity,
): GrpcClient {
  const client = new GrpcClient(
    address,
    loadService(PROTO, `vestibule.control.v1.${service}`),
    tls === undefined ? undefined : () => tls,
    metadata,
  );
  t.teardown(() => {
    client.close();
  });
  return client;
}

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in a process of its own. */
export const vestibule = (home: string, ...args: readonly string[]): Promise<Ran> =>
  vestibuleGiven({ home, input: '', token: '' }, ...args);

/** The same with `input` on standard input, by whoever logged in with `token`. */
export function vestibuleGiven(
  { home, input, token }: Readonly<Record<'home' | 'input' | 'token', string>>,
  ...args: readonly string[]
): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(checkoutRoot, 'build/agent/main.js'), ...args],
      {
        env: { ...process.env, VESTIBULE_HOME: home, VESTIBULE_TOKEN: token },
        maxBuffer: 64 * 1024 * 1024,
      },
      (error, stdout, stderr) => {
        resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr });
      },
    );
    // A command that reads nothing may be gone first.
    child.stdin?.on('error', () => undefined).end(input);
  });
}
