import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bech32 } from '@scure/base';
import { Decrypter, Encrypter, identityToRecipient } from 'age-encryption';
import type { NewCall, NewMessage } from './ports.js';
import { syncFolderNow, writeWhole } from './whole-file.js';

/** A message that could not be stored, with the call it belongs to. */
export interface Spooled {
  readonly version: 1;
  readonly call: NewCall;
  readonly message: NewMessage;
}

const ENDING = '.age';
const RECIPIENT = 'recipient';

/** The age identity (an X25519 key) that a secret of 32 bytes stands for. */
export const identityOf = (secret: Uint8Array): string =>
  bech32.encodeFromBytes('AGE-SECRET-KEY-', secret).toUpperCase();

/** Whether anything waits in the spool `folder`. */
export const waiting = (folder: string): boolean => entriesOf(folder).length > 0;

/** The files of what waits, the oldest first. */
export const entriesOf = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith(ENDING))
        .sort()
        .map((name) => join(folder, name))
    : [];

/** Whom what is kept is sealed for; undefined before the store was ever open. */
export function recipientOf(folder: string): string | undefined {
  const file = join(folder, RECIPIENT);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

/** Writes down whom to seal for: no secret, so that it can be done without the key. */
export async function prepareSpool(folder: string, identity: string): Promise<void> {
  const recipient = await identityToRecipient(identity);
  if (recipientOf(folder) === recipient) return;
  writeWhole(join(folder, RECIPIENT), `${recipient}\n`);
}

/** Resolves when the entry is on the disk, sealed. `order` sorts it among others. */
export async function writeEntry(
  folder: string,
  recipient: string,
  order: string,
  entry: Spooled,
): Promise<void> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const sealed = await encrypter.encrypt(JSON.stringify(entry));
  writeWhole(join(folder, `${order}-${randomUUID()}${ENDING}`), sealed);
}

/** @throws whatever age finds wrong with it */
export async function readEntry(file: string, identity: string): Promise<Spooled> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return JSON.parse(await decrypter.decrypt(readFileSync(file), 'text')) as Spooled;
}

export async function removeEntry(folder: string, file: string): Promise<void> {
  await rm(file, { force: true });
  syncFolderNow(folder);
}

/** Sets an entry aside that cannot be read: nothing is overwritten, and it stops nobody. */
export function setAside(folder: string, file: string): void {
  renameSync(file, `${file}.damaged`);
  syncFolderNow(folder);
}
