import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pbxErrors } from './errors.js';

/** Writes `text` to `path` in one step, readable by this user only. */
export function writePrivately(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(`${path}.new`, text, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  } catch (error) {
    throw pbxErrors.make('NOT_WRITABLE', { place: path, cause: error });
  }
}
