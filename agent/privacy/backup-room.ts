import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Clock } from '../clock.js';
import { keyFileOf } from '../records/keyring.js';
import type { OpenRecords } from '../records/records.js';
import type { RecordsSettings } from '../records/settings.js';
import { drill, type DrillDone } from './backup-drill.js';
import { restore, type RestoreDone } from './backup-restore.js';
import type { Storage } from './backup-s3/storage.js';
import type { BackupSettings } from './backup-settings.js';
import { backUp, makeIdentity, readIdentity, type BackupDone, type BackupPlace } from './backup.js';
import { privacyErrors } from './errors.js';

export interface BackupRoomParts {
  readonly home: string;
  readonly configuration: string;
  readonly records: RecordsSettings;
  readonly backup: BackupSettings;
  /** The store of a data folder, not opened yet. */
  readonly open: (home: string) => OpenRecords;
  readonly who: string;
  readonly clock: Clock;
}

/** Backups, their restoring, and the drill: for whoever keeps the machine. */
export class BackupRoom {
  readonly #parts: BackupRoomParts;
  readonly #place: BackupPlace;

  constructor(parts: BackupRoomParts) {
    this.#parts = parts;
    this.#place = {
      home: parts.home,
      store: resolve(parts.home, parts.records.folder),
      keyFile: keyFileOf(parts.home, parts.records.keyFile),
      configuration: parts.configuration,
    };
  }

  /** @throws PRIVACY_BACKUP_UNSET, PRIVACY_BACKUP_UNWRITABLE */
  async run(instead: {
    readonly folder?: string;
    readonly recipient?: string;
  }): Promise<BackupDone> {
    const { backup, open, home, who, clock } = this.#parts;
    const records = open(home);
    await records.start();
    try {
      await records.reading.audit.add(who, 'backup.run', undefined);
      const recipient = instead.recipient ?? backup.recipient;
      const { keep } = backup;
      const to = instead.folder ?? this.#usual;
      if (!isStorage(to)) {
        return await backUp(records, this.#place, { folder: to, recipient, keep }, clock);
      }
      if (recipient === '') throw privacyErrors.make('BACKUP_UNSET');
      return await this.#storing(to, async (storage) => {
        const { backUpToStorage } = await import('./backup-s3/to-storage.js');
        return backUpToStorage(records, this.#place, { storage, recipient, keep }, clock);
      });
    } finally {
      await records.stop();
    }
  }

  /** Makes an identity file and returns its recipient. */
  identity(file: string): Promise<string> {
    return makeIdentity(resolve(file));
  }

  async restore(wish: {
    readonly folder: string | undefined;
    readonly identityFile: string;
    readonly state?: string;
    readonly words?: string;
    readonly ledgerLost?: string;
  }): Promise<RestoreDone> {
    const { folder, identityFile, ...more } = wish;
    const identity = readIdentity(identityFile);
    const { open, home, clock } = this.#parts;
    return this.#here(folder, wish.state, home, (from) =>
      restore({ ...more, identity, folder: from }, this.#place, () => open(home), clock),
    );
  }

  async drill(wish: {
    readonly folder: string | undefined;
    readonly identityFile: string;
    readonly state?: string;
    readonly below?: string;
  }): Promise<DrillDone> {
    const { folder, identityFile, ...more } = wish;
    const identity = readIdentity(identityFile);
    const { open, clock } = this.#parts;
    return this.#here(folder, wish.state, wish.below ?? tmpdir(), (from) =>
      drill({ ...more, identity, folder: from }, this.#place, open, clock),
    );
  }

  /**
   * Lends the folder of a backup; one that lies in a storage is fetched `below`, where it stays for the
   * next try if anything fails.
   */
  async #here<T>(
    folder: string | undefined,
    state: string | undefined,
    below: string,
    use: (folder: string) => Promise<T>,
  ): Promise<T> {
    const from = folder ?? this.#usual;
    if (from === '') throw privacyErrors.make('BACKUP_UNSET');
    if (!isStorage(from)) return use(from);
    const fetched = join(below, FETCHED);
    await this.#storing(from, async (storage) => {
      const { fetchBackup } = await import('./backup-s3/fetch.js');
      await fetchBackup(storage, fetched, state);
    });
    const done = await use(fetched);
    rmSync(fetched, { recursive: true, force: true });
    return done;
  }

  /** @throws PRIVACY_BACKUP_UNSET, PRIVACY_BACKUP_STORAGE_SECRET, and what `use` throws */
  async #storing<T>(to: string, use: (storage: Storage) => Promise<T>): Promise<T> {
    const { s3 } = this.#parts.backup;
    if (s3 === undefined) throw privacyErrors.make('BACKUP_UNSET', { place: to });
    // Only here: who backs up to a folder loads no client of a storage.
    const { Storage } = await import('./backup-s3/storage.js');
    const storage = new Storage(to, s3);
    try {
      return await use(storage);
    } finally {
      storage.close();
    }
  }

  /** Where backups go as configured; empty for nowhere. */
  get #usual(): string {
    const { folder, to } = this.#parts.backup;
    if (to !== '') return to;
    return folder === '' ? '' : resolve(this.#parts.home, folder);
  }
}

/** What is fetched of a storage lies here, sealed as it is. */
const FETCHED = 'vestibule-backup-fetched';

const isStorage = (place: string): boolean => place.startsWith('s3://');
