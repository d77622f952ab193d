import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { checkoutRoot } from './checkout.js';
import { GrpcClient, loadService, serverStream, unary } from './grpc.js';
import type { GrpcServer } from './server.js';

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
export async function checkHealth(address: string, deadline: number, name = ''): Promise<boolean> {
  const client = new GrpcClient(address, service);
  try {
    const request: CheckRequest = { service: name };
    const reply = await client.unary<CheckRequest, CheckReply>('Check', request, deadline);
    return reply.status === SERVING;
  } catch {
    return false;
  } finally {
    client.close();
  }
}
