import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Ledger } from '../records/ledger.js';
import { isSignedBy, type Signed } from '../records/signing.js';
import { privacyErrors } from './errors.js';

const signedDocument = z.looseObject({
  document: z.string(),
  signature: z.strictObject({
    algorithm: z.literal('Ed25519'),
    key: z.string(),
    value: z.string(),
  }),
});

/** A document of ours whose signature was found right. */
export interface Verified {
  readonly document: string;
  /** SHA-256 of the signer's public key, hexadecimal. */
  readonly key: string;
}

/**
 * Verifies a receipt, or another signed document, of this installation, or of that whose public key
 * (PEM) is in `keyFile`.
 * @throws PRIVACY_FILE_UNREADABLE, PRIVACY_SIGNATURE_WRONG
 */
export async function verifyDocument(
  file: string,
  ledger: Ledger,
  keyFile: string | undefined,
): Promise<Verified> {
  const document = await readSigned(file);
  if (!(await isRight(document, ledger, keyFile))) {
    throw privacyErrors.make('SIGNATURE_WRONG', { place: file });
  }
  return { document: document.document, key: document.signature.key };
}

async function readSigned(file: string): Promise<Signed<{ document: string }>> {
  try {
    const content: unknown = JSON.parse(await readFile(file, 'utf8'));
    signedDocument.parse(content);
    // As it stands: the order of its keys is part of what was signed.
    return content as Signed<{ document: string }>;
  } catch (cause) {
    throw privacyErrors.make('FILE_UNREADABLE', { place: file, cause });
  }
}

async function isRight(
  document: Signed<object>,
  ledger: Ledger,
  keyFile: string | undefined,
): Promise<boolean> {
  if (keyFile === undefined) return ledger.isOurs(document);
  try {
    return isSignedBy(await readFile(keyFile, 'utf8'), document);
  } catch (cause) {
    throw privacyErrors.make('FILE_UNREADABLE', { place: keyFile, cause });
  }
}
