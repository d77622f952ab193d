import Sqlite from 'better-sqlite3';
import t from 'tap';
import { keysMigrations, mainMigrations } from '../../agent/records/migrations/index.js';
import { APPLICATION_ID, migrate } from '../../agent/records/migrations/migrate.js';

const versionOf = (database: Sqlite.Database): unknown =>
  database.pragma('user_version', { simple: true });

await t.test('migrations run forward from version 1, each once, each whole or not at all', (t) => {
  const database = new Sqlite(':memory:');
  migrate(database, mainMigrations.slice(0, 1));
  t.equal(versionOf(database), 1);
  t.equal(database.pragma('application_id', { simple: true }), APPLICATION_ID);
  database.exec(
    `INSERT INTO call (id, started_at, called_number, language) VALUES ('old', 1, '2', 'en')`,
  );
  migrate(database, mainMigrations);
  const newest = mainMigrations.at(-1)?.version ?? 0;
  t.equal(versionOf(database), newest, 'ours lead to the newest version');

  const next = {
    version: newest + 1,
    sql: `ALTER TABLE call ADD COLUMN branch TEXT DEFAULT 'main'`,
  };
  const broken = {
    version: newest + 2,
    sql: 'CREATE TABLE half (id); INSERT INTO nowhere VALUES (1)',
  };
  t.throws(() => {
    migrate(database, [...mainMigrations, next, broken]);
  }, /nowhere/u);
  t.equal(versionOf(database), newest + 1, 'the last whole step counts');
  t.equal(
    database.prepare(`SELECT count(*) FROM sqlite_schema WHERE name = 'half'`).pluck().get(),
    0,
  );
  migrate(database, [...mainMigrations, next]);
  t.same(database.prepare('SELECT id, branch FROM call').all(), [{ id: 'old', branch: 'main' }]);
  database.close();
  t.end();
});

await t.test('every released schema leads to the newest, with what was in it', (t) => {
  const schemaOf = (database: Sqlite.Database): unknown =>
    database
      .prepare(`SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name`)
      .all();
  for (const all of [mainMigrations, keysMigrations]) {
    const fresh = new Sqlite(':memory:');
    migrate(fresh, all);
    for (const { version } of all) {
      const database = new Sqlite(':memory:');
      database.pragma('foreign_keys = ON');
      migrate(database, all.slice(0, version));
      t.equal(versionOf(database), version);
      const had = all === mainMigrations ? 'call' : 'call_key';
      database.exec(
        had === 'call'
          ? `INSERT INTO call (id, started_at, called_number, language) VALUES ('a', 1, '2', 'en')`
          : `INSERT INTO call_key (call_id, wrapped) VALUES ('a', x'00');
             INSERT INTO recording_key (recording_id, call_id, wrapped) VALUES ('r', 'a', x'01')`,
      );
      if (had === 'call' && version === 19)
        database.exec(
          `INSERT INTO guardian (call_id, at, what, who, how) VALUES ('a', 5, 'agreed', x'07', 'key')`,
        );
      migrate(database, all);
      t.same(schemaOf(database), schemaOf(fresh), `from ${String(version)}`);
      t.equal(database.prepare(`SELECT count(*) FROM ${had}`).pluck().get(), 1);
      if (had === 'call_key')
        t.same(database.prepare('SELECT wrapped FROM recording_key').pluck().get(), Buffer.of(1));
      t.same(database.pragma('foreign_key_check'), []);
      t.equal(database.pragma('integrity_check', { simple: true }), 'ok');
      if (had === 'call' && version === 19)
        t.match(database.prepare('SELECT * FROM guardian').get(), {
          what: 'agreed',
          noted_by: null,
        });
      database.close();
    }
    fresh.close();
  }
  t.end();
});

await t.test('notifications that wait outlive the table that takes alarms too', (t) => {
  const database = new Sqlite(':memory:');
  database.pragma('foreign_keys = ON');
  migrate(database, mainMigrations.slice(0, 17));
  database.exec(`
    INSERT INTO call (id, started_at, called_number, language) VALUES ('one', 1, '2', 'en');
    INSERT INTO message (id, call_id, number, taken_at, updated_at, state, intent, confirmed, body)
      VALUES ('m', 'one', 1, 1, 1, 'open', 'message.leave', 1, x'00');
    INSERT INTO outbox VALUES ('o', 'm', 'mail a@b.test', 3, 4, 2, 'waiting')`);
  migrate(database, mainMigrations);
  t.same(database.prepare('SELECT * FROM outbox').all(), [
    {
      ...{ id: 'o', message_id: 'm', alarm_id: null, target: 'mail a@b.test' },
      ...{ made_at: 3, due_at: 4, tries: 2, state: 'waiting' },
    },
  ]);
  database.exec(`DELETE FROM message`);
  t.same(database.prepare('SELECT * FROM outbox').all(), [], 'and go with their message');
  database.close();
  t.end();
});

await t.test('versions are counted without a gap', (t) => {
  for (const migrations of [mainMigrations, keysMigrations]) {
    t.same(
      migrations.map(({ version }) => version),
      migrations.map((_, index) => index + 1),
    );
  }
  t.end();
});

await t.test('the schema itself refuses a recording without consent', (t) => {
  const database = new Sqlite(':memory:');
  database.pragma('foreign_keys = ON');
  migrate(database, mainMigrations);
  database.exec(
    `INSERT INTO call (id, started_at, called_number, language) VALUES ('one', 1, '2', 'en')`,
  );
  const insert = database.prepare(
    `INSERT INTO recording (id, call_id, consent_id, file, state) VALUES ('r', 'one', ?, 'f', 'open')`,
  );
  t.throws(() => insert.run(null), { code: 'SQLITE_CONSTRAINT_NOTNULL' });
  t.throws(() => insert.run(77), { code: 'SQLITE_CONSTRAINT_FOREIGNKEY' });
  database.exec(
    `INSERT INTO consent (call_id, at, basis, notice_version) VALUES ('one', 1, 'opt-in', '1')`,
  );
  t.equal(insert.run(1).changes, 1);
  database.close();
  t.end();
});
