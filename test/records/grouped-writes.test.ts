import t from 'tap';
import type { Database } from '../../agent/records/database.js';
import { GroupedWrites } from '../../agent/records/grouped-writes.js';
import type { Statement } from '../../agent/records/protocol.js';

const statement = (sql: string): Statement => ({ sql, values: [] });

/** A database that commits when it is told to; it refuses what holds `refused`. */
function slowDatabase(refused = 'nothing') {
  const asked: string[][] = [];
  let commit = (): void => undefined;
  const write = async (_: string, ...statements: readonly Statement[]): Promise<void> => {
    asked.push(statements.map(({ sql }) => sql));
    await new Promise<void>((resolve) => {
      commit = resolve;
    });
    if (statements.some(({ sql }) => sql === refused)) throw new Error(`no ${refused}`);
  };
  const commitNow = (): void => {
    commit();
  };
  return { database: { write } as unknown as Database, asked, commit: commitNow };
}

const turn = () => new Promise(setImmediate);

await t.test('what is asked for while a commit is under way is committed together', async (t) => {
  const { database, asked, commit } = slowDatabase();
  const writes = new GroupedWrites(database, 'keys');
  const done: string[] = [];
  const all = ['first', 'second', 'third', 'fourth'].map(async (sql) => {
    await writes.write(statement(sql));
    done.push(sql);
  });
  t.same(asked, [['first']], 'the first waits for nobody');
  commit();
  await turn();
  t.same(done, ['first'], 'and is told alone');
  t.same(asked.at(-1), ['second', 'third', 'fourth']);
  t.equal(asked.length, 2);
  commit();
  await Promise.all(all);
  const last = writes.write(statement('last'));
  t.same(asked.at(-1), ['last'], 'afterwards it goes on');
  commit();
  await last;
});

await t.test('what is refused takes nothing with it', async (t) => {
  const { database, asked, commit } = slowDatabase('wrong');
  const writes = new GroupedWrites(database, 'keys');
  const all = Promise.allSettled(
    ['first', 'second', 'wrong', 'fourth'].map((sql) => writes.write(statement(sql))),
  );
  for (let commits = 0; commits < 5; commits += 1) {
    commit();
    await turn();
  }
  t.match(await all, [
    { status: 'fulfilled' },
    { status: 'fulfilled' },
    { status: 'rejected', reason: /no wrong/u },
    { status: 'fulfilled' },
  ]);
  t.same(asked, [['first'], ['second', 'wrong', 'fourth'], ['second'], ['wrong'], ['fourth']]);
});
