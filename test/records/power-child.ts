// Fills a store for a while, to be traced: power-child.js HOME. Whatever was acknowledged is told on
// standard output, a line each: `said CALL N`, `message CALL N`, `seconds CALL N`, `row N`.
import { writeSync } from 'node:fs';
import { aDecision } from './canary.js';
import { aCall, anUtterance, grantFor, storeOf, tone } from './store.js';

const ROUNDS = 6;
const [, , home = ''] = process.argv;
// By the system call itself, so that it has its place among the writes.
const tell = (...words: readonly (string | number)[]): void => {
  writeSync(1, `${words.join(' ')}\n`);
};
// Long enough, and the caller so low, that a second segment is begun.
const [caller, agent] = [tone(2.5, 400), tone(2.5, 4_000)];
const told = (value: string) => ({ value, heard: value, confidence: 1, by: 'voice' });

const store = storeOf(home);
await store.start();
let rows = 0;
for (const call of ['first', 'second']) {
  await store.calls.open(aCall(call));
  tell('call', call);
  const writer = await store.recordings.open(await grantFor(store, call));
  for (let number = 0; number < ROUNDS; number += 1) {
    const atMs = number * 2_500;
    writer.write('caller', caller, atMs);
    writer.write('agent', agent, atMs);
    await store.decisions.add(aDecision(call, atMs, String(number)));
    await store.utterances.add(anUtterance(call, { atMs, text: String(number) }));
    tell('said', call, number + 1);
    await store.messages.keep({
      ...{ call, number: number + 1, at: 1, whole: true, urgent: undefined, recipient: undefined },
      ...{ intent: 'message.leave', confirmed: true, contactNumber: undefined },
      body: { name: null, phone: null, reason: told(String(number)), callbackTime: null },
    });
    tell('message', call, number + 1);
    await store.reading.audit.add('power', 'call.show', call);
    rows += 1;
    tell('row', rows);
    tell('seconds', call, writer.stored);
  }
  await writer.close();
  tell('seconds', call, writer.stored);
  await store.calls.close({ call, endedAt: 9_000, outcome: 'completed', endedBy: 'caller' });
  tell('closed', call);
}
await store.stop();
