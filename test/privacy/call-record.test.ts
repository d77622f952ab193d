import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { recordOf } from '../../agent/dialogue/record/record.js';
import { ReadingRoom } from '../../agent/privacy/reading-room.js';
import { storedRecord } from '../../agent/reception/minutes.js';
import { begin, dialogueOf, heard, spoken } from '../dialogue/office.js';
import { CANARY, filesWith } from '../records/canary.js';
import { aCall, startedStore } from '../records/store.js';

/** The journal of a caller who asks `text`. */
function journalOf(text: string) {
  const dialogue = dialogueOf();
  let state = dialogue.start();
  return [begin(), spoken, heard('info.hours', { text })].map((event) => {
    const step = dialogue.step(state, event);
    ({ state } = step);
    return { event, actions: step.actions, reason: step.reason };
  });
}

t.test('a record is stored with the end of its call, sealed, and given out whole', async (t) => {
  const { home, records } = await startedStore(t);
  const record = recordOf(journalOf(CANARY), 'en');
  t.match(record.summary, CANARY);
  await records.calls.open(aCall('one'));
  await records.calls.close({
    ...{ call: 'one', endedAt: 9_000, outcome: 'answered', endedBy: 'caller' },
    ...storedRecord(record),
  });
  const room = new ReadingRoom(records, systemClock());
  const shown = await room.showCall('one', 'cli:anna');
  t.strictSame(shown.record, record);
  t.match(shown, { intent: 'info.hours', urgency: 'unknown' });
  const [head] = await room.listCalls({ limit: 1, who: 'cli:anna' });
  t.match(head, { intent: 'info.hours' });
  t.notMatch(JSON.stringify(head), CANARY, 'a list holds no words');
  t.strictSame(filesWith(home, CANARY), [], 'nor does any file');
});

t.test('a call that was cut by a crash has the record that its journal gives', async (t) => {
  const { records } = await startedStore(t);
  await records.calls.open(aCall('cut'));
  const journal = journalOf('are you open');
  for (const [at, { event, actions, reason }] of journal.entries()) {
    await records.decisions.add({
      ...{ call: 'cut', atMs: at, reason },
      event: JSON.stringify(event),
      actions: JSON.stringify(actions),
    });
  }
  await records.calls.interruptOpen([], 9_000);
  const shown = await new ReadingRoom(records, systemClock()).showCall('cut', 'cli:anna');
  t.equal(shown.outcome, 'interrupted');
  t.strictSame(shown.record, recordOf(journal, 'en'));
  await records.calls.open(aCall('silent'));
  const silent = await new ReadingRoom(records, systemClock()).showCall('silent', 'cli:anna');
  t.equal(silent.record, undefined, 'where nothing was decided there is none');
});
