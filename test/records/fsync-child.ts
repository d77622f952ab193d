// Fills a store whose disk stops taking anything at some time: fsync-child.js HOME CALL. What was acknowledged is
// told on standard output, a line each: `said N`, `message N`; and `refused WHAT`. Ends after some refusals.
import { aCall, anUtterance, storeOf } from './store.js';

const [, , home = '', call = ''] = process.argv;
const REFUSALS = 12;
const told = (value: string) => ({ value, heard: value, confidence: 1, by: 'voice' });
let refused = 0;

/** Tells whether the store acknowledged `work`. */
async function attempt(what: string, number: number, work: Promise<unknown>): Promise<void> {
  try {
    await work;
    process.stdout.write(`${what} ${String(number)}\n`);
  } catch {
    refused += 1;
    process.stdout.write(`refused ${what}\n`);
  }
}

const store = storeOf(home);
await store.start();
await store.calls.open(aCall(call));
for (let number = 0; refused < REFUSALS && number < 2_000; number += 1) {
  const text = String(number);
  const utterance = anUtterance(call, { atMs: number * 1_000, text });
  await attempt('said', number, store.utterances.add(utterance));
  const message = {
    ...{ call, number: number + 1, at: 1, whole: true, urgent: undefined, recipient: undefined },
    ...{ intent: 'message.leave', confirmed: true, contactNumber: undefined },
    body: { name: null, phone: null, reason: told(text), callbackTime: null },
  };
  await attempt('message', number, store.messages.keep(message));
}
process.exit(0);
