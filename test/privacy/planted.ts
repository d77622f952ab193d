import type { NewMessage } from '../../agent/records/ports.js';
import type { OpenRecords } from '../../agent/records/records.js';
import { aDecision } from '../records/canary.js';
import { aCall, anUtterance, grantFor, tone } from '../records/store.js';

/** A patient who called twice and left a message, and a neighbour who speaks of her. */
export const NORA = { name: 'Nora Whitlock', number: '+442079460142', word: 'Zwiebelkuchen' };
export const IDA = { name: 'Ida Brandt', number: '+442079460177' };
export const DAY_MS = 86_400_000;

export const message = (call: string, name: string, phone: string, at: number): NewMessage => {
  const told = (value: string) => ({ value, heard: value, confidence: 0.9, by: 'voice' });
  return {
    ...{ call, at, number: 1, whole: true, urgent: false, recipient: undefined, confirmed: true },
    ...{ intent: 'message.leave', contactNumber: phone },
    body: {
      ...{ name: told(name), phone: told(phone), callbackTime: null },
      reason: told(`please call me about ${NORA.word}`),
    },
  };
};

/** Plants three ended calls from `startedAt` on, one a day: two of Nora's, one of Ida's. */
export async function plant(records: OpenRecords, startedAt: number): Promise<void> {
  const call = async (id: string, number: string, day: number) => {
    const at = startedAt + day * DAY_MS;
    await records.calls.open(
      aCall(id, { startedAt: at, callerNumber: number, contactNumber: number }),
    );
    return at;
  };
  const end = (id: string, at: number) =>
    records.calls.close({ call: id, endedAt: at + 60_000, outcome: 'message', endedBy: 'caller' });

  const first = await call('nora-1', NORA.number, 0);
  await records.utterances.add(anUtterance('nora-1', { text: `I need ${NORA.word}` }));
  await records.decisions.add(aDecision('nora-1', 900, NORA.word));
  await records.messages.keep(message('nora-1', NORA.name, NORA.number, first));
  const writer = await records.recordings.open(await grantFor(records, 'nora-1'));
  writer.write('caller', tone(2), 0);
  await writer.close();
  await end('nora-1', first);

  const second = await call('nora-2', NORA.number, 1);
  await records.utterances.add(anUtterance('nora-2', { text: `still ${NORA.word}` }));
  await end('nora-2', second);

  const third = await call('ida-1', IDA.number, 2);
  await records.messages.keep(message('ida-1', IDA.name, IDA.number, third));
  await records.utterances.add(
    anUtterance('ida-1', { atMs: 1_000, text: 'I call for my neighbour, Nora Whitlock.' }),
  );
  await records.utterances.add(
    anUtterance('ida-1', { atMs: 5_000, text: 'Her number is 020 7946 0142.' }),
  );
  await end('ida-1', third);
}
