import {
  createHash,
  createPrivateKey,
  createPublicKey,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';

/** A signature under a document of ours. */
export interface Signature {
  readonly algorithm: 'Ed25519';
  /** SHA-256 of the public key (DER), hexadecimal. */
  readonly key: string;
  /** Base64, of the document's JSON without `signature` and without white space. */
  readonly value: string;
}

export type Signed<Body extends object> = Body & { readonly signature: Signature };

/** RFC 8410: what stands before the 32 bytes of an Ed25519 key in PKCS #8. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The Ed25519 key (RFC 8032) of 32 secret bytes. */
export const signingKey = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });

export const publicPem = (key: KeyObject): string =>
  createPublicKey(key).export({ format: 'pem', type: 'spki' }).toString();

const fingerprint = (publicKey: KeyObject): string =>
  createHash('sha256')
    .update(publicKey.export({ format: 'der', type: 'spki' }))
    .digest('hex');

const bytesOf = (body: object): Buffer => Buffer.from(JSON.stringify(body), 'utf8');

export function signed<Body extends object>(key: KeyObject, body: Body): Signed<Body> {
  const signature: Signature = {
    algorithm: 'Ed25519',
    key: fingerprint(createPublicKey(key)),
    value: sign(null, bytesOf(body), key).toString('base64'),
  };
  return { ...body, signature };
}

/** Whether `document` is as its signer made it. `pem` is the signer's public key. */
export function isSignedBy(pem: string, document: Signed<object>): boolean {
  const { signature, ...body } = document;
  const key = createPublicKey(pem);
  if (signature.key !== fingerprint(key)) return false;
  return verify(null, bytesOf(body), key, Buffer.from(signature.value, 'base64'));
}
