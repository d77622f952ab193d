import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { recordsErrors } from '../records/errors.js';
import { rotateRootKey, settleInFile } from '../records/key-rotation.js';
import {
  openWithWords,
  passphraseSlotOf,
  readSlots,
  recoverySlotOf,
  slotsFileOf,
  writeSlots,
} from '../records/key-slots.js';
import { keyFileOf, keyText } from '../records/keyring.js';
import {
  nextKeyFileOf,
  openRootKey,
  passphraseOf,
  presentRootKey,
  storeExists,
  type KeyPlace,
} from '../records/root-key.js';
import type { RecordsSettings } from '../records/settings.js';
import { writeWhole } from '../records/whole-file.js';
import type { KeyChange } from './rooms/machine.js';

export interface KeyRoomParts extends KeyPlace {
  readonly settings: RecordsSettings;
  /** Writes to the audit log of the store, once the root key opens it. */
  readonly audit: (what: KeyChange) => Promise<void>;
  /** Before other ways to the root key are made: whoever asks must be let in. @throws PRIVACY_LOGIN_NEEDED, … */
  readonly admit?: () => Promise<void>;
  /** Lets nobody open the store for the length of `use`; left out where nobody could. @throws RECORDS_STORE_IN_USE */
  readonly alone?: <T>(use: () => Promise<T>) => Promise<T>;
}

/** What there is of keys; no secret among it. */
export interface KeyStatus {
  readonly source: RecordsSettings['keySource'];
  readonly file: string;
  readonly fileExists: boolean;
  readonly slots: string;
  readonly passphrase: boolean;
  readonly recovery: boolean;
  /** A change of the root key was interrupted. */
  readonly changing: boolean;
}

/** The keys of the store, for whoever keeps the machine: every change of them is audited. */
export class KeyRoom {
  readonly #parts: KeyRoomParts;
  readonly #keyFile: string;
  readonly #slots: string;

  /** @throws RECORDS_KEY_INSIDE */
  constructor(parts: KeyRoomParts) {
    this.#parts = parts;
    this.#keyFile = keyFileOf(parts.home, parts.settings.keyFile);
    this.#slots = slotsFileOf(this.#keyFile);
  }

  status(): KeyStatus {
    const { passphrase, recovery } = readSlots(this.#slots);
    return {
      source: this.#parts.settings.keySource,
      file: this.#keyFile,
      fileExists: existsSync(this.#keyFile),
      slots: this.#slots,
      passphrase: passphrase !== undefined,
      recovery: recovery !== undefined,
      changing: existsSync(nextKeyFileOf(this.#keyFile)),
    };
  }

  /** New recovery words, to be shown once; those before open nothing any more. */
  async makeRecovery(): Promise<string> {
    await this.#parts.admit?.();
    const { words, slot } = recoverySlotOf(
      await openRootKey(this.#parts, storeExists(this.#parts)),
    );
    writeSlots(this.#slots, { ...readSlots(this.#slots), recovery: slot });
    await this.#parts.audit('keys.recovery');
    return words;
  }

  /** A passphrase that opens the root key beside whatever does now. @throws RECORDS_PASSPHRASE_WEAK */
  async setPassphrase(passphrase: string): Promise<void> {
    await this.#parts.admit?.();
    const root = await openRootKey(this.#parts, storeExists(this.#parts));
    const slot = await passphraseSlotOf(root, passphrase);
    writeSlots(this.#slots, { ...readSlots(this.#slots), passphrase: slot });
    await this.#parts.audit('keys.passphrase');
  }

  /**
   * Makes the file of the root key again from the recovery words.
   * @throws RECORDS_RECOVERY_WRONG, RECORDS_KEY_PRESENT rather than to overwrite one
   */
  async recover(words: string): Promise<string> {
    const root = openWithWords(this.#slots, words);
    if (existsSync(this.#keyFile))
      throw recordsErrors.make('KEY_PRESENT', { place: this.#keyFile });
    writeWhole(this.#keyFile, keyText(root));
    await this.#parts.audit('keys.recover');
    return this.#keyFile;
  }

  /**
   * Changes the root key, or goes on changing it. Returns new recovery words if there were some: the old
   * ones open nothing any more. @throws RECORDS_STORE_IN_USE, RECORDS_CREDENTIAL_FIXED
   */
  async rotate(): Promise<string | undefined> {
    // A change that was cut off leaves a store that nobody is asked for: it is only finished.
    if (!this.status().changing) await this.#parts.admit?.();
    // Before the next key is made: with one left lying about the store would not open.
    const { alone } = this.#parts;
    const change = (): Promise<string | undefined> => this.#rotate();
    return alone === undefined ? change() : alone(change);
  }

  async #rotate(): Promise<string | undefined> {
    const { home, settings, audit } = this.#parts;
    if (settings.keySource === 'credential') throw recordsErrors.make('CREDENTIAL_FIXED');
    let words: string | undefined;
    await rotateRootKey({
      folder: resolve(home, settings.folder),
      spool: resolve(home, 'spool'),
      keyFile: this.#keyFile,
      root: await presentRootKey(this.#parts, true),
      settle: async (root, nextFile) => {
        words = await this.#resealSlots(root);
        if (settings.keySource === 'file') await settleInFile(this.#keyFile)(root, nextFile);
      },
    });
    await audit('keys.rotate');
    return words;
  }

  async #resealSlots(root: Buffer): Promise<string | undefined> {
    const slots = readSlots(this.#slots);
    const fresh = slots.recovery === undefined ? undefined : recoverySlotOf(root);
    const byPassphrase = this.#parts.settings.keySource === 'passphrase';
    const passphrase = byPassphrase
      ? await passphraseSlotOf(root, passphraseOf(this.#parts))
      : undefined;
    if (fresh === undefined && slots.passphrase === undefined) return undefined;
    writeSlots(this.#slots, {
      version: 1,
      ...(fresh === undefined ? {} : { recovery: fresh.slot }),
      ...(passphrase === undefined ? {} : { passphrase }),
    });
    return fresh?.words;
  }
}
