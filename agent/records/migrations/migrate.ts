import type { Migration } from './index.js';

/** "Vest" in SQLite's header: this file is ours. */
export const APPLICATION_ID = 0x56_65_73_74;

/** What migrating needs of a database. */
export interface Migratable {
  pragma(source: string, options?: { simple?: boolean }): unknown;
  exec(sql: string): unknown;
  transaction(work: () => void): { immediate(): void };
}

/** Why a database cannot be migrated. Nothing of it was changed. */
export class Unfit extends Error {
  readonly failure: 'NEWER' | 'FOREIGN';

  constructor(failure: 'NEWER' | 'FOREIGN', message: string) {
    super(message);
    this.failure = failure;
  }
}

/**
 * Looks only, so that a database that is refused stays as it was.
 * @throws Unfit for one that is newer than `migrations` or not ours
 */
export function checkFit(database: Migratable, migrations: readonly Migration[]): void {
  const number = (name: string): number => database.pragma(name, { simple: true }) as number;
  const newest = migrations.at(-1)?.version ?? 0;
  const version = number('user_version');
  const inUse = version > 0 || number('schema_version') > 0;
  // Read last: another process of ours may be making this database, and marks it as it fills it.
  if (inUse && number('application_id') !== APPLICATION_ID) {
    throw new Unfit('FOREIGN', 'another application made it');
  }
  if (version > newest) {
    throw new Unfit('NEWER', `its version is ${String(version)}, known is ${String(newest)}`);
  }
}

/**
 * Brings a database to the newest of `migrations`, each in a transaction of its own with its number.
 * Two processes may do it at once: the version is read again under the lock.
 */
export function migrate(database: Migratable, migrations: readonly Migration[]): void {
  const versionNow = (): number => database.pragma('user_version', { simple: true }) as number;
  const before = versionNow();
  for (const { version, sql } of migrations) {
    if (version <= before) continue;
    database
      .transaction(() => {
        if (versionNow() >= version) return;
        database.exec(sql);
        database.pragma(`application_id = ${String(APPLICATION_ID)}`);
        database.pragma(`user_version = ${String(version)}`);
      })
      .immediate();
  }
}
