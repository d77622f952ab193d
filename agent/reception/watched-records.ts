import type { Events } from '../events.js';
import type { Records } from '../records/ports.js';

/** What was stored, for those who look on while calls run; ids only. */
export interface Stored {
  readonly call: { readonly id: string; readonly what: 'began' | 'said' | 'ended' };
  readonly message: { readonly id: string };
  /** There is something new to see of a running call: words, a decision, where it stands. */
  readonly live: { readonly id: string };
}

/** The same records; what was committed is told to those who listen, afterwards. */
export function watched(records: Records, events: Events<Stored>): Records {
  return {
    ...records,
    calls: {
      ...records.calls,
      async open(call) {
        await records.calls.open(call);
        events.emit('call', { id: call.id, what: 'began' });
      },
      async close(end) {
        await records.calls.close(end);
        events.emit('call', { id: end.call, what: 'ended' });
      },
    },
    utterances: {
      async add(utterance) {
        await records.utterances.add(utterance);
        events.emit('call', { id: utterance.call, what: 'said' });
      },
    },
    messages: {
      ...records.messages,
      async keep(message) {
        const id = await records.messages.keep(message);
        events.emit('message', { id });
        return id;
      },
    },
  };
}
