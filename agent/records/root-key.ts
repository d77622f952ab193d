import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { recordsErrors } from './errors.js';
import { openWithPassphrase, slotsFileOf } from './key-slots.js';
import { keyFileOf, readSecret, rootKey } from './keyring.js';
import type { RecordsSettings } from './settings.js';

/** What the root key of an installation is looked for with. */
export interface KeyPlace {
  /** The data folder. */
  readonly home: string;
  readonly settings: Pick<
    RecordsSettings,
    'keyFile' | 'keySource' | 'passphraseFile' | 'credential'
  >;
  readonly env?: NodeJS.ProcessEnv;
}

/** The root key of a new life, while it is being changed. */
export const nextKeyFileOf = (keyFile: string): string => `${keyFile}.next`;

/**
 * The root key, from where the configuration says. A new one is made only in a file, and only where
 * there is no store yet.
 * @throws RECORDS_KEY_…, RECORDS_PASSPHRASE_WRONG, RECORDS_CREDENTIAL_GONE
 */
export async function openRootKey(place: KeyPlace, stored: boolean): Promise<Buffer> {
  const next = nextKeyFileOf(keyFileOf(place.home, place.settings.keyFile));
  if (existsSync(next)) throw recordsErrors.make('KEY_CHANGE_UNFINISHED', { place: next });
  return presentRootKey(place, stored);
}

/** Whether there is a store that only its own root key opens. */
export const storeExists = ({
  home,
  settings,
}: KeyPlace & {
  readonly settings: Pick<RecordsSettings, 'folder'>;
}): boolean =>
  ['vestibule.db', 'keys.db'].some((name) =>
    existsSync(join(resolve(home, settings.folder), name)),
  );

/** The same while the root key is being changed: the one that is going. */
export async function presentRootKey(place: KeyPlace, stored: boolean): Promise<Buffer> {
  const { home, settings } = place;
  const keyFile = keyFileOf(home, settings.keyFile);
  switch (settings.keySource) {
    case 'file':
      return rootKey(keyFile, stored);
    case 'credential':
      return rootKey(credentialFile(place, settings.credential), true);
    case 'passphrase':
      return openWithPassphrase(slotsFileOf(keyFile), passphraseOf(place));
  }
}

/** @throws RECORDS_KEY_UNREADABLE, RECORDS_KEY_EXPOSED, RECORDS_CREDENTIAL_GONE */
export function passphraseOf(place: KeyPlace): string {
  const { home, settings } = place;
  return settings.passphraseFile === ''
    ? readSecret(credentialFile(place, 'vestibule.passphrase'))
    : readSecret(resolve(home, settings.passphraseFile));
}

/** systemd hands credentials over as files of a folder that only the service can read. */
function credentialFile({ env = process.env }: KeyPlace, name: string): string {
  const folder = env.CREDENTIALS_DIRECTORY;
  const file = folder === undefined ? undefined : join(folder, name);
  if (file === undefined || !existsSync(file)) {
    throw recordsErrors.make('CREDENTIAL_GONE', { place: name });
  }
  return file;
}
