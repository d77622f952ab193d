import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { ReadingRoom } from '../../agent/privacy/reading-room.js';
import { selfTestCalls } from '../../agent/privacy/self-test-calls.js';
import { aCall, startedStore } from '../records/store.js';

t.test('whoever runs a self-test sees its own call and no other', async (t) => {
  const { records } = await startedStore(t);
  const room = new ReadingRoom(records, systemClock());
  const called = (id: string, startedAt: number, callerNumber: string) =>
    records.calls.open(aCall(id, { startedAt, callerNumber }));
  await called('before', 1_000, '*7353*');
  await called('patient', 5_000, '+442079460142');
  await called('own', 6_000, '*7353*');
  const found = await selfTestCalls(room, 4_000, '*7353*');
  t.strictSame(
    found.map(({ id }) => id),
    ['own'],
  );
});
