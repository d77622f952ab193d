import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BareBackup } from '../cli/bare.js';
import type { Paths } from '../config/paths.js';
import { readIdentity } from '../privacy/backup.js';
import { readArchive } from '../privacy/backup-archive.js';
import { readIndex } from '../privacy/backup-index.js';
import { writeWhole } from '../records/whole-file.js';

/**
 * On a bare machine no command knows where things are: the configuration comes first, out of the backup. Does
 * nothing where one is there, nor for a storage, whose address stands in it. @throws PRIVACY_BACKUP_…
 */
export async function takeConfiguration(paths: Paths, backup: BareBackup): Promise<void> {
  const { folder, identityFile, state } = backup;
  if (existsSync(paths.configuration) || folder === undefined || folder.startsWith('s3://')) return;
  const file = state ?? readIndex(folder, true).states.at(-1)?.file;
  if (file === undefined) return;
  const identity = readIdentity(identityFile);
  mkdirSync(paths.home, { recursive: true, mode: 0o700 });
  const unpacked = join(paths.home, 'restoring-configuration');
  rmSync(unpacked, { recursive: true, force: true });
  mkdirSync(unpacked, { mode: 0o700 });
  try {
    await readArchive(join(folder, file), identity, unpacked);
    const found = join(unpacked, basename(paths.configuration));
    if (existsSync(found)) writeWhole(paths.configuration, readFileSync(found));
  } finally {
    rmSync(unpacked, { recursive: true, force: true });
  }
}
