import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { configErrors } from '../config/errors.js';
import type { Paths } from '../config/paths.js';
import type { CallEvent } from '../rpc/watch-calls.js';
import { controlSocket, TOKEN_IN } from './store.js';

/** What happens to calls, told by the daemon of this data folder. @throws CONFIG_NOT_RUNNING, WIRE_… */
export async function* watchCallsIn(paths: Paths, signal: AbortSignal): AsyncGenerator<CallEvent> {
  const socket = controlSocket(paths);
  const { listens } = await import('../rpc/remote-rooms.js');
  if (!existsSync(socket) || !(await listens(socket))) {
    throw configErrors.make('NOT_RUNNING', { place: paths.home });
  }
  // Only here: most commands load no gRPC.
  const { watchCalls } = await import('../rpc/watch-calls.js');
  yield* watchCalls(`unix:${socket}`, userInfo().username, process.env[TOKEN_IN], signal);
}
