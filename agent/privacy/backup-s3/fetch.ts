import { createWriteStream, mkdirSync } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { INDEX, KEYS_ARCHIVE, readIndex } from '../backup-index.js';
import { privacyErrors } from '../errors.js';
import { sha256Of } from './send.js';
import type { Storage } from './storage.js';

/**
 * Fetches one object into a file that is whole or not there, goes on where an earlier try broke off, and
 * compares it with the checksum that it was written with.
 * @throws PRIVACY_NO_BACKUP, PRIVACY_BACKUP_DAMAGED, PRIVACY_BACKUP_STORAGE
 */
export async function fetchFile(storage: Storage, name: string, file: string): Promise<void> {
  const place = `${storage.place}/${name}`;
  const head = await storage.head(name);
  if (head === undefined) throw privacyErrors.make('NO_BACKUP', { place });
  const part = `${file}.part`;
  if ((await bytesOf(part)) > head.bytes) await rm(part, { force: true });
  let have = await bytesOf(part);
  if (head.bytes === 0) await append(storage, name, part, 0);
  while (have < head.bytes) {
    const before = have;
    try {
      await append(storage, name, part, before);
    } catch (error) {
      // A connection that broke is taken up again as long as each brings something.
      if ((await bytesOf(part)) <= before) throw error;
    }
    have = await bytesOf(part);
    if (have <= before) break;
  }
  if ((await bytesOf(part)) !== head.bytes || !(await isAs(part, head.sha256))) {
    await rm(part, { force: true });
    throw privacyErrors.make('BACKUP_DAMAGED', { place, detail: 'its checksum is another' });
  }
  await rename(part, file);
}

/** Appends what `name` holds from byte `from` on. @throws PRIVACY_NO_BACKUP, PRIVACY_BACKUP_STORAGE */
async function append(storage: Storage, name: string, part: string, from: number): Promise<void> {
  const to = createWriteStream(part, { flags: from === 0 ? 'w' : 'a', mode: 0o600, flush: true });
  try {
    await pipeline(await storage.open(name, from), to);
  } catch (cause) {
    if (privacyErrors.is(cause, 'BACKUP_STORAGE') || privacyErrors.is(cause, 'NO_BACKUP')) {
      throw cause;
    }
    throw privacyErrors.make('BACKUP_STORAGE', { place: `${storage.place}/${name}`, cause });
  }
}

/**
 * Fetches what restoring `state` (the newest if absent) needs into `folder`, which then is a backup as
 * any other. @throws as `fetchFile`
 */
export async function fetchBackup(
  storage: Storage,
  folder: string,
  state: string | undefined,
): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // These two change under the same name: what an earlier try left may be old.
  for (const name of [INDEX, KEYS_ARCHIVE]) {
    await rm(join(folder, `${name}.part`), { force: true });
    await fetchFile(storage, name, join(folder, name));
  }
  const index = readIndex(folder, true);
  const wanted = state ?? index.states.at(-1)?.file;
  const states = index.states.filter(({ file }) => file === wanted);
  for (const { file } of [...index.sound, ...states]) {
    if ((await bytesOf(join(folder, file))) > 0) continue;
    await fetchFile(storage, file, join(folder, file));
  }
}

const bytesOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );

/** An object that something else wrote has no checksum: its seal is what proves it then. */
const isAs = async (file: string, sha256: string | undefined): Promise<boolean> =>
  sha256 === undefined || (await sha256Of(file)) === sha256;
