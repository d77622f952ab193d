import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { VestibuleError, oneLine } from '../errors.js';
import { checkoutRoot } from './checkout.js';
import { wireErrors } from './errors.js';
import { GrpcClient, loadService, serverStream, unary } from './grpc.js';
import type { GrpcServer } from './server.js';
import type { TlsIdentity } from './tls.js';

// Numbers of grpc.health.v1.HealthCheckResponse.ServingStatus.
const SERVING = 1;
const NOT_SERVING = 2;
const SERVICE_UNKNOWN = 3;

interface CheckRequest {
  readonly service: string;
}
interface CheckReply {
  readonly status: number;
}

const service = loadService(
  join(checkoutRoot, 'agent', 'wire', 'health.proto'),
  'grpc.health.v1.Health',
);

/** Serves grpc.health.v1 on a server, so that orchestrators and our own clients can ask. */
export class Health {
  readonly #states = new Map<string, boolean>([['', false]]);
  readonly #changed = new EventEmitter().setMaxListeners(0);

  constructor(server: GrpcServer) {
    server.add(service, {
      Check: unary<CheckRequest, CheckReply>((request) =>
        Promise.resolve({ status: this.#status(request.service) }),
      ),
      Watch: serverStream<CheckRequest, CheckReply>((request, signal) =>
        this.#watch(request.service, signal),
      ),
    });
  }

  /** Says whether `name` (a service, or '' for the whole process) serves. */
  set(name: string, serving: boolean): void {
    this.#states.set(name, serving);
    this.#changed.emit('change');
  }

  #status(name: string): number {
    const serving = this.#states.get(name);
    if (serving === undefined) return SERVICE_UNKNOWN;
    return serving ? SERVING : NOT_SERVING;
  }

  async *#watch(name: string, signal: AbortSignal): AsyncGenerator<CheckReply> {
    let told: number | undefined;
    while (!signal.aborted) {
      const status = this.#status(name);
      if (status !== told) yield { status };
      told = status;
      // An abort ends the wait; the loop's condition then ends the watch.
      await once(this.#changed, 'change', { signal }).catch(() => undefined);
    }
  }
}

/**
 * Whether the process at `address` says that it (or its service `name`) serves; false when it does
 * not answer within `deadline` milliseconds.
 */
export async function checkHealth(
  address: string,
  deadline: number,
  name = '',
  tls?: () => TlsIdentity,
): Promise<boolean> {
  return (await faultOf(address, deadline, name, tls)) === undefined;
}

/** Why the process at `address` does not serve; undefined when it serves. */
export async function faultOf(
  address: string,
  deadline: number,
  name = '',
  tls?: () => TlsIdentity,
): Promise<VestibuleError | undefined> {
  const probe = new HealthProbe(address, tls);
  try {
    return await probe.ask(deadline, name);
  } finally {
    probe.close();
  }
}

/** Asks one process again and again, over one connection while it answers. */
export class HealthProbe {
  readonly #address: string;
  readonly #client: GrpcClient;

  constructor(address: string, tls?: () => TlsIdentity) {
    this.#address = address;
    this.#client = new GrpcClient(address, service, tls);
  }

  /** Why it (or its service `name`) does not serve, after at most `deadline` milliseconds. */
  async ask(deadline: number, name = ''): Promise<VestibuleError | undefined> {
    const place = this.#address;
    try {
      const request: CheckRequest = { service: name };
      const reply = await this.#client.unary<CheckRequest, CheckReply>('Check', request, deadline);
      if (reply.status === SERVING) return undefined;
      return wireErrors.make('FAILED', { place, detail: 'it says that it does not serve' });
    } catch (cause) {
      // A connection on its way to a machine that is cut off would wait there for minutes.
      this.close();
      if (cause instanceof VestibuleError) return cause;
      return wireErrors.make('FAILED', { place, detail: oneLine(cause), cause });
    }
  }

  close(): void {
    this.#client.close();
  }
}
