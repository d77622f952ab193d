import { GrpcClient, loadService } from '../wire/grpc.js';
import { userMetadata } from './remote-rooms.js';
import { PROTO } from './server.js';

/** Something that happens to a call: ids only. */
export interface CallEvent {
  readonly id: string;
  readonly what: 'began' | 'said' | 'ended';
}

/**
 * What happens to calls from now on, told by the daemon at `address`, until `signal` aborts or the daemon
 * ends. @throws WIRE_…, PRIVACY_NOT_ALLOWED, RPC_TOO_SLOW
 */
export async function* watchCalls(
  address: string,
  user: string,
  token: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<CallEvent> {
  const service = loadService(PROTO, 'vestibule.control.v1.Calls');
  const client = new GrpcClient(address, service, undefined, userMetadata(user, token));
  try {
    yield* client.serverStream<object, CallEvent>('Watch', {}, Infinity, {}, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    client.close();
  }
}
