import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  openSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { collectGarbage } from '../wire/own-memory.js';
import { auditLink } from './audit-chain.js';
import { keysMigrations, mainMigrations, type Migration } from './migrations/index.js';
import { unseal } from './seal.js';
import { makeFolderNow } from './whole-file.js';
import { searchMigrations } from './migrations/search.js';
import { checkFit, migrate, Unfit } from './migrations/migrate.js';
import { derive } from './keyring.js';
import { Prepared } from './prepared.js';
import type {
  DatabaseName,
  Failure,
  Opened,
  OpenSettings,
  Reply,
  Request,
  Written,
} from './protocol.js';

// The thread that holds the databases: every commit is synced here and blocks nobody else.
// The only importer of better-sqlite3 (built with SQLCipher's format).

const FILES: Readonly<Record<DatabaseName, string>> = {
  main: 'vestibule.db',
  keys: 'keys.db',
  search: 'search.db',
};
const SQLITE_FAILURES: readonly (readonly [RegExp, Failure['name']])[] = [
  [/^SQLITE_NOTADB/u, 'WRONG_KEY'],
  [/^SQLITE_CORRUPT/u, 'CORRUPT'],
  [/^SQLITE_BUSY/u, 'BUSY'],
  [/^SQLITE_(?:FULL|IOERR_SHMSIZE)|^ENOSPC|^EDQUOT/u, 'DISK_FULL'],
  [/^SQLITE_(?:READONLY|CANTOPEN|PERM)|^E(?:ACCES|PERM|ROFS|EXIST|NOTDIR)/u, 'NOT_WRITABLE'],
];
const SYNCHRONOUS_FULL = 2;
const BUSY_MS = 5_000;
const PURGE_BUSY_MS = 50;
const OPEN_TRIES = 20;
const OPEN_WAIT_MS = 50;

/** A failure that is known where it happens. */
class Known extends Error {
  readonly failure: Failure['name'];

  constructor(failure: Failure['name']) {
    super(failure);
    this.failure = failure;
  }
}

/**
 * Opens a database, and again when another process was making it at the same moment: one connection
 * then holds the salt of a file that the other has written, or neither gets to switch to WAL.
 */
function open(settings: OpenSettings, name: DatabaseName, migrations: readonly Migration[]) {
  const file = join(settings.folder, FILES[name]);
  opening = file;
  for (let tries = 1; ; tries += 1) {
    // SQLite would make it readable by all; what it makes beside it takes this mode over.
    closeSync(openSync(file, 'a', 0o600));
    const isNew = statSync(file).size === 0;
    try {
      return openOnce(file, settings.keys[name], migrations, name === 'search');
    } catch (error) {
      const code = (error as { code?: string }).code ?? '';
      const raced = code === 'SQLITE_BUSY' || (isNew && code === 'SQLITE_NOTADB');
      if (!raced || tries === OPEN_TRIES) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, OPEN_WAIT_MS);
    }
  }
}

/** What a crash takes from a `cache` is made again, so that its commits wait for no disk. */
function openOnce(
  file: string,
  key: string,
  migrations: readonly Migration[],
  cache: boolean,
): Database.Database {
  const database = new Database(file);
  try {
    database.pragma(`cipher = 'sqlcipher'`);
    database.pragma(`key = "x'${key}'"`);
    database.pragma(`busy_timeout = ${String(BUSY_MS)}`);
    checkFit(database, migrations);
    // The build's default in WAL mode is NORMAL, which can lose acknowledged commits.
    database.pragma('journal_mode = WAL');
    database.pragma(`synchronous = ${cache ? 'NORMAL' : 'FULL'}`);
    database.pragma('secure_delete = ON');
    database.pragma('foreign_keys = ON');
    if (!cache && database.pragma('synchronous', { simple: true }) !== SYNCHRONOUS_FULL) {
      throw new Known('FAILED');
    }
    if (!cache && database.pragma('quick_check(1)', { simple: true }) !== 'ok')
      throw new Known('CORRUPT');
    migrate(database, migrations);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

function addAuditLink(database: Database.Database, key: Uint8Array): void {
  database.function('audit_link', { varargs: true }, (...given) => {
    const [before, at, who, what, subject, why] = given as [
      Uint8Array | null,
      number,
      string,
      string,
      string | null,
      string | null,
    ];
    return auditLink(key, before, { at, who, what, subject, why });
  });
}

function failureOf(error: unknown, place: string): Failure {
  if (error instanceof Unfit) return { name: error.failure, place, detail: error.message };
  if (error instanceof Known) return { name: error.failure, place };
  const code = (error as { code?: string }).code ?? '';
  const known = SQLITE_FAILURES.find(([pattern]) => pattern.test(code));
  // SQLite's own message may quote values; the code is enough.
  return { name: known?.[1] ?? 'FAILED', place, ...(code === '' ? {} : { detail: code }) };
}

const settings = workerData as OpenSettings;
/** An open database, and the statements that were asked of it. */
interface Held {
  readonly database: Database.Database;
  readonly prepared: Prepared;
}

const databases = new Map<DatabaseName, Held>();
/** What is being opened, for whoever has to mend it. */
let opening = settings.folder;

function closeAll(): void {
  for (const { database } of databases.values()) database.close();
  databases.clear();
}

function perform(request: Request): unknown {
  if (request.do === 'close') {
    closeAll();
    return undefined;
  }
  if (request.do === 'rest') {
    rest();
    return undefined;
  }
  const held = databases.get(request.database);
  if (held === undefined) throw new Known('STOPPED');
  const { database, prepared } = held;
  switch (request.do) {
    case 'read':
      return prepared.of(request.sql).all(...request.values);
    case 'purge':
      return purge(database);
    case 'copy':
      copy(database, request.database, request.to);
      return undefined;
    case 'write':
      return write(held, request.statements);
  }
}

/** Whether the write-ahead log is empty now. Does not wait for readers: calls wait for this thread. */
function purge(database: Database.Database): boolean {
  database.pragma(`busy_timeout = ${String(PURGE_BUSY_MS)}`);
  try {
    const [state] = database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    return state?.busy === 0;
  } finally {
    database.pragma(`busy_timeout = ${String(BUSY_MS)}`);
  }
}

/** No commit comes between the file and its log: the writer's lock is held meanwhile. */
function copy(database: Database.Database, name: DatabaseName, to: string): void {
  const file = join(settings.folder, FILES[name]);
  database.pragma('wal_checkpoint(PASSIVE)');
  database
    .transaction(() => {
      copyFileSync(file, to, constants.COPYFILE_FICLONE);
      if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${to}-wal`);
    })
    .immediate();
}

/** Pages of the files that are kept in memory, up to 16 MB a file, are read again when they are needed. */
function rest(): void {
  for (const { database } of databases.values()) database.pragma('shrink_memory');
  collectGarbage();
}

function write(
  { database, prepared }: Held,
  statements: readonly { readonly sql: string; readonly values: readonly unknown[] }[],
): Written {
  return database
    .transaction(() => {
      let lastId = 0;
      let changes = 0;
      for (const { sql, values } of statements) {
        const result = prepared.of(sql).run(...values);
        lastId = Number(result.lastInsertRowid);
        changes += result.changes;
      }
      return { lastId, changes };
    })
    .immediate();
}

function answer(id: number, place: () => string, work: () => unknown): void {
  let reply: Reply;
  try {
    reply = { id, ok: true, value: work() };
  } catch (error) {
    reply = { id, ok: false, failure: failureOf(error, place()) };
  }
  parentPort?.postMessage(reply);
}

parentPort?.on('message', ({ id, request }: { id: number; request: Request }) => {
  const file = 'database' in request ? FILES[request.database] : '';
  answer(
    id,
    () => join(settings.folder, file),
    () => perform(request),
  );
});

/** The index is a cache: one that cannot be opened is made again. */
function openSearch(): Database.Database {
  try {
    return open(settings, 'search', searchMigrations);
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    const spoilt = error instanceof Unfit || error instanceof Known || /NOTADB|CORRUPT/u.test(code);
    if (!spoilt) throw error;
    const file = join(settings.folder, FILES.search);
    for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
    return open(settings, 'search', searchMigrations);
  }
}

/** What index and audit keys are derived from, if that is no longer the root key. */
function keptBase(keys: Database.Database): Buffer | undefined {
  const row = keys.prepare('SELECT wrapped FROM purpose_key WHERE purpose = ?').get('base') as
    { wrapped: Uint8Array } | undefined;
  return row && unseal(Buffer.from(settings.wrapping, 'hex'), row.wrapped, 'purpose-key:base');
}

/** An empty file holds nothing: a disk that was full, or a crash of the machine, leaves such. */
function has(name: DatabaseName): boolean {
  opening = join(settings.folder, FILES[name]);
  return (statSync(opening, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/**
 * The keys are made first, then the store, then the index. A store that is gone is never made anew: what
 * its keys open would be taken for leftovers and destroyed.
 */
function openMain(keys: Database.Database): Database.Database {
  const inUse = has('search') || keys.prepare('SELECT 1 FROM call_key LIMIT 1').get() !== undefined;
  if (!has('main') && inUse) throw new Known('STORE_GONE');
  return open(settings, 'main', mainMigrations);
}

function hold(name: DatabaseName, database: Database.Database): void {
  databases.set(name, { database, prepared: new Prepared(database) });
}

function openAll(): Opened {
  makeFolderNow(settings.folder);
  if (has('main') && !has('keys')) throw new Known('KEYS_GONE');
  try {
    const keys = open(settings, 'keys', keysMigrations);
    hold('keys', keys);
    const main = openMain(keys);
    hold('main', main);
    hold('search', openSearch());
    const base = keptBase(keys);
    const audit =
      base === undefined ? Buffer.from(settings.auditKey, 'hex') : derive(base, 'audit');
    addAuditLink(main, audit);
    return { base };
  } catch (error) {
    closeAll();
    throw error;
  }
}

// The first reply, with id 0, tells whether the store could be opened.
answer(0, () => opening, openAll);
