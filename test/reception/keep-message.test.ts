import { setImmediate } from 'node:timers/promises';
import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import type { TakenMessage } from '../../agent/dialogue/ports.js';
import { silentLog } from '../../agent/log.js';
import { keepMessage } from '../../agent/reception/effects/keep-message.js';
import type { Visit } from '../../agent/reception/visit.js';
import { e164 } from '../../agent/understanding/slots/phone-rules.js';
import { FakeRecords } from '../fakes/records.js';

const told = (value: string) => ({ value, heard: value, confidence: 1, by: 'voice' as const });

const message = (more: Partial<TakenMessage> = {}): TakenMessage => ({
  number: 1,
  recipient: null,
  intent: 'message.leave',
  name: told('Ida Brown'),
  phone: null,
  reason: null,
  urgent: null,
  callbackTime: null,
  state: 'partial',
  confirmed: false,
  ...more,
});

/** The effect of a visit of a caller in Britain, over a store that works or not. */
function effect(records: FakeRecords, holds = false, rights?: object) {
  return keepMessage({
    recorder: { holds },
    id: 'call',
    callerNumber: '+442079460199',
    inMessage: (text: string) => text,
    parts: {
      ...{ records, rights, log: silentLog, clock: systemClock() },
      contactNumber: (number: string) => e164(number, 'gb'),
    },
  } as unknown as Visit);
}

const broken = (): FakeRecords => {
  const records = new FakeRecords();
  records.messages.keep = () => Promise.reject(new Error('the disk is full'));
  return records;
};

t.test('a message is stored before the effect is over', async (t) => {
  const records = new FakeRecords();
  await effect(records)({ do: 'keep-message', message: message({ state: 'complete' }) });
  t.match(records.kept, [{ call: 'call', number: 1, whole: true, body: { reason: null } }]);
});

t.test('the number to call back goes before the one of the call', async (t) => {
  const records = new FakeRecords();
  const keep = effect(records);
  await keep({ do: 'keep-message', message: message() });
  await keep({ do: 'keep-message', message: message({ phone: told('02079460142') }) });
  t.strictSame(
    records.kept.map(({ contactNumber }) => contactNumber),
    ['+442079460199', '+442079460142'],
  );
});

t.test('a place in the recording is kept as long as there is a recording', async (t) => {
  const records = new FakeRecords();
  const name = { ...told('Ida Brown'), snippet: { fromMs: 5_000, toMs: 6_200 } };
  const details = { dob: { ...told('1980-05-03'), snippet: { fromMs: 7_000, toMs: 9_000 } } };
  const action = { do: 'keep-message', message: message({ name, details }) } as const;
  await effect(records, true)(action);
  await effect(records, false)(action);
  const [recorded, not] = records.kept.map(({ body }) => body);
  t.strictSame(recorded?.name, name);
  t.strictSame(recorded?.details, details);
  t.strictSame(not?.name, told('Ida Brown'), 'the words as heard');
  t.strictSame(not?.details, { dob: told('1980-05-03') });
});

t.test('a store that fails: a part is let go, a whole message is not', async (t) => {
  const keep = effect(broken());
  await t.resolves(keep({ do: 'keep-message', message: message() }));
  await t.rejects(keep({ do: 'keep-message', message: message({ state: 'complete' }) }), {
    message: 'the disk is full',
  });
});

t.test(
  'a request about the caller’s data goes into the queue too, and no other message',
  async (t) => {
    const queued: unknown[] = [];
    const rights = { request: (spoken: unknown) => Promise.resolve(queued.push(spoken)) };
    const keep = effect(new FakeRecords(), false, rights);
    await keep({ do: 'keep-message', message: message({ state: 'complete' }) });
    t.strictSame(queued, []);
    await keep({ do: 'keep-message', message: message({ intent: 'privacy.request' }) });
    await setImmediate();
    t.match(queued, [
      { message: 'call-1', callerNumber: '+442079460199', body: { name: { value: 'Ida Brown' } } },
    ]);
  },
);
