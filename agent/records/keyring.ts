import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { recordsErrors } from './errors.js';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Reads the root key of a store; makes one only where there is no store yet. */
export function rootKey(file: string, storeExists: boolean): Buffer {
  if (!existsSync(file)) {
    if (storeExists) throw recordsErrors.make('KEY_MISSING', { place: file });
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(file, `${randomBytes(KEY_BYTES).toString('hex')}\n`, {
        mode: 0o600,
        flag: 'wx',
        flush: true,
      });
    } catch (error) {
      throw recordsErrors.make('KEY_UNREADABLE', { place: file, cause: error });
    }
  }
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw recordsErrors.make('KEY_UNREADABLE', { place: file, cause: error });
  }
  if (!/^[0-9a-f]{64}$/u.test(text)) throw recordsErrors.make('KEY_UNREADABLE', { place: file });
  return Buffer.from(text, 'hex');
}

/** A key for one purpose, derived from `key` (HKDF-SHA-256, RFC 5869). */
export const derive = (key: Uint8Array, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', `vestibule/1/${purpose}`, KEY_BYTES));

export const newKey = (): Buffer => randomBytes(KEY_BYTES);

/** AES-256-GCM with a random nonce: nonce, ciphertext, tag. `bound` is authenticated with it. */
export function seal(key: Uint8Array, plain: Uint8Array, bound: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(bound, 'utf8'));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what `seal` made; throws if the key, the bytes or what is bound to them differ. */
export function unseal(key: Uint8Array, sealed: Uint8Array, bound: string): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(bound, 'utf8'));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  return Buffer.concat([
    decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES)),
    decipher.final(),
  ]);
}
