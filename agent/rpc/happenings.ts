import { once, EventEmitter } from 'node:events';
import { rpcErrors } from './errors.js';

/** What may wait for one client. */
const MOST = 1_000;

/**
 * What `listen` tells, one after another, until `signal` aborts. What happens twice while the client is
 * busy waits once.
 * @throws RPC_TOO_SLOW when a thousand things wait
 */
export async function* happenings<Event extends object>(
  listen: (hear: (event: Event) => void) => () => void,
  signal: AbortSignal,
): AsyncGenerator<Event> {
  const waiting = new Map<string, Event>();
  const bell = new EventEmitter();
  const over = { flown: false };
  const leave = listen((event) => {
    if (waiting.size >= MOST) over.flown = true;
    else waiting.set(JSON.stringify(event), event);
    bell.emit('event');
  });
  try {
    while (!signal.aborted) {
      if (over.flown) throw rpcErrors.make('TOO_SLOW');
      const [next] = waiting;
      if (next === undefined) {
        // An abort ends the wait; the loop's condition then ends the watch.
        await once(bell, 'event', { signal }).catch(() => undefined);
        continue;
      }
      waiting.delete(next[0]);
      yield next[1];
    }
  } finally {
    leave();
  }
}
