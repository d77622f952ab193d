import t from 'tap';
import type { CallReading } from '../../agent/privacy/reading-room.js';
import { lacking, Office } from './office.js';

t.test('a call is heard again when it is over', { skip: lacking }, async (t) => {
  const office = await Office.open({ VESTIBULE_NOW: '2026-11-24T10:00:00Z' });
  t.teardown(() => office.close());
  const report = await office.call('opening-hours');
  t.ok(report.passed, 'the call was held');
  const { id } = await office.closedCall();
  let call: CallReading | undefined;
  const heardAgain = async (): Promise<boolean> => {
    call = await office.reading((room) => room.showCall(id, 'test'));
    const turns = call.utterances.filter(({ party }) => party === 'caller');
    return turns.length > 0 && turns.every(({ secondHearing }) => secondHearing !== undefined);
  };
  await office.until(heardAgain, 90_000, 'the call is heard again');
  const turns = (call?.utterances ?? []).filter(({ party }) => party === 'caller');
  for (const { text, secondHearing } of turns) {
    t.comment(
      `${text} | ${secondHearing?.text ?? ''} | ${JSON.stringify(secondHearing?.differences)}`,
    );
  }
  const wordsOf = (text: string): readonly string[] =>
    text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
  const shared = turns.flatMap(({ text, secondHearing }) => {
    const again = new Set(wordsOf(secondHearing?.text ?? ''));
    return wordsOf(text).map((word) => again.has(word));
  });
  t.ok(
    shared.filter(Boolean).length / shared.length > 0.7,
    'the same words: each turn is found where it was said',
  );
});
