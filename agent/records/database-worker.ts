import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { keysMigrations, mainMigrations, type Migration } from './migrations/index.js';
import type { DatabaseName, Failure, OpenSettings, Reply, Request, Written } from './protocol.js';

// The thread that holds the databases: every commit is synced here and blocks nobody else.
// The only importer of better-sqlite3 (built with SQLCipher's format).

const FILES: Readonly<Record<DatabaseName, string>> = { main: 'vestibule.db', keys: 'keys.db' };
const SQLITE_FAILURES: readonly (readonly [RegExp, Failure['name']])[] = [
  [/^SQLITE_NOTADB/u, 'WRONG_KEY'],
  [/^SQLITE_CORRUPT/u, 'CORRUPT'],
  [/^SQLITE_FULL|^ENOSPC/u, 'DISK_FULL'],
  [/^SQLITE_(?:READONLY|CANTOPEN|PERM)|^E(?:ACCES|PERM|ROFS)/u, 'NOT_WRITABLE'],
];

class NewerSchema extends Error {}

function open(settings: OpenSettings, name: DatabaseName, migrations: readonly Migration[]) {
  const database = new Database(join(settings.folder, FILES[name]));
  database.pragma(`cipher = 'sqlcipher'`);
  database.pragma(`key = "x'${settings.keys[name]}'"`);
  // The build's default in WAL mode is NORMAL, which can lose acknowledged commits.
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('secure_delete = ON');
  database.pragma('foreign_keys = ON');
  database.pragma('busy_timeout = 5000');
  if (database.pragma('synchronous', { simple: true }) !== 2) throw new Error('synchronous');
  const check: unknown = database.pragma('quick_check(1)', { simple: true });
  if (check !== 'ok') throw Object.assign(new Error('quick_check'), { code: 'SQLITE_CORRUPT' });
  migrate(database, migrations);
  return database;
}

function migrate(database: Database.Database, migrations: readonly Migration[]): void {
  const before = database.pragma('user_version', { simple: true }) as number;
  const newest = migrations.at(-1)?.version ?? 0;
  if (before > newest) throw new NewerSchema(`version ${String(before)}, known ${String(newest)}`);
  for (const { version, sql } of migrations.filter((one) => one.version > before)) {
    database.transaction(() => {
      database.exec(sql);
      database.pragma(`user_version = ${String(version)}`);
    })();
  }
}

function failureOf(error: unknown, place: string): Failure {
  if (error instanceof NewerSchema) return { name: 'NEWER', place, detail: error.message };
  const code = (error as { code?: string }).code ?? '';
  const known = SQLITE_FAILURES.find(([pattern]) => pattern.test(code));
  // SQLite's own message may quote values; the code is enough.
  return { name: known?.[1] ?? 'FAILED', place, ...(code === '' ? {} : { detail: code }) };
}

const settings = workerData as OpenSettings;
const databases = new Map<DatabaseName, Database.Database>();

function perform(request: Request): unknown {
  if (request.do === 'close') {
    for (const database of databases.values()) database.close();
    databases.clear();
    return undefined;
  }
  const database = databases.get(request.database);
  if (database === undefined) throw new Error('not open');
  if (request.do === 'read') return database.prepare(request.sql).all(...request.values);
  const written: Written = database.transaction(() => {
    let lastId = 0;
    let changes = 0;
    for (const { sql, values } of request.statements) {
      const result = database.prepare(sql).run(...values);
      lastId = Number(result.lastInsertRowid);
      changes += result.changes;
    }
    return { lastId, changes };
  })();
  return written;
}

function answer(id: number, place: string, work: () => unknown): void {
  let reply: Reply;
  try {
    reply = { id, ok: true, value: work() };
  } catch (error) {
    reply = { id, ok: false, failure: failureOf(error, place) };
  }
  parentPort?.postMessage(reply);
}

parentPort?.on('message', ({ id, request }: { id: number; request: Request }) => {
  const file = request.do === 'close' ? '' : FILES[request.database];
  answer(id, join(settings.folder, file), () => perform(request));
});

// The first reply, with id 0, tells whether the store could be opened.
answer(0, settings.folder, () => {
  mkdirSync(settings.folder, { recursive: true, mode: 0o700 });
  databases.set('main', open(settings, 'main', mainMigrations));
  databases.set('keys', open(settings, 'keys', keysMigrations));
});
