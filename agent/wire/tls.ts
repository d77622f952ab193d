import { X509Certificate, createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { isIP } from 'node:net';
import { oneLine } from '../errors.js';
import { wireErrors } from './errors.js';

/** What a machine proves itself with, and what it asks of the other: paths of PEM files. */
export interface TlsFiles {
  /** Certificate of the authority that must have signed the other side's certificate, and signed ours. */
  readonly ca: string;
  readonly certificate: string;
  /** Private key of the certificate. */
  readonly key: string;
}

/** The same, read and found to fit together. */
export interface TlsIdentity {
  readonly ca: Buffer;
  readonly certificate: Buffer;
  readonly key: Buffer;
  /** When the first of the certificates ends, in milliseconds since 1970. */
  readonly validUntil: number;
}

/**
 * Reads and checks the files, so that a wrong one is told here by its name and not by a connection
 * that fails. `now` is in milliseconds since 1970: TLS itself goes by the machine's clock, even where
 * ours was set to another time.
 * Throws WIRE_TLS_FILE, _DAMAGED, _OPEN, _PAIR, _STRANGER and _EXPIRED.
 */
export function readTls(files: TlsFiles, now = Date.now()): TlsIdentity {
  const [ca, certificate, key] = [files.ca, files.certificate, files.key].map(readPem);
  if (ca === undefined || certificate === undefined || key === undefined) {
    throw wireErrors.make('TLS_FILE');
  }
  const authority = certificateOf(ca, files.ca);
  const own = certificateOf(certificate, files.certificate);
  // A group may read it: that is how Kubernetes hands a secret to a container's user.
  if ((statSync(files.key).mode & 0o007) !== 0) {
    throw wireErrors.make('TLS_OPEN', { place: files.key });
  }
  if (!own.checkPrivateKey(keyOf(key, files.key))) {
    throw wireErrors.make('TLS_PAIR', { place: `${files.certificate}, ${files.key}` });
  }
  if (!own.checkIssued(authority) || !own.verify(authority.publicKey)) {
    throw wireErrors.make('TLS_STRANGER', { place: `${files.certificate}, ${files.ca}` });
  }
  for (const [one, file] of [
    [authority, files.ca],
    [own, files.certificate],
  ] as const) {
    if (now < Date.parse(one.validFrom) || now > Date.parse(one.validTo)) {
      const detail = `valid from ${one.validFrom} to ${one.validTo}`;
      throw wireErrors.make('TLS_EXPIRED', { place: file, detail });
    }
  }
  const validUntil = Math.min(Date.parse(authority.validTo), Date.parse(own.validTo));
  return { ca, certificate, key, validUntil };
}

function readPem(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw wireErrors.make('TLS_FILE', { place: file, detail: oneLine(cause), cause });
  }
}

function certificateOf(pem: Buffer, file: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw wireErrors.make('TLS_DAMAGED', { place: file, detail: 'no certificate', cause });
  }
}

function keyOf(pem: Buffer, file: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw wireErrors.make('TLS_DAMAGED', { place: file, detail: 'no private key', cause });
  }
}

/** The host of `host:port` or `[v6]:port`. */
export const hostOf = (address: string): string =>
  address.replace(/:\d+$/u, '').replace(/^\[(.*)\]$/u, '$1');

/** Whether what is sent to `address` (`unix:/path` or `host:port`) stays on this machine. */
export function staysHere(address: string): boolean {
  if (address.startsWith('unix:')) return true;
  const host = hostOf(address);
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
