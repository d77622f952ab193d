import { hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { recordsErrors } from './errors.js';
import { makeFolderNow, syncFolderNow } from './whole-file.js';

const KEY_BYTES = 32;

/**
 * The file of the root key. `setting` is relative to the data folder `home`; empty for
 * `<home>-keys/root.key`. Never inside `home`: whoever copies the data must not copy its key.
 * @throws RECORDS_KEY_INSIDE
 */
export function keyFileOf(home: string, setting: string): string {
  if (setting === '') return resolve(`${home}-keys`, 'root.key');
  const file = resolve(home, setting);
  const inside = relative(home, file);
  if (!inside.startsWith('..') && !isAbsolute(inside)) {
    throw recordsErrors.make('KEY_INSIDE', { place: file });
  }
  return file;
}

/**
 * Reads the root key of a store; makes one only where there is no store yet.
 * @throws RECORDS_KEY_MISSING, RECORDS_KEY_UNREADABLE, RECORDS_KEY_EXPOSED
 */
export function rootKey(file: string, storeExists: boolean): Buffer {
  if (!existsSync(file)) {
    if (storeExists) throw recordsErrors.make('KEY_MISSING', { place: file });
    makeRootKey(file);
  }
  const text = readSecret(file);
  if (!/^[0-9a-f]{64}$/u.test(text)) throw recordsErrors.make('KEY_UNREADABLE', { place: file });
  return Buffer.from(text, 'hex');
}

/**
 * A file with a secret, without the line's end.
 * @throws RECORDS_KEY_UNREADABLE, RECORDS_KEY_EXPOSED when everybody can read it
 */
export function readSecret(file: string): string {
  let text: string;
  let mode: number;
  try {
    text = readFileSync(file, 'utf8').replace(/\r?\n$/u, '');
    mode = statSync(file).mode;
  } catch (error) {
    throw recordsErrors.make('KEY_UNREADABLE', { place: file, cause: error });
  }
  // The group's bits stay: systemd hands credentials out with an access list that shows there.
  if ((mode & 0o007) !== 0) throw recordsErrors.make('KEY_EXPOSED', { place: file });
  return text;
}

/** Whole or not at all, and on the disk before anything is sealed with it. */
function makeRootKey(file: string): void {
  const fresh = `${file}.${String(process.pid)}`;
  try {
    makeFolderNow(dirname(file));
    rmSync(fresh, { force: true });
    writeFileSync(fresh, keyText(newKey()), { mode: 0o600, flag: 'wx', flush: true });
    try {
      linkSync(fresh, file);
    } catch (error) {
      // Another process was first: its key counts.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(fresh, { force: true });
    }
    syncFolderNow(dirname(file));
  } catch (error) {
    throw recordsErrors.make('KEY_UNREADABLE', { place: file, cause: error });
  }
}

/** A root key as its file holds it. */
export const keyText = (key: Uint8Array): string => `${Buffer.from(key).toString('hex')}\n`;

/** A key for one purpose, derived from `key` (HKDF-SHA-256, RFC 5869). */
export const derive = (key: Uint8Array, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', `vestibule/1/${purpose}`, KEY_BYTES));

export const newKey = (): Buffer => randomBytes(KEY_BYTES);
