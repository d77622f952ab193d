import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { recordsErrors } from './errors.js';
import { KeyBranches } from './key-branches.js';
import { keyText, newKey, readSecret } from './keyring.js';
import { nextKeyFileOf } from './root-key.js';
import { rekeyStore } from './rekey.js';
import { waiting } from './spool-file.js';
import { syncFolderNow } from './whole-file.js';

export interface RotationParts {
  /** Folder of the store. */
  readonly folder: string;
  readonly keyFile: string;
  /** Folder of what was kept while the store was not open, sealed for the key that is to go. */
  readonly spool: string;
  /** The root key that the store has now, or had when the change began. */
  readonly root: Uint8Array;
  /** Brings the new root key into force where it is kept, once the store has it. */
  readonly settle: (root: Buffer, nextFile: string) => Promise<void>;
}

/**
 * Gives the store another root key; nobody may have it open. Whatever interrupts it, the same call goes
 * on: the new key is on the disk before anything is sealed with it, and each step finds out whether it
 * was done.
 * @throws RECORDS_STORE_IN_USE, RECORDS_SPOOL_WAITING
 */
export async function rotateRootKey(parts: RotationParts): Promise<void> {
  const { folder, spool, keyFile, root, settle } = parts;
  const nextFile = nextKeyFileOf(keyFile);
  if (waiting(spool)) throw recordsErrors.make('SPOOL_WAITING', { place: spool });
  if (!existsSync(nextFile)) {
    const fresh = `${nextFile}.${String(process.pid)}`;
    writeFileSync(fresh, keyText(newKey()), { mode: 0o600, flag: 'wx', flush: true });
    renameSync(fresh, nextFile);
    syncFolderNow(dirname(nextFile));
  }
  const next = Buffer.from(readSecret(nextFile), 'hex');
  const [before, after] = [new KeyBranches(), new KeyBranches()];
  before.root = root;
  after.root = next;
  rekeyStore(folder, { before, after }, root);
  await settle(next, nextFile);
  rmSync(nextFile, { force: true });
  syncFolderNow(dirname(nextFile));
}

/** The file of the root key takes the new one over in one step. */
export function settleInFile(keyFile: string): (root: Buffer, nextFile: string) => Promise<void> {
  return (root, nextFile) => {
    renameSync(nextFile, keyFile);
    syncFolderNow(dirname(keyFile));
    if (readFileSync(keyFile, 'utf8') !== keyText(root)) throw recordsErrors.make('KEY_UNREADABLE');
    return Promise.resolve();
  };
}
