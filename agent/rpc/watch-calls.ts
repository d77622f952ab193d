import { GrpcClient, loadService } from '../wire/grpc.js';
import { USER } from './callers.js';
import { PROTO } from './server.js';

/** Something that happens to a call: ids only. */
export interface CallEvent {
  readonly id: string;
  readonly what: 'began' | 'said' | 'ended';
}

/** A watch is held as long as anybody wants it. */
const DAY_MS = 24 * 3_600_000;

/**
 * What happens to calls from now on, told by the daemon at `address`, until `signal` aborts or the daemon
 * ends. @throws WIRE_…, PRIVACY_NOT_ALLOWED, RPC_TOO_SLOW
 */
export async function* watchCalls(
  address: string,
  user: string,
  signal: AbortSignal,
): AsyncGenerator<CallEvent> {
  const service = loadService(PROTO, 'vestibule.control.v1.Calls');
  const client = new GrpcClient(address, service, undefined, { [USER]: user });
  try {
    yield* client.serverStream<object, CallEvent>('Watch', {}, DAY_MS, {}, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    client.close();
  }
}
