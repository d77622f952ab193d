import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { ReadingRoom } from '../../agent/privacy/reading-room.js';
import type { Detail, NewMessage } from '../../agent/records/ports.js';
import type { OpenRecords } from '../../agent/records/records.js';
import { filesWith } from './canary.js';
import { aCall, startedStore } from './store.js';

const told = (value: string): Detail => ({ value, heard: value, confidence: 0.9, by: 'voice' });

const aMessage = (call: string, more: Partial<NewMessage> = {}): NewMessage => ({
  call,
  number: 1,
  at: 5_000,
  whole: true,
  urgent: false,
  recipient: undefined,
  intent: 'message.leave',
  confirmed: true,
  body: {
    name: told('Zebulon Quartermain'),
    phone: told('02079460142'),
    reason: told('the violet teapot leaks'),
    callbackTime: null,
  },
  contactNumber: '+442079460142',
  ...more,
});

const named = (name: string): NewMessage['body'] => ({ ...aMessage('x').body, name: told(name) });

async function call(records: OpenRecords, id: string, number?: string): Promise<void> {
  await records.calls.open(aCall(id, number === undefined ? {} : { contactNumber: number }));
}

t.test('a message grows with its call, and what it says lies sealed', async (t) => {
  const { folder, records } = await startedStore(t);
  await call(records, 'one');
  const early = aMessage('one', {
    whole: false,
    confirmed: false,
    body: { name: told('Zebulon Quartermain'), phone: null, reason: null, callbackTime: null },
    contactNumber: undefined,
  });
  const id = await records.messages.keep(early);
  t.equal((await records.reading.messages.find(id))?.state, 'partial');
  t.equal(await records.messages.keep(aMessage('one', { at: 9_000 })), id, 'the same message');

  const kept = await records.reading.messages.find(id);
  t.match(kept, {
    state: 'open',
    takenAt: 5_000,
    updatedAt: 9_000,
    confirmed: true,
    body: { phone: { value: '02079460142' }, reason: { value: 'the violet teapot leaks' } },
  });
  t.equal((await records.reading.messages.list(10, ['partial'])).length, 0);
  t.equal((await records.reading.messages.list(10, [])).length, 1);
  await records.stop();
  t.strictSame(filesWith(folder, 'Zebulon Quartermain'), [], 'no file shows the name');
  t.strictSame(filesWith(folder, '442079460142'), [], 'nor the number');
});

t.test('done, by whom, and open again; and a late answer does not reopen it', async (t) => {
  const { records } = await startedStore(t);
  await call(records, 'one');
  const id = await records.messages.keep(aMessage('one'));
  const room = new ReadingRoom(records, systemClock());
  await room.messages.settle(id, true, 'cli:anna');
  t.match(await room.messages.show(id, 'cli:anna'), { state: 'done', done: { by: 'cli:anna' } });
  await records.messages.keep(aMessage('one', { urgent: true }));
  t.match(await room.messages.show(id, 'cli:anna'), { state: 'done', urgent: true });
  await room.messages.settle(id, false, 'cli:anna');
  t.match(await room.messages.show(id, 'cli:anna'), { state: 'open', done: undefined });
  await t.rejects(room.messages.settle('nobody-1', true, 'cli:anna'), {
    code: 'PRIVACY_NO_MESSAGE',
  });
  t.equal((await records.reading.audit.verify()).brokenAt, undefined);
  t.ok((await records.reading.audit.verify()).rows >= 6, 'every look and change is audited');
});

t.test(
  'a caller is known again by number, and a contact with an open message is a lead',
  async (t) => {
    const { records } = await startedStore(t);
    const room = new ReadingRoom(records, systemClock());
    await call(records, 'one', '+442079460142');
    await call(records, 'two', '+442079460142');
    await call(records, 'three', '+442079460199');
    t.equal((await room.contacts.list({ limit: 9, leads: false }, 'x')).length, 2);
    t.equal((await room.contacts.list({ limit: 9, leads: true }, 'x')).length, 0);
    const id = await records.messages.keep(aMessage('two'));
    const [lead] = await room.contacts.list({ limit: 9, leads: true }, 'x');
    t.match(lead, {
      names: ['Zebulon Quartermain'],
      numbers: ['+442079460142'],
      calls: 2,
      openMessages: 1,
    });
    t.equal((await room.contacts.show(lead?.id ?? '', 'x')).messages[0]?.id, id);
    await room.messages.settle(id, true, 'x');
    t.equal((await room.contacts.list({ limit: 9, leads: true }, 'x')).length, 0);
  },
);

t.test('two calls at once from one number make one contact', async (t) => {
  const { records } = await startedStore(t);
  const ids = ['one', 'two', 'three', 'four'];
  await Promise.all(ids.map((id) => call(records, id, '+442079460142')));
  const [only, ...others] = await records.reading.contacts.list(9, false);
  t.strictSame(others, []);
  t.equal(only?.calls, 4);
});

t.test('staff merge one person with two numbers', async (t) => {
  const { records } = await startedStore(t);
  const room = new ReadingRoom(records, systemClock());
  await call(records, 'one', '+442079460142');
  await call(records, 'two', '+442079460199');
  await records.messages.keep(aMessage('one'));
  const contacts = await room.contacts.list({ limit: 9, leads: false }, 'x');
  const from = contacts.find(({ openMessages }) => openMessages === 1)?.id ?? '';
  const into = contacts.find(({ openMessages }) => openMessages === 0)?.id ?? '';
  await t.rejects(room.contacts.merge(from, from, 'x'), { code: 'PRIVACY_SAME_CONTACT' });
  await t.rejects(room.contacts.merge(from, 'nobody', 'x'), { code: 'PRIVACY_NO_CONTACT' });
  await room.contacts.merge(from, into, 'x');
  t.match(await room.contacts.show(into, 'x'), { calls: 2, openMessages: 1 });
  t.strictSame((await room.contacts.show(into, 'x')).numbers.toSorted(), [
    '+442079460142',
    '+442079460199',
  ]);
  await t.rejects(room.contacts.show(from, 'x'), { code: 'PRIVACY_NO_CONTACT' });
  await call(records, 'three', '+442079460142');
  t.equal((await room.contacts.show(into, 'x')).calls, 3, 'either number leads there now');
});

t.test('staff keep two people on one telephone apart; their names then decide', async (t) => {
  const { records } = await startedStore(t);
  const room = new ReadingRoom(records, systemClock());
  for (const id of ['one', 'two', 'three', 'four']) await call(records, id);
  await records.messages.keep(aMessage('one', { body: named('Ida Brown') }));
  const of = async (message: string): Promise<string | undefined> =>
    (await records.reading.messages.find(message))?.contact;
  const second = await records.messages.keep(aMessage('two', { body: named('Otto Brown') }));
  t.equal(await of(second), await of('one-1'), 'one number, one contact at first');
  const otto = await room.contacts.keepApart(second, 'x');
  t.equal(await of(second), otto);
  t.match(await room.contacts.show(otto, 'x'), { names: ['Otto Brown'], openMessages: 1 });

  await records.messages.keep(aMessage('three', { body: named('otto brown') }));
  t.equal(await of('three-1'), otto);
  await records.messages.keep(aMessage('four', { body: named('Ida Brown') }));
  t.equal(await of('four-1'), await of('one-1'));
  const nameless = { ...aMessage('four').body, name: null };
  await records.messages.keep(aMessage('four', { number: 2, body: nameless }));
  await t.rejects(room.contacts.keepApart('four-2', 'x'), { code: 'PRIVACY_NO_NAME' });
});
