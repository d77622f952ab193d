import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import BetterSqlite from 'better-sqlite3';
import t from 'tap';
import { Database } from '../../agent/records/database.js';
import { Prepared } from '../../agent/records/prepared.js';
import { trimMemory } from '../../agent/wire/own-memory.js';

void t.test('a statement is prepared once, and those used last are kept', (t) => {
  const database = new BetterSqlite(':memory:');
  t.teardown(() => database.close());
  const prepared = new Prepared(database, 2);
  database.exec('CREATE TABLE one (x TEXT)');
  const insert = prepared.of('INSERT INTO one VALUES (?)');
  insert.run('secret');
  const read = prepared.of('SELECT x FROM one');
  t.equal(prepared.of('INSERT INTO one VALUES (?)'), insert);
  t.throws(() => insert.run(), 'what was given last time is not bound any more');
  prepared.of('SELECT count(*) FROM one');
  t.equal(prepared.size, 2);
  t.equal(prepared.of('INSERT INTO one VALUES (?)'), insert, 'used after the other');
  t.not(prepared.of('SELECT x FROM one'), read, 'the one unused for longest was let go');
  t.strictSame(read.all(), [{ x: 'secret' }], 'and ends nothing that still runs');
  t.throws(() => prepared.of('SELECT nothing'), { code: 'SQLITE_ERROR' });
  t.equal(prepared.size, 2, 'what is no statement is not kept');
  database.exec('DROP TABLE one; CREATE TABLE one (x TEXT, y TEXT)');
  t.strictSame(prepared.of('SELECT x FROM one').all(), [], 'tables may change under it');
  t.end();
});

void t.test('pages kept in memory are given back when nobody calls', async (t) => {
  // Before the thread starts, as --expose-gc has it.
  setFlagsFromString('--expose-gc');
  const hex = (): string => randomBytes(32).toString('hex');
  const database = new Database(() =>
    Promise.resolve({
      folder: join(t.testdir(), 'records'),
      keys: { main: hex(), keys: hex(), search: hex() },
      ...{ auditKey: hex(), wrapping: hex() },
    }),
  );
  await database.rest();
  await database.start();
  await database.write('main', { sql: 'CREATE TABLE filler (x BLOB)', values: [] });
  const ROW = 100_000;
  for (let at = 0; at < 120; at += 1) {
    await database.write('main', {
      sql: 'INSERT INTO filler VALUES (?)',
      values: [randomBytes(ROW)],
    });
  }
  // Every page is looked through, and nothing of it comes to JavaScript.
  const whole = async (): Promise<unknown> => {
    const sql = "SELECT count(*) AS rows, sum(instr(x, x'00') > 0) AS found FROM filler";
    return (await database.read('main', sql))[0];
  };
  const rest = async (): Promise<number> => {
    const before = process.memoryUsage.rss();
    await database.rest();
    await trimMemory();
    return before - process.memoryUsage.rss();
  };
  // What was written lies in buffers of JavaScript as well, which are freed a moment after they are collected.
  for (let times = 0; times < 3; times += 1) await rest();
  const rows = await whole();
  const given = await rest();
  t.ok(given > 60 * ROW, `${String(given)} bytes of 12 MB that were looked through`);
  t.match(rows, { rows: 120, found: 120 });
  t.strictSame(await whole(), rows, 'they are read again');
  await database.stop();
  await database.rest();
});
