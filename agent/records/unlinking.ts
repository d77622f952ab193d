import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { recordsErrors } from './errors.js';
import { syncFolder } from './recording-file.js';

const UUID_LENGTH = 36;

/** The recording that a file in the folder of sealed files is of, by its name. */
export const recordingIn = (name: string): string => name.slice(0, UUID_LENGTH);

/** Unlinks all files of recordings, which are named after them; returns how many. @throws RECORDS_NOT_WRITABLE */
export async function unlinkRecordings(
  folder: string,
  recordings: readonly string[],
): Promise<number> {
  if (recordings.length === 0) return 0;
  const ids = new Set(recordings);
  const names: readonly string[] = await readdir(folder).catch(() => []);
  const theirs = names.filter((name) => ids.has(recordingIn(name)));
  try {
    for (const name of theirs) await rm(join(folder, name), { force: true });
    if (theirs.length > 0) await syncFolder(folder);
  } catch (cause) {
    throw recordsErrors.make('NOT_WRITABLE', { place: folder, cause });
  }
  return theirs.length;
}
