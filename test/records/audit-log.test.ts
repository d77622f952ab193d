import { appendFileSync, copyFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { auditLink } from '../../agent/records/audit-chain.js';
import { derive } from '../../agent/records/keyring.js';
import { openBeside } from './beside.js';
import { startedStore, storeOf, temporaryHome } from './store.js';

/** Lets `spoil` at a log of five rows, as somebody with the database's key can; then verifies it. */
async function spoilt(t: Test, spoil: string) {
  const home = temporaryHome(t);
  const records = storeOf(home);
  await records.start();
  for (let row = 1; row <= 5; row += 1) {
    await records.reading.audit.add('cli:anna', 'calls.show', `call-${row}`);
  }
  await records.stop();
  const database = openBeside(home, 'main');
  database.exec(spoil);
  database.close();
  const { records: again } = await startedStore(t, home);
  return again.reading.audit.verify();
}

await t.test('an untouched log is whole', async (t) => {
  const whole = { rows: 5, brokenAt: undefined, fault: undefined, restores: [] };
  t.same(await spoilt(t, 'SELECT 1'), whole);
});

await t.test(
  '5 monitoring: edit, delete, reorder, insert and truncate are each detected',
  async (t) => {
    const faults = [
      [`UPDATE audit SET who = 'cli:bert' WHERE id = 3`, 3, 'changed'],
      [`UPDATE audit SET subject = NULL WHERE id = 1`, 1, 'changed'],
      [`UPDATE audit SET why = 'told to' WHERE id = 2`, 2, 'changed'],
      [`UPDATE audit SET at = at + 1 WHERE id = 5`, 5, 'changed'],
      [`DELETE FROM audit WHERE id = 2`, 2, 'missing'],
      [`DELETE FROM audit WHERE id = 1`, 1, 'missing'],
      [`DELETE FROM audit WHERE id = 5`, 5, 'cut-off'],
      [`DELETE FROM audit`, 1, 'cut-off'],
      // The number given last is set back with them: only the head outside tells.
      [`DELETE FROM audit WHERE id > 3; UPDATE sqlite_sequence SET seq = 3`, 4, 'cut-off'],
      [`DELETE FROM audit; DELETE FROM sqlite_sequence`, 1, 'cut-off'],
      // Two rows that change places.
      [
        `UPDATE audit SET id = 9 WHERE id = 2; UPDATE audit SET id = 2 WHERE id = 3;
       UPDATE audit SET id = 3 WHERE id = 9`,
        ...([2, 'changed'] as const),
      ],
      [`INSERT INTO audit (at, who, what, mac) VALUES (1, 'x', 'y', zeroblob(32))`, 6, 'changed'],
      [
        `INSERT INTO audit (at, who, what, mac) SELECT at, who, what, mac FROM audit WHERE id = 5`,
        ...([6, 'changed'] as const),
      ],
    ] as const;
    for (const [sql, brokenAt, fault] of faults) {
      t.match(await spoilt(t, sql), { brokenAt, fault }, sql);
    }
  },
);

await t.test('an older database in its place shows, also to whoever kept a head', async (t) => {
  const home = temporaryHome(t);
  const file = join(home, 'records', 'vestibule.db');
  const write = async (rows: number) => {
    const records = storeOf(home);
    await records.start();
    for (let row = 0; row < rows; row += 1) await records.reading.audit.add('x', 'y', undefined);
    const head = await records.reading.audit.head();
    await records.stop();
    return head;
  };
  await write(3);
  copyFileSync(file, `${file}.old`);
  const noted = await write(4);
  copyFileSync(`${file}.old`, file);
  const { records } = await startedStore(t, home);
  const { audit } = records.reading;
  t.match(await audit.verify(), { rows: 3, brokenAt: 4, fault: 'cut-off' });
  for (let row = 0; row < 5; row += 1) await audit.add('x', 'other', undefined);
  t.match(await audit.verify(), { fault: undefined }, 'the file now knows a later row');
  t.match(await audit.verify(noted), { brokenAt: 7, fault: 'replaced' }, 'a head kept elsewhere');
});

await t.test(
  'a chain that was made anew with the key is not the one whose head we wrote',
  async (t) => {
    const home = temporaryHome(t);
    const first = storeOf(home);
    await first.start();
    for (let row = 0; row < 3; row += 1) await first.reading.audit.add('cli:anna', 'show', 'call');
    await first.stop();
    const root = Buffer.from(readFileSync(join(`${home}-keys`, 'root.key'), 'utf8').trim(), 'hex');
    const database = openBeside(home, 'main');
    let link: Uint8Array | null = null;
    for (const id of [1, 2, 3]) {
      const row = { at: id, who: 'cli:bert', what: 'show', subject: null, why: null };
      link = auditLink(derive(root, 'audit'), link, row);
      database
        .prepare('UPDATE audit SET at = ?, who = ?, subject = NULL, mac = ? WHERE id = ?')
        .run(id, row.who, link, id);
    }
    database.close();
    const { records } = await startedStore(t, home);
    t.match(await records.reading.audit.verify(), { rows: 3, brokenAt: 3, fault: 'replaced' });
  },
);

await t.test('a head outside that is gone or damaged is a fault of its own', async (t) => {
  const { home, records } = await startedStore(t);
  const { audit } = records.reading;
  t.match(await audit.verify(), { rows: 0, fault: undefined }, 'an empty log needs none');
  await audit.add('x', 'y', undefined);
  const file = join(home, 'ledger', 'audit-heads.jsonl');
  appendFileSync(file, '{"row":1,"li');
  t.match(await audit.verify(), { fault: undefined }, 'what a crash cut off does not count');
  await audit.add('x', 'y', undefined);
  t.match(await audit.verify(), { rows: 2, fault: undefined }, 'and does not spoil the next');
  appendFileSync(file, '{"row":1,"li');
  appendFileSync(file, '\n');
  t.match(await audit.verify(), { fault: 'head-damaged' });
  rmSync(file);
  t.match(await audit.verify(), { rows: 2, brokenAt: undefined, fault: 'head-gone' });
});

await t.test('old rows go in time, and the chain can still be followed', async (t) => {
  const { home, records } = await startedStore(t);
  const { audit } = records.reading;
  for (let row = 0; row < 6; row += 1) await audit.add('x', 'y', String(row));
  const database = openBeside(home, 'main');
  const at = Date.now() + 1;
  t.equal(await audit.forgetBefore(at), 5, 'the last row stays');
  t.equal(await audit.forgetBefore(at), 0);
  await audit.add('x', 'y', 'after');
  t.match(await audit.verify(), { rows: 2, fault: undefined });
  t.equal((await audit.list({ limit: 9 }))[0]?.subject, 'after');
  database.exec('UPDATE audit_start SET after = 6');
  t.match(await audit.verify(), { brokenAt: 1, fault: 'changed' }, 'nobody else may take rows out');
  database.close();
});

await t.test('two writers keep one chain', async (t) => {
  const { home, records } = await startedStore(t);
  const { records: other } = await startedStore(t, home);
  await Promise.all(
    Array.from({ length: 40 }, (_, row) =>
      (row % 2 === 0 ? records : other).reading.audit.add('test', 'row', String(row)),
    ),
  );
  t.same(await records.reading.audit.verify(), {
    rows: 40,
    brokenAt: undefined,
    fault: undefined,
    restores: [],
  });
});
