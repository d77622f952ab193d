import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writePrivately } from './files.js';

/** Passwords of the private PBX, made once and kept in a file that only this user can read. */
export interface PbxSecrets {
  readonly ari: string;
  /** By extension number. */
  readonly extensions: Readonly<Record<string, string>>;
}

const password = (): string => randomBytes(18).toString('base64url');

/** Reads the secrets at `path`, and makes those that are missing. */
export function pbxSecrets(path: string, numbers: readonly string[]): PbxSecrets {
  let known: Partial<PbxSecrets> = {};
  try {
    known = JSON.parse(readFileSync(path, 'utf8')) as Partial<PbxSecrets>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const secrets: PbxSecrets = {
    ari: known.ari ?? password(),
    extensions: Object.fromEntries(
      numbers.map((number) => [number, known.extensions?.[number] ?? password()]),
    ),
  };
  writePrivately(path, `${JSON.stringify(secrets, null, 2)}\n`);
  return secrets;
}
