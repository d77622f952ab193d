import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import t, { type Test } from 'tap';
import { derive } from '../../agent/records/keyring.js';
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
  const root = Buffer.from(readFileSync(join(`${home}-keys`, 'root.key'), 'utf8').trim(), 'hex');
  const database = new Sqlite(join(home, 'records', 'vestibule.db'));
  database.pragma(`cipher = 'sqlcipher'`);
  database.pragma(`key = "x'${derive(root, 'database/main').toString('hex')}'"`);
  database.exec(spoil);
  database.close();
  const { records: again } = await startedStore(t, home);
  return again.reading.audit.verify();
}

await t.test('an untouched log is whole', async (t) => {
  t.same(await spoilt(t, 'SELECT 1'), { rows: 5, brokenAt: undefined });
});

await t.test('whatever is changed, taken out, added or cut off shows', async (t) => {
  const faults = [
    [`UPDATE audit SET who = 'cli:bert' WHERE id = 3`, 3],
    [`UPDATE audit SET subject = NULL WHERE id = 1`, 1],
    [`UPDATE audit SET at = at + 1 WHERE id = 5`, 5],
    [`DELETE FROM audit WHERE id = 2`, 2],
    [`DELETE FROM audit WHERE id = 1`, 1],
    [`DELETE FROM audit WHERE id = 5`, 5],
    [`DELETE FROM audit`, 1],
    [`INSERT INTO audit (at, who, what, mac) VALUES (1, 'x', 'y', zeroblob(32))`, 6],
    [`INSERT INTO audit (at, who, what, mac) SELECT at, who, what, mac FROM audit WHERE id = 5`, 6],
  ] as const;
  for (const [sql, brokenAt] of faults) t.match(await spoilt(t, sql), { brokenAt }, sql);
});

await t.test('two writers keep one chain', async (t) => {
  const { home, records } = await startedStore(t);
  const { records: other } = await startedStore(t, home);
  await Promise.all(
    Array.from({ length: 40 }, (_, row) =>
      (row % 2 === 0 ? records : other).reading.audit.add('test', 'row', String(row)),
    ),
  );
  t.same(await records.reading.audit.verify(), { rows: 40, brokenAt: undefined });
});
