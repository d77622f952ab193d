import t from 'tap';
import type { OpenRecords } from '../../agent/records/records.js';
import { aCall, anUtterance, grantFor, tone } from '../records/store.js';
import { passOver } from './pass-over.js';

/** Which whole seconds of a side of the newest recording are as they were written. */
async function untouched(records: OpenRecords, call: string, side: 0 | 1): Promise<number[]> {
  const recordings = await records.reading.recordings.of(call);
  const kept: number[] = [];
  for await (const { second, samples } of recordings.at(-1)?.chunks() ?? []) {
    const own = tone(1);
    const whole = Array.from({ length: 16_000 }, (_, at) => samples[at * 2 + side] === own[at]);
    if (!whole.includes(false)) kept.push(second);
  }
  return kept;
}

const asks = (question: string): string =>
  JSON.stringify([{ do: 'say', asks: question, phrases: [], interruptible: true }]);

/** A call whose turns begin at whole seconds and last one; what each side said, and what was asked before. */
async function called(
  records: OpenRecords,
  lines: readonly { at: number; party: 'caller' | 'agent'; text: string; asks?: string }[],
): Promise<void> {
  await records.calls.open(aCall('one'));
  const writer = await records.recordings.open(await grantFor(records, 'one'));
  for (const { at, party, text, asks: question } of lines) {
    const atMs = at * 1_000;
    writer.write(party, tone(1), atMs);
    await records.utterances.add(anUtterance('one', { party, atMs, lengthMs: 1_000, text }));
    if (question !== undefined)
      await records.decisions.add({
        ...{ call: 'one', atMs: atMs - 1, event: '{}', actions: asks(question), reason: 'test' },
      });
  }
  const [told] = lines.filter(({ party }) => party === 'caller');
  const said = { value: told?.text ?? '', heard: told?.text ?? '', confidence: 1, by: 'voice' };
  await records.messages.keep({
    ...{ call: 'one', number: 1, at: 1, whole: true, urgent: undefined, recipient: undefined },
    ...{ intent: 'message.leave', confirmed: true, contactNumber: undefined },
    body: { name: null, phone: said, reason: null, callbackTime: null },
  });
  await writer.close();
  await records.calls.close({
    ...{ call: 'one', endedAt: 99_000, outcome: 'message', endedBy: 'caller' },
  });
}

await t.test(
  'what only the second pass finds is hidden where we, and the caller, said it again',
  async (t) => {
    // The recogniser lost a group in the call: ten digits are no card, and we read them back.
    const hears = ['it is 4111 1111 1111 1111', 'yes', '4111 1111 11', 'bye'];
    const { records, pass, look, next } = await passOver(t, (turn) =>
      Promise.resolve(hears[turn - 1] ?? ''),
    );
    await called(records, [
      { at: 3, party: 'caller', text: 'it is 4111 1111 11' },
      { at: 6, party: 'agent', text: 'You said 4 1 1 1, 1 1 1 1, 1 1. Is that right?' },
      { at: 9, party: 'caller', text: 'yes' },
      { at: 20, party: 'agent', text: 'And your name?' },
      { at: 23, party: 'caller', text: '4111 1111 11' },
      { at: 26, party: 'agent', text: 'Thank you.' },
      { at: 29, party: 'caller', text: 'bye' },
    ]);
    t.same(await untouched(records, 'one', 1), [6, 20, 26], 'our side, before');
    await pass.start();
    await look(async () => (await next()) === undefined);
    t.same(
      await untouched(records, 'one', 1),
      [20, 26],
      'our repeating is a tone, no more of ours',
    );
    t.same(await untouched(records, 'one', 0), [9, 29], 'the caller’s, said once more, too');
    const stored = JSON.stringify([
      await records.reading.calls.utterances('one'),
      await records.reading.messages.ofCall('one'),
    ]);
    t.notMatch(stored, /1111|1 1 1 1/u);
  },
);

await t.test('digits that the call missed are hidden where our people said them', async (t) => {
  const { records, pass, look, next } = await passOver(t, () =>
    Promise.resolve('it is 4111 1111 1111 1111'),
  );
  await called(records, [
    { at: 3, party: 'caller', text: 'it is for a while' },
    { at: 6, party: 'agent', text: 'I have 4111 1111 1111 1111, thank you.' },
    { at: 20, party: 'agent', text: 'And your name?' },
  ]);
  await pass.start();
  await look(async () => (await next()) === undefined);
  t.same(await untouched(records, 'one', 1), [20]);
  t.notMatch(JSON.stringify(await records.reading.calls.utterances('one')), '1111');
});

await t.test('what was heard again before it was known to be a card is hidden, too', async (t) => {
  const hears = ['4111 1111 11', 'yes', '4111 1111 1111 1111', 'bye'];
  const { records, pass, look, next } = await passOver(t, (turn) =>
    Promise.resolve(hears[turn - 1] ?? ''),
  );
  await called(records, [
    { at: 3, party: 'caller', text: '4111 1111 11' },
    { at: 6, party: 'caller', text: 'yes' },
    { at: 9, party: 'caller', text: '4111 1111 11' },
    { at: 12, party: 'caller', text: 'bye' },
  ]);
  await pass.start();
  await look(async () => (await next()) === undefined);
  const said = await records.reading.calls.utterances('one');
  t.equal(said[0]?.secondHearing !== undefined, true, 'it was heard again');
  t.notMatch(JSON.stringify(said), '1111');
  t.same(await untouched(records, 'one', 0), [6, 12]);
});

await t.test('hiding that was cut off before the sound hides our repeating, too', async (t) => {
  const hears = ['it is 4111 1111 1111 1111', 'it is 4111 1111 1111 1111'];
  const { records, pass, look, next, lengths, rests } = await passOver(t, (turn) =>
    Promise.resolve(hears[turn - 1] ?? 'bye'),
  );
  await called(records, [
    { at: 3, party: 'caller', text: 'it is 4111 1111 11' },
    { at: 6, party: 'agent', text: 'You said 4 1 1 1, 1 1 1 1, 1 1. Is that right?' },
  ]);
  const { transcripts } = records;
  const whole = transcripts.tone.bind(transcripts);
  transcripts.tone = () => {
    transcripts.tone = whole;
    return Promise.reject(new Error('it died'));
  };
  await pass.start();
  await look(() => lengths.length === 1 && rests());
  t.same(await untouched(records, 'one', 1), [6]);
  await look(async () => (await next()) === undefined);
  t.same(await untouched(records, 'one', 1), []);
});

await t.test('a telephone number that was asked for and told in two turns stays', async (t) => {
  const hears = ['415', '555 0142', 'bye'];
  const { records, pass, look, next } = await passOver(t, (turn) =>
    Promise.resolve(hears[turn - 1] ?? ''),
  );
  await called(records, [
    { at: 3, party: 'agent', text: 'What is your number?', asks: 'phone' },
    { at: 6, party: 'caller', text: '415' },
    { at: 9, party: 'caller', text: '555 0142' },
    { at: 12, party: 'agent', text: 'Anything else?', asks: 'anything_else' },
    { at: 15, party: 'caller', text: 'bye' },
  ]);
  await pass.start();
  await look(async () => (await next()) === undefined);
  const said = await records.reading.calls.utterances('one');
  t.same(
    said.filter(({ party }) => party === 'caller').map(({ secondHearing }) => secondHearing?.text),
    hears,
  );
  t.same(await untouched(records, 'one', 0), [6, 9, 15], 'nor is its sound');
  t.match(await records.reading.messages.ofCall('one'), [{ body: { phone: { value: '415' } } }]);
});
