// Fills a store without end, to be killed in the middle of it: crash-child.js HOME CALL. Whatever was
// acknowledged is told on standard output, a line each: `said N`, `message N`, `seconds N`.
import { aDecision } from './canary.js';
import { aCall, anUtterance, grantFor, storeOf, tone } from './store.js';

const [, , home = '', call = ''] = process.argv;
const tell = (what: string, number: number): void => {
  process.stdout.write(`${what} ${String(number)}\n`);
};
const [caller, agent] = [tone(1, 400), tone(1, 4_000)];
const told = (value: string) => ({ value, heard: value, confidence: 1, by: 'voice' });

const store = storeOf(home);
await store.start();
await store.calls.open(aCall(call));
const writer = await store.recordings.open(await grantFor(store, call));
for (let number = 0; ; number += 1) {
  const atMs = number * 1_000;
  writer.write('caller', caller, atMs);
  writer.write('agent', agent, atMs);
  await store.decisions.add(aDecision(call, atMs, String(number)));
  await store.utterances.add(anUtterance(call, { atMs, text: String(number) }));
  tell('said', number);
  await store.messages.keep({
    ...{ call, number: number + 1, at: 1, whole: true, urgent: undefined, recipient: undefined },
    ...{ intent: 'message.leave', confirmed: true, contactNumber: undefined },
    body: { name: null, phone: null, reason: told(String(number)), callbackTime: null },
  });
  tell('message', number);
  tell('seconds', writer.stored);
}
