import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pbxErrors } from './errors.js';
import { writePrivately } from './files.js';

/** Passwords of the private PBX, made once and kept in a file that only this user can read. */
export interface PbxSecrets {
  readonly ari: string;
  /** By extension number. */
  readonly extensions: Readonly<Record<string, string>>;
}

const password = (): string => randomBytes(18).toString('base64url');

/**
 * Reads the secrets at `path`, and makes those that are missing. A password of an extension that is
 * no longer configured is kept: if it comes back, its telephone still knows it.
 *
 * @throws PBX_SECRETS_BROKEN
 */
export function pbxSecrets(path: string, numbers: readonly string[]): PbxSecrets {
  const known = read(path);
  const kept = { ...known.extensions };
  for (const number of numbers) kept[number] ??= password();
  const ari = known.ari ?? password();
  writePrivately(path, `${JSON.stringify({ ari, extensions: kept }, null, 2)}\n`);
  const listed = numbers.map((number) => [number, kept[number] ?? ''] as const);
  return { ari, extensions: Object.fromEntries(listed) };
}

/** A password stands in a line of Asterisk's configuration: nothing in it may end that line. */
const isPassword = (value: unknown): boolean =>
  typeof value === 'string' && /^[\w-]{8,}$/u.test(value);

function read(path: string): Partial<PbxSecrets> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw pbxErrors.make('SECRETS_BROKEN', { place: path, cause: error });
  }
  try {
    const known = JSON.parse(text) as Partial<PbxSecrets>;
    const ari = known.ari === undefined ? [] : [known.ari];
    if ([...ari, ...Object.values(known.extensions ?? {})].every(isPassword)) return known;
  } catch (error) {
    throw pbxErrors.make('SECRETS_BROKEN', { place: path, cause: error });
  }
  throw pbxErrors.make('SECRETS_BROKEN', { place: path });
}
