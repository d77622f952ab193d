import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Clock } from '../clock.js';
import { replayErasures } from '../records/erasure.js';
import { openWithWords, slotsFileOf } from '../records/key-slots.js';
import { keyText } from '../records/keyring.js';
import type { OpenRecords } from '../records/records.js';
import { syncFolderNow, writeWhole } from '../records/whole-file.js';
import { readArchive } from './backup-archive.js';
import { KEYS_ARCHIVE, readIndex } from './backup-index.js';
import type { BackupPlace } from './backup.js';
import { OWN_FOLDERS } from './backup.js';
import { privacyErrors } from './errors.js';

export interface RestoreWish {
  readonly folder: string;
  /** age identity that the backup was sealed for. */
  readonly identity: string;
  /** The state to go back to; the newest if absent. */
  readonly state?: string;
  /** Recovery words, on a machine that does not have the root key. */
  readonly words?: string;
  /** Why there is no ledger any more, or only an old one; without it such a ledger is refused. */
  readonly ledgerLost?: string;
}

/** What a store holds, by number. */
export interface RestoreDone {
  readonly state: string;
  readonly calls: number;
  readonly recordings: number;
  /** Erasures of the ledger, and what of them had to be carried out again. */
  readonly erasures: number;
  readonly erasedAgain: number;
  /** Erasures that the store knows of and the ledger does not: those after the backup are as lost. */
  readonly erasuresLost: number;
  /** Calls in which words that were hidden after the backup were hidden again. */
  readonly hiddenAgain: number;
}

/**
 * Puts a backup in the place of a store that is not there. What is unpacked takes its place in one step,
 * and erasures that were made since are carried out again before anybody may read.
 * @throws PRIVACY_STORE_PRESENT, PRIVACY_NO_BACKUP, PRIVACY_BACKUP_…, RECORDS_…
 */
export async function restore(
  wish: RestoreWish,
  place: BackupPlace,
  open: () => OpenRecords,
  clock: Clock,
): Promise<RestoreDone> {
  if (['vestibule.db', 'keys.db'].some((name) => existsSync(join(place.store, name)))) {
    throw privacyErrors.make('STORE_PRESENT', { place: place.store });
  }
  const { file, folder } = await unpacked(wish, place);
  takeAlong(folder, 'keyring.json', slotsFileOf(place.keyFile));
  takeAlong(folder, 'vestibule.yaml', place.configuration);
  for (const own of OWN_FOLDERS) {
    const examples = join(folder, own);
    for (const name of existsSync(examples) ? readdirSync(examples) : []) {
      takeAlong(examples, name, join(place.home, own, name));
    }
    rmSync(examples, { recursive: true, force: true });
  }
  if (wish.words !== undefined && !existsSync(place.keyFile)) {
    writeWhole(place.keyFile, keyText(openWithWords(slotsFileOf(place.keyFile), wish.words)));
  }
  rmSync(place.store, { recursive: true, force: true });
  renameSync(folder, place.store);
  syncFolderNow(dirname(place.store));
  try {
    return await settle(file, open(), clock, wish.ledgerLost);
  } catch (error) {
    // Not opened, or erasures not made good: nobody may read it. The same command begins afresh.
    renameSync(place.store, folder);
    throw error;
  }
}

/** Unpacks beside the store, afresh: what an interrupted restore left is no help. */
async function unpacked(
  { folder: from, identity, state }: RestoreWish,
  { store }: BackupPlace,
): Promise<{ readonly file: string; readonly folder: string }> {
  const index = readIndex(from, true);
  const newest = index.states.at(-1)?.file;
  const file = state ?? newest;
  if (file === undefined || !index.states.some((one) => one.file === file)) {
    throw privacyErrors.make('NO_BACKUP', { place: join(from, state ?? '') });
  }
  const folder = `${store}.restoring`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await readArchive(join(from, file), identity, folder);
  await readArchive(join(from, KEYS_ARCHIVE), identity, folder);
  for (const sound of index.sound) await readArchive(join(from, sound.file), identity, folder);
  return { file, folder };
}

/** What the machine has already counts; what it lacks comes from the backup. */
function takeAlong(folder: string, name: string, to: string): void {
  const from = join(folder, name);
  if (!existsSync(from)) return;
  if (!existsSync(to)) {
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
    renameSync(from, to);
    syncFolderNow(dirname(to));
  } else rmSync(from);
}

async function settle(
  file: string,
  records: OpenRecords,
  clock: Clock,
  ledgerLost: string | undefined,
): Promise<RestoreDone> {
  await records.start();
  try {
    const now = clock.now();
    const again = await replayErasures(records.rights, now, ledgerLost);
    const hiddenAgain = await records.rights.hidings.replay();
    await records.transcripts.takeUpToned();
    await records.calls.interruptOpen([], now);
    // Whoever was logged in at the time of the backup may have been sent away since.
    await records.reading.accounts.logins.clear();
    const why = ledgerLost === undefined ? undefined : `ledger lost: ${ledgerLost}`;
    await records.reading.audit.restored(file, why);
    const database = records.rights.database;
    const [count] = await database.read<{ calls: number; recordings: number }>(
      'main',
      `SELECT (SELECT count(*) FROM call) AS calls,
         (SELECT count(*) FROM recording WHERE state != 'discarded') AS recordings`,
    );
    return {
      state: file,
      calls: count?.calls ?? 0,
      recordings: count?.recordings ?? 0,
      erasures: again.erasures,
      erasedAgain: again.keys + again.files + again.rows,
      erasuresLost: again.lost,
      hiddenAgain,
    };
  } finally {
    await records.stop();
  }
}
