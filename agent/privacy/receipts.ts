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

/** What was read of a file, and how errors name it. */
export interface NamedText {
  readonly place: string;
  readonly text: string;
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
  const text = await textOf(file);
  const key = keyFile === undefined ? undefined : { place: keyFile, text: await textOf(keyFile) };
  return verifyText({ place: file, text }, ledger, key);
}

/** The same of a text; `place` names it in errors. @throws as `verifyDocument` */
export async function verifyText(
  { place, text }: NamedText,
  ledger: Ledger,
  key: NamedText | undefined,
): Promise<Verified> {
  const document = signedIn(place, text);
  if (!(await isRight(document, ledger, key))) {
    throw privacyErrors.make('SIGNATURE_WRONG', { place });
  }
  return { document: document.document, key: document.signature.key };
}

/** A small file of words. @throws PRIVACY_FILE_UNREADABLE */
export const textOf = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((cause: unknown) => {
    throw privacyErrors.make('FILE_UNREADABLE', { place: file, cause });
  });

function signedIn(place: string, text: string): Signed<{ document: string }> {
  try {
    const content: unknown = JSON.parse(text);
    signedDocument.parse(content);
    // As it stands: the order of its keys is part of what was signed.
    return content as Signed<{ document: string }>;
  } catch (cause) {
    throw privacyErrors.make('FILE_UNREADABLE', { place, cause });
  }
}

function isRight(
  document: Signed<object>,
  ledger: Ledger,
  key: NamedText | undefined,
): boolean | Promise<boolean> {
  if (key === undefined) return ledger.isOurs(document);
  try {
    return isSignedBy(key.text, document);
  } catch (cause) {
    throw privacyErrors.make('FILE_UNREADABLE', { place: key.place, cause });
  }
}
