import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../clock.js';
import type { OpenRecords } from '../../records/records.js';
import { INDEX, KEYS_ARCHIVE, readIndex, writeIndex, type BackupIndex } from '../backup-index.js';
import { backUp, type BackupDone, type BackupPlace } from '../backup.js';
import { privacyErrors } from '../errors.js';
import { fetchFile } from './fetch.js';
import { sendFile } from './send.js';
import type { Storage } from './storage.js';

/** What is sent lies here until it was, so that a try that broke off is gone on with. */
const STAGING = 'backup-staging';
const ARCHIVE = /^(?:sound|state)-[\dTZ.]+\.tar\.age$/u;

export interface StorageTarget {
  readonly storage: Storage;
  readonly recipient: string;
  readonly keep: number;
  /** Bytes of a part; for tests. */
  readonly part?: number;
}

/**
 * Backs the store up into a storage: what is new is written here, sent, compared, and only then named by
 * the index there, so that a backup cut short changes nothing. The keys of calls replace those before,
 * and no older version of them is left there.
 * @throws PRIVACY_BACKUP_…
 */
export async function backUpToStorage(
  records: OpenRecords,
  place: BackupPlace,
  { storage, recipient, keep, part }: StorageTarget,
  clock: Clock,
): Promise<BackupDone> {
  const folder = join(place.home, STAGING);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await begin(storage, folder);
  const done = await backUp(records, place, { folder, recipient, keep }, clock);
  const index = readIndex(folder, true);
  const parts = part === undefined ? {} : { part };
  for (const file of archivesOf(index)) {
    const path = join(folder, file);
    if (existsSync(path)) await sendFile(storage, file, path, parts);
  }
  for (const file of [KEYS_ARCHIVE, INDEX]) {
    await sendFile(storage, file, join(folder, file), { ...parts, afresh: true });
  }
  await forgetKeys(storage);
  await tidy(storage, index);
  rmSync(folder, { recursive: true, force: true });
  return { ...done, folder: storage.place };
}

/** The index to go on from: that of a try that broke off, else that of the storage. */
async function begin(storage: Storage, folder: string): Promise<void> {
  // Keys of then may have been erased since.
  rmSync(join(folder, KEYS_ARCHIVE), { force: true });
  const there = new Set(await storage.list());
  if (!existsSync(join(folder, INDEX)) && there.has(INDEX)) {
    await fetchFile(storage, INDEX, join(folder, INDEX));
  }
  const { version, sound, states } = readIndex(folder, false);
  const kept = ({ file }: { readonly file: string }): boolean =>
    there.has(file) || existsSync(join(folder, file));
  // What is neither here nor there is written again.
  writeIndex(folder, { version, sound: sound.filter(kept), states: states.filter(kept) });
}

const archivesOf = ({ sound, states }: BackupIndex): readonly string[] =>
  [...sound, ...states].map(({ file }) => file);

async function forgetKeys(storage: Storage): Promise<void> {
  try {
    await storage.removeOlder(KEYS_ARCHIVE);
  } catch (cause) {
    throw privacyErrors.make('BACKUP_STORAGE_HISTORY', { place: storage.place, cause });
  }
}

/** States that are no longer kept, and archives that no index ever named. */
async function tidy(storage: Storage, index: BackupIndex): Promise<void> {
  const named = new Set(archivesOf(index));
  for (const name of await storage.list()) {
    if (ARCHIVE.test(name) && !named.has(name)) await storage.remove(name);
  }
}
