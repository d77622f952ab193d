import { resolve } from 'node:path';
import type { Clock } from '../clock.js';
import { keyFileOf } from '../records/keyring.js';
import type { OpenRecords } from '../records/records.js';
import type { RecordsSettings } from '../records/settings.js';
import { drill, type DrillDone } from './backup-drill.js';
import { restore, type RestoreDone } from './backup-restore.js';
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
      const target = {
        folder: instead.folder ?? this.#folder(backup.folder),
        recipient: instead.recipient ?? backup.recipient,
        keep: backup.keep,
      };
      return await backUp(records, this.#place, target, clock);
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
    return restore(
      { ...more, identity, folder: this.#from(folder) },
      this.#place,
      () => open(home),
      clock,
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
    return drill({ ...more, identity, folder: this.#from(folder) }, this.#place, open, clock);
  }

  #from(folder: string | undefined): string {
    const from = folder ?? this.#folder(this.#parts.backup.folder);
    if (from === '') throw privacyErrors.make('BACKUP_UNSET');
    return from;
  }

  #folder(setting: string): string {
    return setting === '' ? '' : resolve(this.#parts.home, setting);
  }
}
