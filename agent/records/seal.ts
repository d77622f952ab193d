import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { recordsErrors } from './errors.js';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** How much longer a sealed text is than the plain one. */
export const SEAL_BYTES = NONCE_BYTES + TAG_BYTES;

/** Random bytes that no nonce was made of yet: asking for them twelve by twelve costs as much as the sealing. */
let unused = Buffer.alloc(0);

function newNonce(): Buffer {
  if (unused.length < NONCE_BYTES) unused = randomBytes(NONCE_BYTES * 256);
  const nonce = unused.subarray(0, NONCE_BYTES);
  unused = unused.subarray(NONCE_BYTES);
  return nonce;
}

/** AES-256-GCM with a random nonce: nonce, ciphertext, tag. `bound` is authenticated with it. */
export function seal(key: Uint8Array, plain: Uint8Array, bound: string): Buffer {
  const nonce = newNonce();
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(bound, 'utf8'));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/**
 * Opens what `seal` made.
 * @throws RECORDS_CORRUPT if the key, the bytes or what is bound to them differ
 */
export function unseal(key: Uint8Array, sealed: Uint8Array, bound: string): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(bound, 'utf8'));
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
    return Buffer.concat([
      decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES)),
      decipher.final(),
    ]);
  } catch (cause) {
    throw recordsErrors.make('CORRUPT', { place: bound, cause });
  }
}
