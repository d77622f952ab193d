import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../records/whole-file.js';
import { privacyErrors } from './errors.js';

const indexSchema = z.strictObject({
  version: z.literal(1),
  /** Archives of recordings, each with the files that it holds. */
  sound: z.array(z.strictObject({ file: z.string(), holds: z.array(z.string()) })),
  /** Archives of the store without its recordings, the newest last. */
  states: z.array(z.strictObject({ file: z.string(), at: z.number().int() })),
});

/** What a backup folder holds: names of files alone. It is written last, so that it never promises more. */
export type BackupIndex = z.infer<typeof indexSchema>;

export const KEYS_ARCHIVE = 'keys.tar.age';
export const INDEX = 'vestibule-backup.json';

/** @throws PRIVACY_NO_BACKUP when `must` and there is none, PRIVACY_BACKUP_DAMAGED */
export function readIndex(folder: string, must: boolean): BackupIndex {
  const file = join(folder, INDEX);
  if (!existsSync(file)) {
    if (must) throw privacyErrors.make('NO_BACKUP', { place: folder });
    return { version: 1, sound: [], states: [] };
  }
  return parseIndex(readFileSync(file, 'utf8'), file);
}

/** @throws PRIVACY_BACKUP_DAMAGED, naming `place` */
export function parseIndex(text: string, place: string): BackupIndex {
  try {
    return indexSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw privacyErrors.make('BACKUP_DAMAGED', { place, cause });
  }
}

export const writeIndex = (folder: string, index: BackupIndex): void => {
  writeWhole(join(folder, INDEX), `${JSON.stringify(index, null, 1)}\n`);
};
