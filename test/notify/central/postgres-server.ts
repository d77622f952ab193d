import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import type { Test } from 'tap';
import { makeCertificate } from '../../../agent/wire/certificates.js';
import { checkoutRoot } from '../../../agent/wire/checkout.js';
import { freePort } from '../../speech/free-port.js';

const packages = join(checkoutRoot, '.vestibule', 'postgresql', 'usr', 'lib');
const programs = join(packages, 'postgresql', '15', 'bin');
export const hasPostgres = existsSync(join(programs, 'postgres'));

/** PostgreSQL refuses to run as root: then it is nobody's. */
const NOBODY = 65_534;
const asRoot = process.getuid?.() === 0;
const who = asRoot ? { uid: NOBODY, gid: NOBODY } : {};

/** A PostgreSQL of the test's own: TLS, passwords, one role `vestibule` that owns the database. */
export class PostgresServer {
  readonly port: number;
  readonly authority: string;
  readonly passwordFile: string;
  readonly #folder: string;
  readonly #key: string;
  readonly #certificate: string;
  #child: ChildProcess | undefined;

  private constructor(
    folder: string,
    port: number,
    files: { ca: string; key: string; crt: string },
  ) {
    this.#folder = folder;
    this.port = port;
    this.authority = files.ca;
    this.#key = files.key;
    this.#certificate = files.crt;
    this.passwordFile = join(folder, 'password');
  }

  static async make(t: Test): Promise<PostgresServer> {
    const folder = mkdtempSync(join(tmpdir(), 'vestibule-postgres-'));
    const { files } = await makeCertificate(folder, ['127.0.0.1'], 30, 'The database’s CA');
    const { ca, key, certificate: crt } = files;
    const server = new PostgresServer(folder, await freePort(), { ca, key, crt });
    t.teardown(async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    });
    writeFileSync(server.passwordFile, 'blue heron on the quay\n', { mode: 0o600 });
    mkdirSync(join(folder, 'data'), { mode: 0o700 });
    if (asRoot) {
      chmodSync(folder, 0o755);
      chmodSync(join(key, '..'), 0o755);
      for (const path of [join(folder, 'data'), key, crt, server.passwordFile]) {
        chownSync(path, NOBODY, NOBODY);
      }
    }
    const how = [
      '-U',
      'vestibule',
      '--auth=scram-sha-256',
      '--no-sync',
      '--locale=C',
      '-E',
      'UTF8',
    ];
    execFileSync(
      join(programs, 'initdb'),
      ['-D', join(folder, 'data'), ...how, `--pwfile=${server.passwordFile}`],
      { ...who, env: server.#env(), stdio: ['ignore', 'ignore', 'pipe'] },
    );
    await server.start();
    return server;
  }

  async start(): Promise<void> {
    const settings = {
      ...{ listen_addresses: '127.0.0.1', port: this.port, unix_socket_directories: '' },
      ...{ ssl: 'on', ssl_cert_file: this.#certificate, ssl_key_file: this.#key, fsync: 'off' },
      ...{ shared_buffers: '8MB', max_connections: 20, jit: 'off', lc_messages: 'C' },
    };
    const child = spawn(
      join(programs, 'postgres'),
      [
        ...['-D', join(this.#folder, 'data')],
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${String(value)}`]),
      ],
      { ...who, env: this.#env(), stdio: ['ignore', 'ignore', 'pipe'] },
    );
    this.#child = child;
    for await (const line of createInterface({ input: child.stderr })) {
      if (line.includes('ready to accept connections')) break;
    }
    child.stderr.resume();
    if (child.exitCode !== null) throw new Error('PostgreSQL ended at its start');
  }

  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child?.exitCode !== null) return;
    const gone = once(child, 'exit');
    // Ends at once whoever is connected.
    child.kill('SIGINT');
    await gone;
  }

  /** The rows of a query, as the owner sees them. */
  async rows(sql: string): Promise<readonly Record<string, unknown>[]> {
    const client = new pg.Client({
      ...{ host: '127.0.0.1', port: this.port, user: 'vestibule', database: 'postgres' },
      ...{ password: 'blue heron on the quay', ssl: { rejectUnauthorized: false } },
    });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  #env(): NodeJS.ProcessEnv {
    const folders = [join(packages, 'x86_64-linux-gnu'), join(packages, 'aarch64-linux-gnu')];
    return { LD_LIBRARY_PATH: folders.join(':'), TZ: 'UTC', PATH: process.env.PATH };
  }
}
