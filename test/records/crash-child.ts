// Fills a store without end, to be killed in the middle of it: crash-child.js HOME CALL. After each
// commit the number of the utterance is written to standard output.
import { aDecision } from './canary.js';
import { aCall, anUtterance, grantFor, storeOf, tone } from './store.js';

const [, , home = '', call = ''] = process.argv;
const store = storeOf(home);
await store.start();
await store.calls.open(aCall(call));
const writer = await store.recordings.open(await grantFor(store, call));
for (let number = 0; ; number += 1) {
  const atMs = number * 500;
  writer.write('caller', tone(0.5), atMs);
  writer.write('agent', tone(0.5, 4_000), atMs);
  await store.decisions.add(aDecision(call, atMs, String(number)));
  await store.utterances.add(anUtterance(call, { atMs, text: String(number) }));
  process.stdout.write(`${String(number)}\n`);
}
