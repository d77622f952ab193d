import type { Detail, NewMessage } from '../../agent/records/ports.js';
import type { OpenRecords } from '../../agent/records/records.js';
import { aCall, grantFor, tone } from '../records/store.js';

const told = (value: string, heard = value, confidence = 0.94): Detail => ({
  ...{ value, heard, confidence },
  by: 'voice',
});

interface Caller {
  readonly name: string;
  readonly phone: string;
  readonly reason: string;
  readonly urgent?: boolean;
  readonly intent?: string;
  readonly whole?: boolean;
  /** What a form asked besides, by its id. */
  readonly details?: NewMessage['body']['details'];
}

/** Invented people and numbers (Ofcom's numbers for drama). */
export const CALLERS: readonly Caller[] = [
  {
    name: 'Margaret Okafor',
    phone: '020 7946 0142',
    reason: 'The chest pain of my husband came back last night and he is out of the spray',
    ...{ urgent: true, intent: 'prescription.refill' },
    details: { dob: told('1961-05-01', 'the first of may 1961', 0.9) },
  },
  {
    name: 'Tom Whitfield',
    phone: '020 7946 0377',
    reason: 'I would like to move my blood test from Tuesday to Thursday morning',
    intent: 'appointment.change',
  },
  {
    name: 'Priya Raman',
    phone: '01632 960983',
    reason: 'Could somebody explain the second invoice I got for the travel vaccination',
    intent: 'billing.question',
  },
  {
    name: 'Alun Griffiths',
    phone: '01632 960511',
    reason: 'A copy of the referral letter for the physiotherapist',
    ...{ intent: 'document.request', whole: false },
  },
];

/** A morning's calls: each with words, a decision, sound, and a message. `at` is the first one's time. */
export async function aMorning(records: OpenRecords, at: number): Promise<void> {
  for (const [index, caller] of CALLERS.entries()) {
    await aCallOf(records, `call-${String(index + 1)}`, caller, at + index * 17 * 60_000);
  }
}

export async function aCallOf(
  records: OpenRecords,
  id: string,
  caller: Caller,
  at: number,
): Promise<void> {
  const number = caller.phone.replaceAll(/\s/gu, '').replace(/^0/u, '+44');
  await records.calls.open(
    aCall(id, { startedAt: at, callerNumber: number, contactNumber: number }),
  );
  await records.calls.answered(id, at + 1_200);
  const writer = await records.recordings.open(await grantFor(records, id));
  writer.write('agent', tone(2, 4_000), 0);
  writer.write('caller', tone(3, 6_000), 2_000);
  writer.write('agent', tone(1.5, 4_000), 5_200);
  await writer.close();
  const words = caller.reason.split(' ').map((word, place) => ({
    word,
    start: place * 0.3,
    end: place * 0.3 + 0.28,
    confidence: place % 6 === 4 ? 0.41 : 0.93,
  }));
  for (const [party, atMs, lengthMs, text] of [
    ['agent', 0, 2_000, 'Riverside Family Clinic, good morning. How can I help?'],
    ['caller', 2_000, 3_000, caller.reason],
    ['agent', 5_200, 1_500, 'I have written that down. Someone will call you back.'],
  ] as const) {
    await records.utterances.add({
      ...{ call: id, party, atMs, lengthMs, text, whole: true },
      ...{ confidence: party === 'caller' ? 0.88 : undefined, engine: undefined },
      words: party === 'caller' ? JSON.stringify(words) : undefined,
    });
  }
  await records.decisions.add({
    ...{ call: id, atMs: 5_100, reason: 'a request that only people can serve' },
    event: JSON.stringify({ kind: 'said', understood: { intent: caller.intent, score: 0.91 } }),
    actions: JSON.stringify([
      { do: 'say', phrases: [], asks: 'anything_else', interruptible: true },
    ]),
  });
  await records.messages.keep(messageOf(id, caller, at + 60_000, number));
  await records.calls.close({
    ...{ call: id, endedAt: at + 95_000, outcome: 'message', endedBy: 'caller' },
  });
}

const messageOf = (call: string, caller: Caller, at: number, number: string): NewMessage => ({
  ...{ call, number: 1, at, recipient: undefined, contactNumber: number },
  whole: caller.whole ?? true,
  urgent: caller.urgent ?? false,
  intent: caller.intent ?? 'message.leave',
  confirmed: caller.whole ?? true,
  body: {
    name: told(caller.name, caller.name.toLowerCase(), 0.82),
    phone: told(caller.phone),
    reason: { ...told(caller.reason), snippet: { fromMs: 2_000, toMs: 5_000 } },
    callbackTime: caller.urgent === true ? told('this morning') : null,
    ...(caller.details === undefined ? {} : { details: caller.details }),
  },
});

/** Six weeks of calls with nobody in them: how they went, and what the gate did. `until` is the last one's time. */
export async function sixWeeks(records: OpenRecords, until: number): Promise<void> {
  const day = 24 * 3_600_000;
  const ways = ['answered', 'message', 'transferred', 'answered', 'abandoned', 'message'];
  const meant = ['appointment.change', 'prescription.refill', 'billing.question'];
  for (let index = 0; index < 42; index += 1) {
    const [id, at] = [`many-${String(index)}`, until - index * day - (index % 5) * 3_600_000];
    const outcome = index === 7 ? 'unserved' : (ways[index % ways.length] ?? 'answered');
    await records.calls.open(aCall(id, { startedAt: at, callerNumber: undefined }));
    await records.calls.answered(id, at + 900 + (index % 4) * 200);
    if (outcome === 'message') {
      await records.messages.keep({
        ...messageOf(id, CALLERS[index % 4] ?? { name: '', phone: '', reason: '' }, at, ''),
        contactNumber: undefined,
      });
    }
    await records.calls.close({
      ...{ call: id, endedAt: at + 60_000 + index * 1_500, outcome, endedBy: 'caller' },
      figures: {
        ...{ pauses: 4, meanPauseMs: 640 + (index % 7) * 30 },
        ...(outcome === 'transferred' ? { waits: 1, meanWaitMs: 9_000 + index * 100 } : {}),
        missed: index % 3 === 0 ? [meant[(index / 3) % 3] ?? 'oos'] : index === 1 ? ['oos'] : [],
      },
    });
    const iso = new Date(at).toISOString().slice(0, 10);
    await records.handling.counts.add(index % 4 === 0 ? 'blocked' : 'solicitation', iso);
  }
  await records.handling.counts.add('silent', new Date(until).toISOString().slice(0, 10));
}
