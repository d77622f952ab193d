import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { ReadingRoom } from '../../agent/privacy/reading-room.js';
import type { NewHandlingRule } from '../../agent/records/handling-rules.js';
import type { OpenRecords } from '../../agent/records/records.js';
import { filesWith } from './canary.js';
import { aCall, anUtterance, startedStore } from './store.js';

const NUMBER = '+442079460142';
const aRule = (more: Partial<NewHandlingRule> = {}): NewHandlingRule => ({
  ...{ caller: NUMBER, called: undefined, way: 'block', target: undefined },
  ...{ seconds: undefined, recording: undefined, until: undefined },
  ...more,
});

/** A message that is urgent unless `more` says otherwise. */
const keep = (records: OpenRecords, call: string, more: object = {}): Promise<string> =>
  records.messages.keep({
    ...{ call, number: 1, at: 1_000, whole: true, urgent: true, recipient: 'carter' },
    ...{ intent: 'message.leave', confirmed: true, contactNumber: undefined },
    body: { name: null, phone: null, reason: null, callbackTime: null },
    ...more,
  });

t.test('rules are sealed, found by their caller, replaced, and gone for good', async (t) => {
  const { folder, records } = await startedStore(t);
  const room = new ReadingRoom(records, systemClock()).handling;
  const first = await room.set(aRule(), 'cli:anna');
  await room.set(aRule({ caller: '+4420*', way: 'voicemail' }), 'cli:anna');
  await room.set(aRule({ caller: undefined, called: 'sales', way: 'assistant' }), 'cli:anna');
  await room.set(aRule({ caller: '+15550100', until: 5 }), 'cli:anna');
  const about = async (caller: string | undefined, now = 10) =>
    (await records.handling.rules.about(caller, now)).map(({ way }) => way);
  t.strictSame(await about(NUMBER), ['assistant', 'voicemail', 'block']);
  t.strictSame(await about(undefined), ['assistant', 'voicemail'], 'wide ones concern everybody');
  await room.set(aRule({ caller: 'withheld' }), 'cli:anna');
  t.strictSame(await about(undefined), ['block', 'assistant', 'voicemail'], 'and its own rule');
  await room.remove({ caller: 'withheld' }, 'cli:anna');
  t.strictSame(await about('+15550100', 4), ['block', 'assistant', 'voicemail']);
  t.strictSame(await about('+15550100', 5), ['assistant', 'voicemail'], 'its time is over');

  await room.set(aRule({ way: 'staff', target: 'carter', seconds: 9 }), 'cli:otto');
  t.strictSame(await about(NUMBER), ['staff', 'assistant', 'voicemail'], 'replaced');
  await t.rejects(room.remove({ id: first }, 'x'), { code: 'PRIVACY_NO_RULE' });
  t.equal(await room.remove({ caller: NUMBER }, 'x'), 1);
  await t.rejects(room.remove({ caller: NUMBER }, 'x'), { code: 'PRIVACY_NO_RULE' });
  t.equal((await room.list('x')).length, 3);
  t.equal(
    (await records.reading.audit.verify()).rows,
    11,
    'every look and change, failed ones too',
  );
  await records.stop();
  t.strictSame(filesWith(folder, NUMBER), []);
});

t.test('who is away, until when, and back', async (t) => {
  const { records } = await startedStore(t);
  let now = 1_000_000;
  const room = new ReadingRoom(records, { ...systemClock(), now: () => now }).handling;
  await room.away({ person: 'carter', kind: 'absent', from: now, until: now + 100 }, 'x');
  await room.away({ person: 'carter', kind: 'absent', from: now, until: now + 200 }, 'x');
  await room.away(
    { person: 'okafor', kind: 'do-not-disturb', from: now + 50, until: now + 90 },
    'x',
  );
  t.match(await room.absences('x'), [
    { person: 'carter', until: 1_000_200 },
    { person: 'okafor', kind: 'do-not-disturb' },
  ]);
  now += 90;
  t.equal((await room.absences('x')).length, 1, 'who is back is on no list');
  t.equal(await room.back('carter', 'x'), 1);
  await t.rejects(room.back('carter', 'x'), { code: 'PRIVACY_NOT_AWAY' });
  now += 40 * 24 * 3_600_000;
  await room.away({ person: 'okafor', kind: 'absent', from: now, until: now + 1 }, 'x');
  t.strictSame(
    (await records.handling.absences.since(0)).map(({ kind }) => kind),
    ['absent'],
    'what is long over is forgotten',
  );
});

t.test('counts by day, and how often a number called, with and without a word', async (t) => {
  const { records } = await startedStore(t);
  const { counts } = records.handling;
  await Promise.all([1, 2, 3].map(() => counts.add('blocked', '2026-11-24')));
  await counts.add('passed', '2026-11-25');
  t.strictSame(
    (await counts.since('2026-11-24')).map(
      ({ day, what, count }) => `${day} ${what} ${String(count)}`,
    ),
    ['2026-11-25 passed 1', '2026-11-24 blocked 3'],
  );
  t.equal((await counts.since('2026-11-25')).length, 1);

  const call = async (id: string, at: number, outcome: string, spoke: boolean): Promise<void> => {
    await records.calls.open(aCall(id, { startedAt: at, contactNumber: NUMBER }));
    if (spoke) await records.utterances.add(anUtterance(id));
    await records.calls.close({ call: id, endedAt: at + 9, outcome, endedBy: 'agent' });
  };
  await call('silent', 1_000, 'abandoned', false);
  await call('spoke', 2_000, 'abandoned', true);
  await call('served', 3_000, 'answered', false);
  await records.calls.open(aCall('other', { contactNumber: '+442079460199' }));
  t.same(await records.handling.traffic(NUMBER, 0), { calls: 3, silent: 1 });
  t.same(await records.handling.traffic(NUMBER, 1_001), { calls: 2, silent: 0 });
  t.same(await records.handling.traffic('+442079460111', 0), { calls: 0, silent: 0 });
  t.match(await records.handling.known(NUMBER, NUMBER, 3_602_000), {
    lastHour: { calls: 2 },
    lastDay: { calls: 3, silent: 1 },
  });
});

t.test('urgent messages are unread until somebody looks, and pass on step by step', async (t) => {
  const { records } = await startedStore(t);
  const { escalations } = records.handling;
  for (const id of ['a', 'b', 'c', 'd']) await records.calls.open(aCall(id));
  const urgent = await keep(records, 'a');
  await keep(records, 'b', { urgent: false });
  await keep(records, 'c', { whole: false });
  const done = await keep(records, 'd');
  const room = new ReadingRoom(records, systemClock());
  await room.messages.settle(done, true, 'x');
  const unread = async (since = 0) =>
    (await escalations.unread(since)).map(({ message }) => message);
  t.strictSame(await unread(), [urgent]);
  await records.calls.close({
    ...{ call: 'c', endedAt: 2_000, outcome: 'message', endedBy: 'caller' },
  });
  t.strictSame(await unread(), [urgent, 'c-1'], 'one that was broken off, once its call is over');
  await room.messages.settle('c-1', true, 'x');
  t.strictSame(await unread(1_001), []);
  await escalations.step(urgent, 'okafor', 2_000, true);
  await escalations.step(urgent, 'duty', 3_000, false);
  t.match(await escalations.unread(0), [
    { steps: 2, steppedAt: 3_000, person: 'duty', recipient: 'okafor' },
  ]);
  await room.messages.show(urgent, 'cli:anna');
  t.strictSame(await unread(), []);
  await escalations.read(urgent, 'telephone:duty', 9_000);
  t.match(await escalations.of(urgent), { steps: 2, readBy: 'cli:anna' }, 'the first is kept');
  await room.messages.show('b-1', 'cli:anna');
  t.equal(await escalations.of('b-1'), undefined, 'nothing is kept of others');
});
