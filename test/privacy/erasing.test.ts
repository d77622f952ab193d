import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import t, { type Test } from 'tap';
import { replayErasures } from '../../agent/records/erasure.js';
import { openBeside } from '../records/beside.js';
import { filesWith } from '../records/canary.js';
import { aCall, anUtterance, startedStore, storeOf } from '../records/store.js';
import { ANNA, anOffice, SAM } from './office.js';
import { DAY_MS, IDA, NORA, plant } from './planted.js';

const PROOF = { identity: 'showed her identity card' };
const order = (query: object, also: readonly string[] = []) => ({ query, also, proof: PROOF });

async function planted(t: Test) {
  const made = await anOffice(t);
  await plant(made.records, made.clock.at);
  made.clock.at += 10 * DAY_MS;
  return made;
}

await t.test(
  '7 deletion: a plan destroys nothing, and planted mentions of third parties are found',
  async (t) => {
    const { office, records } = await planted(t);
    for (const query of [{ number: '020 7946 0142' }, { name: 'nora whitlock' }]) {
      const plan = await office.erasing.plan({ query, also: [] }, ANNA);
      t.match(plan, {
        calls: ['nora-1', 'nora-2'],
        contacts: { length: 1 },
        recordings: { length: 1 },
        ...{ utterances: 2, messages: 1 },
        mentions: [
          { call: 'ida-1', atMs: 1_000, what: 'name' },
          { call: 'ida-1', atMs: 5_000, what: 'number' },
        ],
      });
    }
    t.equal((await records.reading.calls.list(9)).length, 3);
    t.equal((await records.reading.calls.utterances('nora-1')).length, 1);
  },
);

await t.test(
  'erased is erased: keys, files, rows, and a receipt that can be verified',
  async (t) => {
    const { office, records, home, folder } = await planted(t);
    const before = readdirSync(join(folder, 'recordings'));
    const receipt = await office.erasing.erase(order({ number: NORA.number }), ANNA);
    t.match(receipt, {
      calls: ['nora-1', 'nora-2'],
      identity: PROOF.identity,
      askedBy: 'cli:anna',
    });
    t.notMatch(JSON.stringify(receipt), /Nora|Whitlock|7946|Zwiebel/u, 'it names nobody');
    t.equal(before.length, 1);
    t.strictSame(readdirSync(join(folder, 'recordings')), []);
    t.strictSame(await records.reading.calls.utterances('nora-1'), []);
    const main = openBeside(home, 'main');
    const tables = main
      .prepare(
        `SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'call_id'
       WHERE m.type = 'table'`,
      )
      .all() as { name: string }[];
    t.ok(tables.length >= 7, 'the tables are found');
    for (const { name } of tables) {
      const rows = main.prepare(`SELECT 1 FROM ${name} WHERE call_id LIKE 'nora%'`).all();
      t.equal(rows.length, 0, name);
    }
    t.strictSame(main.prepare('SELECT id FROM call').all(), [{ id: 'ida-1' }]);
    main.close();
    const keys = openBeside(home, 'keys');
    t.strictSame(
      keys.prepare(`SELECT call_id FROM call_key WHERE call_id NOT LIKE 'contact:%'`).all(),
      [{ call_id: 'ida-1' }],
    );
    t.strictSame(keys.prepare('SELECT * FROM recording_key').all(), []);
    keys.close();
    for (const name of ['vestibule.db-wal', 'keys.db-wal']) {
      t.equal(readFileSync(join(folder, name)).length, 0, `${name} is empty`);
    }
    const file = records.rights.ledger.receiptFile(receipt.id);
    t.match(await office.verifyDocument(file, undefined), { document: /receipt/u });
    t.match(await office.verifyDocument(file, join(home, 'ledger', 'signing-key.pem')), {});
    t.strictSame(filesWith(home, NORA.word), [], 'and nothing of it in any file');
    const [row] = (await records.reading.audit.list({ limit: 1, subject: receipt.id })) as [object];
    t.match(row, { who: 'cli:anna', what: 'privacy.erase', why: PROOF.identity });
    const again = await office.erasing.plan({ query: { name: NORA.name }, also: [] }, ANNA);
    t.match(
      again,
      { calls: [], contacts: [], mentions: { length: 1 } },
      'others still speak of her',
    );
  },
);

await t.test('a mention can be taken along, once somebody has looked at it', async (t) => {
  const { office, records } = await planted(t);
  const receipt = await office.erasing.erase(order({ number: NORA.number }, ['ida-1']), ANNA);
  t.strictSame([...receipt.calls].sort(), ['ida-1', 'nora-1', 'nora-2']);
  t.strictSame(receipt.mentions, []);
  t.strictSame(await records.reading.calls.list(9), []);
  await t.rejects(office.erasing.plan({ query: { number: NORA.number }, also: [] }, ANNA), {
    code: 'PRIVACY_NOBODY',
  });
});

await t.test(
  '6 secure deletion: what was copied before is unreadable with the keys that are left',
  async (t) => {
    const { office, records, home, folder } = await planted(t);
    const copy = join(home, '..', 'copy');
    await records.rights.database.purge('main');
    cpSync(folder, copy, { recursive: true });
    await office.erasing.erase(order({ number: NORA.number }), ANNA);
    await records.stop();
    for (const name of readdirSync(folder))
      if (name.startsWith('vestibule')) rmSync(join(folder, name));
    cpSync(join(copy, 'vestibule.db'), join(folder, 'vestibule.db'));
    cpSync(join(copy, 'recordings'), join(folder, 'recordings'), { recursive: true });
    const again = storeOf(home);
    await again.start();
    t.teardown(() => again.stop());
    t.equal((await again.reading.calls.list(9)).length, 3, 'the rows are back');
    await t.rejects(again.reading.calls.utterances('nora-1'), { code: 'RECORDS_KEY_ERASED' });
    const [recording] = await again.reading.recordings.of('nora-1');
    await t.rejects(
      async () => {
        for await (const chunk of recording?.chunks() ?? []) t.notOk(chunk);
      },
      { code: 'RECORDS_KEY_ERASED' },
    );
    t.equal((await again.reading.calls.utterances('ida-1')).length, 2, 'others are as they were');
  },
);

await t.test(
  '6 secure deletion: erasures are carried out again after a restore, old keys included',
  async (t) => {
    const { office, records, home, folder } = await planted(t);
    const copy = join(home, '..', 'copy');
    for (const name of ['main', 'keys'] as const) await records.rights.database.purge(name);
    cpSync(folder, copy, { recursive: true });
    await office.erasing.erase(order({ number: NORA.number }), ANNA);
    await records.stop();
    rmSync(folder, { recursive: true });
    cpSync(copy, folder, { recursive: true });
    const { records: again } = await startedStore(t, home);
    t.equal(
      (await again.reading.calls.utterances('nora-1')).length,
      1,
      'the backup brought it back',
    );
    t.match(await replayErasures(again.rights, 5), { erasures: 1, files: 1, keys: 4 });
    t.strictSame(
      (await again.reading.calls.list(9)).map(({ id }) => id),
      ['ida-1'],
    );
    t.strictSame(readdirSync(join(folder, 'recordings')), []);
    t.match(await replayErasures(again.rights, 6), { files: 0, keys: 0, rows: 0 }, 'once');
  },
);

await t.test('an erasure that was cut short is finished, and gets its receipt then', async (t) => {
  const { office, records, clock } = await planted(t);
  const { ledger, subjects } = records.rights;
  const id = '00000000-0000-4000-8000-000000000001';
  const recordings = await subjects.recordingsOf(['nora-1']);
  const report = { document: 'vestibule erasure receipt', id };
  await ledger.keep({ id, at: 1, calls: ['nora-1'], contacts: [], recordings, report });
  t.notOk(ledger.hasReceipt(id));
  t.match(await office.erasing.replay(ANNA), { erasures: 1, files: 1, keys: 2 });
  t.match(JSON.parse(readFileSync(ledger.receiptFile(id), 'utf8')), { id, completedAt: clock.at });
  t.match(await office.verifyDocument(ledger.receiptFile(id), undefined), {});
});

await t.test(
  'no receipt while somebody keeps the write-ahead log from being emptied',
  async (t) => {
    const { office, records, home } = await planted(t);
    const reader = openBeside(home, 'keys');
    reader.exec('BEGIN');
    t.ok(reader.prepare('SELECT * FROM call_key').all().length > 0);
    await t.rejects(office.erasing.erase(order({ number: NORA.number }), ANNA), {
      code: 'RECORDS_NOT_PURGED',
    });
    const [entry] = await records.rights.ledger.entries();
    t.notOk(records.rights.ledger.hasReceipt(entry?.id ?? ''));
    await t.rejects(records.reading.calls.utterances('nora-1'), { code: 'RECORDS_KEY_ERASED' });
    reader.close();
    await office.erasing.replay(ANNA);
    t.ok(records.rights.ledger.hasReceipt(entry?.id ?? ''), 'once it could be emptied');
    t.strictSame(
      (await records.reading.calls.list(9)).map(({ id }) => id),
      ['ida-1'],
    );
  },
);

await t.test('a legal hold and a call in progress stay, and the receipt says why', async (t) => {
  const { office, records } = await planted(t);
  const hold = { at: 1, by: 'cli:anna', why: 'claim 12' };
  await records.rights.freezes.place('hold', { call: 'nora-2' }, hold);
  await records.calls.open(aCall('nora-3', { contactNumber: NORA.number }));
  await records.utterances.add(anUtterance('nora-3'));
  const receipt = await office.erasing.erase(order({ number: NORA.number }), ANNA);
  t.strictSame([receipt.calls, receipt.contacts], [['nora-1'], []]);
  t.match(receipt.kept.slice(0, 3), [
    { what: 'calls under a legal hold', ids: ['nora-2'] },
    { what: 'calls in progress', ids: ['nora-3'] },
    { what: 'contacts of calls that stay', ids: { length: 1 } },
  ]);
  t.equal((await records.reading.calls.utterances('nora-2')).length, 1);
});

await t.test('a damaged ledger, or an old one, is refused by name', async (t) => {
  const { office, records, home } = await planted(t);
  const { id } = await office.erasing.erase(order({ number: NORA.number }), ANNA);
  const file = join(home, 'ledger', 'erasures', `${id}.json`);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('nora-1', 'nora-9'));
  const damaged = { code: 'RECORDS_LEDGER_DAMAGED', place: file };
  await t.rejects(office.erasing.replay(ANNA), damaged, 'one that was changed');
  writeFileSync(file, text.slice(0, 40));
  await t.rejects(office.erasing.replay(ANNA), damaged, 'half a file');
  rmSync(file);
  await t.rejects(
    office.erasing.replay(ANNA),
    { code: 'RECORDS_LEDGER_BEHIND' },
    'one that is gone',
  );
  const receipt = records.rights.ledger.receiptFile(id);
  const changed = join(home, 'changed.json');
  writeFileSync(changed, readFileSync(receipt, 'utf8').replace('"messages": 1', '"messages": 0'));
  await t.rejects(office.verifyDocument(changed, undefined), { code: 'PRIVACY_SIGNATURE_WRONG' });
  await t.rejects(office.verifyDocument(join(home, 'none'), undefined), {
    code: 'PRIVACY_FILE_UNREADABLE',
  });
  const other = await anOffice(t);
  await t.rejects(other.office.verifyDocument(receipt, undefined), {
    code: 'PRIVACY_SIGNATURE_WRONG',
  });
});

await t.test('who is not known, or not one person, or may not ask', async (t) => {
  const { office, records, clock } = await planted(t);
  const erase = (query: object, proof: object = PROOF, who = ANNA) =>
    office.erasing.erase({ query, also: [], proof }, who);
  await t.rejects(erase({}), { code: 'PRIVACY_NO_QUERY' });
  await t.rejects(erase({ number: '12' }), { code: 'PRIVACY_BAD_NUMBER' });
  await t.rejects(erase({ number: '020 7946 0999' }), { code: 'PRIVACY_NOBODY' });
  await t.rejects(erase({ contact: 'none' }), { code: 'PRIVACY_NO_CONTACT', place: 'none' });
  await t.rejects(erase({ number: NORA.number }, {}), { code: 'PRIVACY_NO_IDENTITY' });
  await t.rejects(erase({ number: NORA.number }, { request: 7 }), { code: 'PRIVACY_NO_REQUEST' });
  const request = await office.requests.take('erasure', { number: NORA.number }, ANNA);
  await t.rejects(erase({ number: NORA.number }, { request }), { code: 'PRIVACY_NO_IDENTITY' });
  await t.rejects(erase({ number: NORA.number }, PROOF, SAM), { code: 'PRIVACY_NOT_ALLOWED' });
  const [contact = ''] = await records.reading.contacts.ofNumber(NORA.number);
  const apart = await records.reading.contacts.keepApart(contact, 'Max Whitlock', clock.at);
  await t.rejects(erase({ number: NORA.number }), { code: 'PRIVACY_SEVERAL' });
  t.match(await erase({ contact: apart }), { calls: [], contacts: [apart] });
  t.match(await erase({ contact }), { calls: ['nora-1', 'nora-2'], contacts: [contact] });
});

await t.test('by e-mail address, as it was spelt out', async (t) => {
  const { office, records } = await planted(t);
  const said = 'My address is ida dot brandt at example dot com';
  await records.utterances.add(anUtterance('ida-1', { atMs: 9_000, text: said }));
  const email = 'Ida.Brandt@example.com';
  t.match(await office.erasing.plan({ query: { email }, also: [] }, ANNA), {
    calls: ['ida-1'],
    contacts: { length: 1 },
  });
  t.equal((await records.reading.contacts.ofNumber(IDA.number)).length, 1);
});

await t.test(
  'a rule that the office set for the number is told, in receipt and report',
  async (t) => {
    const { office, records, clock, home } = await planted(t);
    const rule = {
      ...({ caller: NORA.number, called: undefined, way: 'block', target: undefined } as const),
      ...{ seconds: undefined, recording: undefined, until: undefined },
    };
    await records.handling.rules.set('rule-1', rule, clock.at, 'cli:anna');
    const { kept } = await office.erasing.plan({ query: { number: NORA.number }, also: [] }, ANNA);
    t.match(kept[0], { what: 'rules for their calls', ids: ['rule-1'] });
    const file = join(home, '..', 'nora.zip');
    await office.reports.make({ number: NORA.number }, PROOF, file, ANNA);
    const report = Buffer.from(unzipSync(readFileSync(file))['report.json'] ?? []).toString('utf8');
    t.match(JSON.parse(report), { rules: [{ way: 'block', until: null }] });
  },
);
