import t, { type Test } from 'tap';
import { CallerRights } from '../../agent/privacy/caller-rights.js';
import { ReadingRoom } from '../../agent/privacy/reading-room.js';
import { systemClock } from '../../agent/clock.js';
import { dueOf } from '../../agent/privacy/due.js';
import { aCall } from '../records/store.js';
import { ANNA, anOffice, SAM } from './office.js';
import { DAY_MS, IDA, NORA, plant } from './planted.js';

async function planted(t: Test, settings: object = {}) {
  const made = await anOffice(t, settings);
  await plant(made.records, made.clock.at);
  made.clock.at += 10 * DAY_MS;
  const rights = new CallerRights({
    ...{ records: made.records, clock: made.clock, law: 'gdpr' },
    ...{ country: 'gb', timeZone: 'Europe/London' },
  });
  return { ...made, rights };
}

t.test('a month is a calendar month in the zone of the office; 45 days are days', (t) => {
  const due = (iso: string, law: 'gdpr' | 'ccpa', zone = 'Europe/London') => {
    const { dueAt, latestAt } = dueOf(Date.parse(iso), law, zone);
    return [dueAt, latestAt].map((at) => new Date(at).toISOString().slice(0, 16));
  };
  t.strictSame(due('2026-01-31T12:00Z', 'gdpr'), ['2026-02-28T23:59', '2026-04-30T22:59']);
  t.strictSame(due('2026-03-01T12:00Z', 'gdpr'), ['2026-04-01T22:59', '2026-06-01T22:59']);
  t.strictSame(due('2026-03-01T20:00Z', 'gdpr', 'Asia/Seoul')[0], '2026-04-02T14:59');
  t.strictSame(due('2026-03-01T12:00Z', 'ccpa'), ['2026-04-15T22:59', '2026-05-30T22:59']);
  t.end();
});

await t.test(
  '8 children: without a guardian a call is held and queued for deletion; with one it is named',
  async (t) => {
    const { office, records, rights } = await planted(t);
    await records.calls.open(aCall('child'));
    await records.calls.open(aCall('agreed'));
    const said = { what: 'absent', who: null, how: 'voice' } as const;
    await rights.guardian({ call: 'child', ...said });
    await rights.guardian({ call: 'agreed', what: 'agreed', who: 'Helen Brand', how: 'voice' });

    const room = new ReadingRoom(records, systemClock());
    await t.rejects(room.showCall('child', 'cli:anna'), { code: 'PRIVACY_RESTRICTED' }, 'held');
    t.match(await room.showCall('agreed', 'cli:anna'), {
      guardian: { what: 'agreed', who: 'Helen Brand', how: 'voice' },
    });
    const queue = await office.requests.list(false, ANNA);
    const queued = queue.filter(({ body }) => body?.note?.includes('child') === true);
    t.match(queued, [{ kind: 'erasure', via: 'voice', state: 'open' }], 'once, and with its term');
    const frozen = (await office.freezes.list('restriction', ANNA)).at(-1)!;
    t.match(frozen, { call: 'child', by: 'vestibule:guardian' });
    await office.freezes.lift('restriction', frozen.id, 'the mother agreed', ANNA);
    t.match(await room.showCall('child', 'cli:anna'), { guardian: { what: 'absent', who: null } });
    const rows = await records.rights.database.read<{ who: Uint8Array }>(
      'main',
      'SELECT who FROM guardian WHERE who IS NOT NULL',
    );
    t.notOk(Buffer.from(rows[0]!.who).includes('Helen'), 'the name is sealed under the call’s key');
  },
);

await t.test('a request is due in a month, is extended once, and is closed', async (t) => {
  const { office, clock } = await planted(t);
  const { requests } = office;
  const id = await requests.take('access', { name: NORA.name, number: NORA.number }, ANNA);
  const shown = async () => (await requests.list(false, ANNA))[0];
  t.match(await shown(), { id, kind: 'access', state: 'open', via: 'staff', urgency: 'in-time' });
  clock.at += 26 * DAY_MS;
  t.equal((await shown())?.urgency, 'in-time');
  clock.at += 2 * DAY_MS;
  t.equal((await shown())?.urgency, 'due-soon', 'an alert at 28 days');
  t.strictSame(await requests.pressing(), { soon: 1, overdue: 0 });
  clock.at += 5 * DAY_MS;
  t.equal((await shown())?.urgency, 'overdue');
  t.strictSame(await requests.pressing(), { soon: 0, overdue: 1 });
  await requests.extend(id, 'four hundred calls', ANNA);
  t.match(await shown(), { urgency: 'in-time', extended: { why: 'four hundred calls' } });
  await t.rejects(requests.extend(id, 'more', ANNA), { code: 'PRIVACY_EXTENDED' });
  await requests.close(id, 'done', 'archive handed over', ANNA);
  t.strictSame(await requests.list(false, ANNA), []);
  t.match((await requests.list(true, ANNA))[0], { urgency: 'closed', state: 'done' });
  await t.rejects(requests.close(id, 'done', 'x', ANNA), { code: 'PRIVACY_NO_REQUEST' });
  await t.rejects(requests.code(99, ANNA), { code: 'PRIVACY_NO_REQUEST', place: '99' });
  await t.rejects(requests.list(false, SAM), { code: 'PRIVACY_NOT_ALLOWED' });
});

await t.test('7.1 how to exercise: with 45 days, alerts before they end and after', async (t) => {
  const { office, clock } = await planted(t, { law: 'ccpa' });
  const { requests } = office;
  await requests.take('access', { name: NORA.name, number: NORA.number }, ANNA);
  const after = async (days: number) => {
    clock.at += days * DAY_MS;
    return (await requests.list(false, ANNA))[0]?.urgency;
  };
  t.equal(await after(41), 'in-time');
  t.equal(await after(4), 'due-soon', 'an alert on the 45th day');
  t.equal(await after(1), 'overdue');
});

await t.test(
  'a call-back code is told on a number that was known before, and proves it',
  async (t) => {
    const { office, clock } = await planted(t);
    const { requests } = office;
    const id = await requests.take('erasure', { number: '020 7946 0142' }, ANNA);
    await t.rejects(
      requests.verify(id, '000000', ANNA),
      { code: 'PRIVACY_WRONG_CODE' },
      'none yet',
    );
    const { code, numbers } = await requests.code(id, ANNA);
    t.strictSame(numbers, [NORA.number]);
    t.match(code, /^\d{6}$/u);
    const wrong = code === '111111' ? '222222' : '111111';
    await t.rejects(requests.verify(id, wrong, ANNA), { code: 'PRIVACY_WRONG_CODE' });
    await requests.verify(id, code, ANNA);
    const proof = { request: id };
    const receipt = await office.erasing.erase(
      { query: { number: NORA.number }, also: [], proof },
      ANNA,
    );
    t.equal(receipt.identity, `request ${String(id)}: call-back code`);
    await t.rejects(requests.verify(id, code, ANNA), { code: 'PRIVACY_WRONG_CODE' }, 'used up');

    const other = await requests.take('access', { number: IDA.number }, ANNA);
    const late = await requests.code(other, ANNA);
    for (let tries = 0; tries < 6; tries += 1) {
      await t.rejects(requests.verify(other, 'xxxxxx', ANNA), { code: 'PRIVACY_WRONG_CODE' });
    }
    await t.rejects(requests.verify(other, late.code, ANNA), /too-often/u, 'right, but too late');
    const again = await requests.code(other, ANNA);
    clock.at += 8 * DAY_MS;
    await t.rejects(requests.verify(other, again.code, ANNA), /too-late/u);
    await requests.vouch(other, 'showed her passport', ANNA);
    t.match(await requests.list(false, ANNA), [{}, { verified: { how: 'showed her passport' } }]);
  },
);

await t.test(
  '7.1 how to exercise: caller ID alone never suffices, a spoofed number is refused',
  async (t) => {
    const { office, records, rights, clock } = await planted(t);
    // Somebody calls with a number that they set themselves and that nobody knows here.
    const spoofed = '+442079460555';
    await records.calls.open(aCall('spoof', { startedAt: clock.at, contactNumber: spoofed }));
    const body = { name: null, phone: null, reason: null, callbackTime: null };
    const id = await rights.request({ message: 'spoof-1', callerNumber: spoofed, body });
    await t.rejects(office.requests.code(id, ANNA), { code: 'PRIVACY_NO_CALLBACK' });
    const erase = office.erasing.erase(
      { query: { number: spoofed }, also: [], proof: { request: id } },
      ANNA,
    );
    await t.rejects(erase, { code: 'PRIVACY_NO_IDENTITY' });
    // With Nora's number it is Nora who is called back, on her own telephone.
    const asNora = await rights.request({ message: 'spoof-2', callerNumber: NORA.number, body });
    t.strictSame((await office.requests.code(asNora, ANNA)).numbers, [NORA.number]);
  },
);

await t.test('a request taken by voice lands in the queue, and grows as it is told', async (t) => {
  const { office, rights } = await planted(t);
  const told = (heard: string, value: string | null = null) => ({
    ...{ heard, value, confidence: 0.9, by: 'voice' },
  });
  const nothing = { name: null, phone: null, reason: null, callbackTime: null };
  const callerNumber = NORA.number;
  const id = await rights.request({ message: 'c-1', callerNumber, body: nothing });
  t.match(await office.requests.list(false, ANNA), [
    { id, kind: 'other', via: 'voice', body: { number: NORA.number }, message: 'c-1' },
  ]);
  const body = {
    ...nothing,
    name: told('Nora Whitlock', 'Nora Whitlock'),
    reason: told('please delete everything you have about me'),
    details: { email: told('nora at example dot com', 'nora@example.com') },
  };
  t.equal(await rights.request({ message: 'c-1', callerNumber, body }), id);
  t.match(await office.requests.list(false, ANNA), [
    { id, kind: 'erasure', body: { name: NORA.name, email: 'nora@example.com' } },
  ]);
  await office.requests.setKind(id, 'access', ANNA);
  await rights.request({ message: 'c-1', callerNumber, body });
  t.match(await office.requests.list(false, ANNA), [{ kind: 'access' }], 'staff know better');
});

await t.test(
  '7 objection: the list is kept by number, sealed, and survives an erasure',
  async (t) => {
    const { office, rights } = await planted(t);
    t.ok(await office.objections.add('020 7946 0142', 'no-record', ANNA));
    t.notOk(await office.objections.add(NORA.number, 'no-record', ANNA), 'once');
    await office.objections.add(NORA.number, 'no-assistant', ANNA);
    t.strictSame(await rights.objections(NORA.number), ['no-assistant', 'no-record']);
    t.strictSame(await rights.objections(IDA.number), []);
    t.match(await office.objections.list(ANNA), [
      { number: NORA.number },
      { kind: 'no-assistant' },
    ]);
    const proof = { identity: 'in person' };
    await office.erasing.erase({ query: { number: NORA.number }, also: [], proof }, ANNA);
    t.strictSame(await rights.objections(NORA.number), ['no-assistant', 'no-record']);
    t.ok(await office.objections.remove(NORA.number, 'no-assistant', ANNA));
    t.notOk(await office.objections.remove(NORA.number, 'no-assistant', ANNA));
    await t.rejects(office.objections.add('12', 'no-record', ANNA), { code: 'PRIVACY_BAD_NUMBER' });
    t.strictSame(await rights.objections(NORA.number), ['no-record']);
  },
);
