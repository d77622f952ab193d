import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hashRaw } from '@node-rs/argon2';
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { z } from 'zod';
import { recordsErrors } from './errors.js';
import { derive, newKey } from './keyring.js';
import { seal, unseal } from './seal.js';
import { writeWhole } from './whole-file.js';

const sealedBytes = z.string().regex(/^[A-Za-z0-9+/]+=*$/u);
const passphraseSlot = z.strictObject({
  salt: sealedBytes,
  memoryKib: z.number().int().min(8).max(4_194_304),
  passes: z.number().int().min(1).max(100),
  sealed: sealedBytes,
});
const slotsSchema = z.strictObject({
  version: z.literal(1),
  passphrase: passphraseSlot.optional(),
  recovery: z.strictObject({ sealed: sealedBytes }).optional(),
});

/** Other ways to the root key, each with the root key sealed under a key of its own. */
export type KeySlots = z.infer<typeof slotsSchema>;

/** Argon2id (the library's default): the second of RFC 9106's recommendations, one lane. */
const COST = { memoryKib: 65_536, passes: 3 } as const;
const LEAST_PASSPHRASE = 12;

/** The file of the slots, beside that of the root key. */
export const slotsFileOf = (keyFile: string): string => join(dirname(keyFile), 'keyring.json');

/** @throws RECORDS_KEY_UNREADABLE */
export function readSlots(file: string): KeySlots {
  if (!existsSync(file)) return { version: 1 };
  try {
    return slotsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw recordsErrors.make('SLOTS_UNREADABLE', { place: file, cause });
  }
}

export const writeSlots = (file: string, slots: KeySlots): void => {
  writeWhole(file, `${JSON.stringify(slots, null, 2)}\n`);
};

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const bytesOf = (text: string): Buffer => Buffer.from(text, 'base64');

type PassphraseSlot = z.infer<typeof passphraseSlot>;

const stretched = (
  passphrase: string,
  { salt, memoryKib, passes }: Pick<PassphraseSlot, 'salt' | 'memoryKib' | 'passes'>,
): Promise<Uint8Array> =>
  hashRaw(passphrase.normalize('NFKC'), {
    ...{ memoryCost: memoryKib, timeCost: passes, parallelism: 1 },
    ...{ salt: bytesOf(salt), outputLen: 32 },
  });

/** A slot that the passphrase opens. @throws RECORDS_PASSPHRASE_WEAK */
export async function passphraseSlotOf(
  root: Uint8Array,
  passphrase: string,
): Promise<PassphraseSlot> {
  if (Array.from(passphrase).length < LEAST_PASSPHRASE) {
    throw recordsErrors.make('PASSPHRASE_WEAK', {
      detail: `it has fewer than ${String(LEAST_PASSPHRASE)} characters`,
    });
  }
  const cost = { ...COST, salt: base64(randomBytes(16)) };
  const key = await stretched(passphrase, cost);
  return { ...cost, sealed: base64(seal(key, root, 'slot:passphrase')) };
}

/** @throws RECORDS_PASSPHRASE_WRONG, RECORDS_SLOT_MISSING */
export async function openWithPassphrase(file: string, passphrase: string): Promise<Buffer> {
  const slot = readSlots(file).passphrase;
  if (slot === undefined) throw recordsErrors.make('SLOT_MISSING', { place: file });
  try {
    return unseal(await stretched(passphrase, slot), bytesOf(slot.sealed), 'slot:passphrase');
  } catch (cause) {
    throw recordsErrors.make('PASSPHRASE_WRONG', { place: file, cause });
  }
}

/** A slot that new words open, and the words: 24 of BIP 39, shown once and kept nowhere. */
export function recoverySlotOf(root: Uint8Array): {
  readonly words: string;
  readonly slot: { readonly sealed: string };
} {
  const secret = newKey();
  const sealed = seal(derive(secret, 'slot/recovery'), root, 'slot:recovery');
  return { words: entropyToMnemonic(secret, wordlist), slot: { sealed: base64(sealed) } };
}

/** @throws RECORDS_RECOVERY_WRONG, RECORDS_SLOT_MISSING */
export function openWithWords(file: string, words: string): Buffer {
  const slot = readSlots(file).recovery;
  if (slot === undefined) throw recordsErrors.make('SLOT_MISSING', { place: file });
  try {
    const plain = words.normalize('NFKD').toLowerCase().trim().split(/\s+/u).join(' ');
    const secret = mnemonicToEntropy(plain, wordlist);
    return unseal(derive(secret, 'slot/recovery'), bytesOf(slot.sealed), 'slot:recovery');
  } catch (cause) {
    throw recordsErrors.make('RECOVERY_WRONG', { place: file, cause });
  }
}
