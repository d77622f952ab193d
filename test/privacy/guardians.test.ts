import t, { type Test } from 'tap';
import { CallerRights } from '../../agent/privacy/caller-rights.js';
import { ReadingRoom } from '../../agent/privacy/reading-room.js';
import { privacySettings } from '../../agent/privacy/settings.js';
import { NORA, plant } from './planted.js';
import { ANNA, anOffice, SAM } from './office.js';

/** A child's call, in which no guardian was there. */
async function waiting(t: Test) {
  const made = await anOffice(t);
  const { records, clock } = made;
  await plant(records, clock.now() - 3 * 86_400_000);
  const rights = new CallerRights({
    ...{ records, clock, law: privacySettings.parse({}).law },
    ...{ country: 'gb', timeZone: 'Europe/London' },
  });
  await rights.guardian({ call: 'nora-2', what: 'absent', who: null, how: 'silence' });
  return { ...made, room: new ReadingRoom(records, clock) };
}

await t.test('8 children: a guardian who agrees later frees the call, and is named', async (t) => {
  const { office, records, room, clock } = await waiting(t);
  const byHand = { at: clock.now(), by: ANNA.who, why: 'disputed' };
  await records.rights.freezes.place('restriction', { call: 'nora-1' }, byHand);
  t.match(await office.guardians.waiting(ANNA), [
    { call: 'nora-2', number: NORA.number, answer: { what: 'absent' }, request: 1 },
  ]);
  const [seen] = await records.reading.audit.list({ limit: 1 });
  t.match(seen, { who: ANNA.who, what: 'privacy.guardian.list' }, 'numbers are not read unseen');
  await t.rejects(office.guardians.waiting(SAM), { code: 'PRIVACY_NOT_ALLOWED' });
  await t.rejects(room.showCall('nora-2', 'cli:anna'), { code: 'PRIVACY_RESTRICTED' });

  const told = { call: 'nora-2', what: 'agreed', who: 'Mary Doe', how: 'called back' } as const;
  await t.rejects(office.guardians.note({ ...told, how: ' ' }, ANNA), {
    code: 'PRIVACY_NO_IDENTITY',
  });
  await t.rejects(office.guardians.note(told, SAM), { code: 'PRIVACY_NOT_ALLOWED' });
  await t.rejects(
    office.guardians.note({ ...told, call: 'nora-1' }, ANNA),
    { code: 'PRIVACY_NO_GUARDIAN' },
    'what is restricted for another reason stays so',
  );
  await office.guardians.note(told, ANNA);
  t.match(await room.showCall('nora-2', 'cli:anna'), {
    guardian: { what: 'agreed', who: 'Mary Doe', how: 'staff', by: ANNA.who },
  });
  t.same(await office.guardians.waiting(ANNA), []);
  t.match(await office.requests.list(true, ANNA), [{ state: 'refused', urgency: 'closed' }]);
  const rows = await records.reading.audit.list({ limit: 50 });
  t.match(
    rows.find(({ what }) => what === 'privacy.guardian.agreed'),
    { who: ANNA.who, subject: 'nora-2', why: 'called back' },
  );
  await t.rejects(office.guardians.note(told, ANNA), { code: 'PRIVACY_NO_GUARDIAN' });
});

await t.test(
  '8 children: one who refuses leaves it restricted, and it alone is erased',
  async (t) => {
    const { office, records, room } = await waiting(t);
    const told = { call: 'nora-2', what: 'refused', who: 'Mary Doe', how: 'called back' } as const;
    await office.guardians.note(told, ANNA);
    await t.rejects(room.showCall('nora-2', 'cli:anna'), { code: 'PRIVACY_RESTRICTED' });
    t.match(await office.guardians.waiting(ANNA), [{ answer: { what: 'refused' }, request: 1 }]);

    const order = { query: {}, also: ['nora-2'] };
    await t.rejects(office.erasing.plan({ query: {}, also: [] }, ANNA), {
      code: 'PRIVACY_NO_QUERY',
    });
    t.match(await office.erasing.plan(order, ANNA), { calls: ['nora-2'], contacts: [] });
    const receipt = await office.erasing.erase(
      { ...order, proof: { identity: 'the guardian refused' } },
      ANNA,
    );
    t.match(receipt, { calls: ['nora-2'], contacts: [], recordings: [] });
    t.equal(await records.reading.calls.head('nora-2'), undefined);
    t.ok(await records.reading.calls.head('nora-1'), 'the other call of that number stays');
    t.same(await office.guardians.waiting(ANNA), []);
  },
);

await t.test('what was cut off while a guardian was noted can be noted again', async (t) => {
  const { office, records, room } = await waiting(t);
  const told = { call: 'nora-2', what: 'agreed', who: 'Mary Doe', how: 'called back' } as const;
  const { requests } = records.rights;
  const close = requests.close.bind(requests);
  requests.close = () => Promise.reject(new Error('the disk is full'));
  await t.rejects(office.guardians.note(told, ANNA), { message: /full/u });
  await t.rejects(room.showCall('nora-2', 'cli:anna'), { code: 'PRIVACY_RESTRICTED' });
  requests.close = close;
  await office.guardians.note(told, ANNA);
  t.match(await room.showCall('nora-2', 'cli:anna'), { guardian: { what: 'agreed' } });
  t.match(await office.requests.list(true, ANNA), [{ state: 'refused' }]);
});
