import { chmod, open } from 'node:fs/promises';
import { privacyErrors } from './errors.js';

/**
 * Makes a file, empty, that only this user can read, before anything is in it.
 * @throws PRIVACY_EXPORT_UNWRITABLE
 */
export async function makePrivate(path: string): Promise<void> {
  try {
    const handle = await open(path, 'a', 0o600);
    await handle.close();
    await chmod(path, 0o600);
  } catch (cause) {
    throw privacyErrors.make('EXPORT_UNWRITABLE', { place: path, cause });
  }
}

/** Writes a whole file that only this user can read. @throws PRIVACY_EXPORT_UNWRITABLE */
export async function writePrivate(path: string, content: string | Uint8Array): Promise<void> {
  await makePrivate(path);
  try {
    const handle = await open(path, 'w');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw privacyErrors.make('EXPORT_UNWRITABLE', { place: path, cause });
  }
}

/** For `catch`: a file that cannot be written. @throws PRIVACY_EXPORT_UNWRITABLE */
export const unwritable =
  (path: string) =>
  (cause: unknown): never => {
    throw privacyErrors.make('EXPORT_UNWRITABLE', { place: path, cause });
  };
