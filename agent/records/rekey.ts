import { closeSync, copyFileSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { recordsErrors } from './errors.js';
import type { KeyBranches } from './key-branches.js';
import { seal, unseal } from './seal.js';
import { syncFolderNow } from './whole-file.js';

/** The branches of the root key before and after its change. */
export interface Branches {
  readonly before: KeyBranches;
  readonly after: KeyBranches;
}

/**
 * Seals the databases of `folder` anew, each in a copy that takes the place of the old file in one step.
 * What is done already is left alone. `base` is what index and audit keys go on being derived from.
 * @throws RECORDS_STORE_IN_USE, RECORDS_WRONG_KEY
 */
export function rekeyStore(folder: string, branches: Branches, base: Uint8Array): void {
  rekeyFile(join(folder, 'keys.db'), 'database/keys', branches, (database) => {
    rewrap(database, branches, base);
  });
  rekeyFile(join(folder, 'vestibule.db'), 'database/main', branches, () => undefined);
  for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `search.db${end}`), { force: true });
  syncFolderNow(folder);
}

function rekeyFile(
  file: string,
  purpose: 'database/main' | 'database/keys',
  { before, after }: Branches,
  change: (database: Database.Database) => void,
): void {
  if (opens(file, after.of(purpose))) return;
  const old = unlocked(file, before.of(purpose));
  if (old === undefined) throw recordsErrors.make('WRONG_KEY', { place: file });
  // Without a write-ahead log the file is whole by itself; that fails while anybody else has it open.
  try {
    if (old.pragma('journal_mode = DELETE', { simple: true }) !== 'delete') throw new Error('busy');
  } catch (cause) {
    throw recordsErrors.make('STORE_IN_USE', { place: file, cause });
  } finally {
    old.close();
  }
  const copy = `${file}.next`;
  rmSync(copy, { force: true });
  copyFileSync(file, copy);
  const fresh = unlocked(copy, before.of(purpose));
  if (fresh === undefined) throw recordsErrors.make('WRONG_KEY', { place: copy });
  try {
    change(fresh);
    fresh.pragma(`rekey = "x'${after.of(purpose).toString('hex')}'"`);
  } finally {
    fresh.close();
  }
  if (!opens(copy, after.of(purpose))) throw recordsErrors.make('CORRUPT', { place: copy });
  const handle = openSync(copy, 'r+');
  fsyncSync(handle);
  closeSync(handle);
  renameSync(copy, file);
}

/** The key of every call is sealed under the new root; the keys themselves stay. */
function rewrap(database: Database.Database, { before, after }: Branches, base: Uint8Array): void {
  const [from, to] = [before.of('call-keys'), after.of('call-keys')];
  database.transaction(() => {
    const rows = database.prepare('SELECT call_id, wrapped FROM call_key').all() as {
      call_id: string;
      wrapped: Uint8Array;
    }[];
    const update = database.prepare('UPDATE call_key SET wrapped = ? WHERE call_id = ?');
    for (const { call_id: id, wrapped } of rows) {
      update.run(seal(to, unseal(from, wrapped, `call-key:${id}`), `call-key:${id}`), id);
    }
    const kept = database
      .prepare(`SELECT wrapped FROM purpose_key WHERE purpose = 'base'`)
      .get() as { wrapped: Uint8Array } | undefined;
    const known = kept === undefined ? base : unseal(from, kept.wrapped, 'purpose-key:base');
    database
      .prepare(`INSERT OR REPLACE INTO purpose_key (purpose, wrapped) VALUES ('base', ?)`)
      .run(seal(to, known, 'purpose-key:base'));
  })();
}

/** The database if `key` opens it. */
function unlocked(file: string, key: Uint8Array): Database.Database | undefined {
  const database = new Database(file, { fileMustExist: true });
  try {
    database.pragma(`cipher = 'sqlcipher'`);
    database.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`);
    database.pragma('secure_delete = ON');
    database.pragma('user_version');
    return database;
  } catch (error) {
    database.close();
    if ((error as { code?: string }).code === 'SQLITE_NOTADB') return undefined;
    throw error;
  }
}

function opens(file: string, key: Uint8Array): boolean {
  const database = unlocked(file, key);
  const whole = database?.pragma('quick_check(1)', { simple: true }) === 'ok';
  database?.close();
  return whole;
}
