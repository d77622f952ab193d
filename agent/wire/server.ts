import { chmod, stat, unlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { bindServer, createServer } from './grpc.js';
import type { Handler, ServerTls, Service } from './grpc.js';
import { wireErrors } from './errors.js';
import { staysHere } from './tls.js';

type Server = ReturnType<typeof createServer>;

/** How long a stop waits for requests in progress, in milliseconds. */
const GRACE = 500;

/** How a server may be reached from other machines. */
export interface ServerSafety {
  /** Only clients with a certificate of the same CA are served. */
  readonly tls?: ServerTls;
  /** Whoever asked for it knows that everybody on the network may come. */
  readonly open?: true;
}

/** A gRPC server on one address: `unix:/path` or `host:port`. Add services, then start. */
export class GrpcServer {
  readonly #address: string;
  readonly #safety: ServerSafety;
  readonly #services: { service: Service; handlers: Readonly<Record<string, Handler>> }[] = [];
  #server: Server | undefined;
  #port = 0;

  constructor(address: string, safety: ServerSafety = {}) {
    this.#address = address;
    this.#safety = safety;
  }

  /** Serves `handlers` (by the method's name in the proto); other methods answer UNIMPLEMENTED. */
  add(service: Service, handlers: Readonly<Record<string, Handler>>): void {
    this.#services.push({ service, handlers });
  }

  /** The port that was bound; 0 on a Unix socket. */
  get port(): number {
    return this.#port;
  }

  /** Binds and serves. A socket left behind by a killed process is removed. Throws WIRE_IN_USE, WIRE_BIND, WIRE_UNSEALED. */
  async start(): Promise<void> {
    if (this.#server !== undefined) return;
    const { tls, open } = this.#safety;
    if (tls === undefined && open !== true && !staysHere(this.#address)) {
      throw wireErrors.make('UNSEALED', { place: this.#address });
    }
    const path = socketPath(this.#address);
    if (path !== undefined) await removeStale(path);
    const server = createServer(tls !== undefined);
    for (const { service, handlers } of this.#services) server.addService(service, { ...handlers });
    this.#port = await bindServer(server, this.#address, tls);
    // Only our own user may speak to a worker.
    if (path !== undefined) await chmod(path, 0o600);
    this.#server = server;
  }

  /** Lets requests in progress end for half a second, then ends them, and removes the socket. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        server.forceShutdown();
        resolve();
      }, GRACE);
      server.tryShutdown(() => {
        clearTimeout(timer);
        resolve();
      });
    });
    const path = socketPath(this.#address);
    if (path !== undefined) await unlink(path).catch(() => undefined);
  }
}

const socketPath = (address: string): string | undefined =>
  address.startsWith('unix:') ? address.slice('unix:'.length) : undefined;

async function removeStale(path: string): Promise<void> {
  const alive = await new Promise<boolean>((resolve) => {
    const probe = connect(path);
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => {
      resolve(false);
    });
  });
  if (alive) throw wireErrors.make('IN_USE', { place: path });
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isSocket()) {
    throw wireErrors.make('BIND', { place: path, detail: 'there is a file that is no socket' });
  }
  try {
    await unlink(path);
  } catch (cause) {
    const detail = (cause as NodeJS.ErrnoException).code ?? 'it cannot be removed';
    throw wireErrors.make('BIND', { place: path, detail, cause });
  }
}
