import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { oneLine } from '../errors.js';
import { wireErrors } from './errors.js';
import type { TlsFiles } from './tls.js';

const run = promisify(execFile);

/** Certificates by Debian's openssl: Node reads certificates and cannot make them. */
const OPENSSL = 'openssl';
const CURVE = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-sha256'];
const CA_DAYS = 3650;

/** A machine's name or address, as its certificate holds it. */
export const HOST = /^(?!-)[\w.-]{1,253}$|^[0-9a-fA-F:]+$/u;

/** A machine's files, named as a TLS secret of Kubernetes names them. */
export const filesIn = (folder: string): TlsFiles => ({
  ca: join(folder, 'ca.crt'),
  certificate: join(folder, 'tls.crt'),
  key: join(folder, 'tls.key'),
});

/**
 * Makes a certificate for the machine that is reached at `hosts` (the first one names its folder
 * below `folder`), valid for `days` in both directions: it may serve and it may ask. The authority that
 * signs it is made on the first use, under the name `authority`; its key, `ca.key` in `folder`, is needed for nothing else.
 * Throws WIRE_CERTIFICATES.
 */
export async function makeCertificate(
  folder: string,
  hosts: readonly string[],
  days: number,
  authority = 'Vestibule speech CA',
): Promise<{ readonly files: TlsFiles; readonly madeAuthority: boolean }> {
  const [name] = hosts;
  const wrong = hosts.find((host) => !HOST.test(host) || host.startsWith('.'));
  if (name === undefined || wrong !== undefined) {
    const place = wrong ?? 'no host';
    throw wireErrors.make('CERTIFICATES', {
      place,
      detail: 'write names or addresses of machines',
    });
  }
  const temporary = await mkdir(folder, { recursive: true, mode: 0o700 })
    .then(() => mkdtemp(join(folder, '.new-')))
    .catch((cause: unknown) => {
      throw wireErrors.make('CERTIFICATES', { place: folder, detail: oneLine(cause), cause });
    });
  try {
    const madeAuthority = await authorityIn(folder, temporary, authority);
    const files = filesIn(join(folder, name.replaceAll(':', '-')));
    await sign(folder, temporary, hosts, days);
    await mkdir(join(files.ca, '..'), { recursive: true, mode: 0o700 });
    await writeFile(files.ca, await readFile(join(folder, 'ca.crt')), { mode: 0o644 });
    await place(join(temporary, 'tls.key'), files.key, 0o600);
    await place(join(temporary, 'tls.crt'), files.certificate, 0o644);
    return { files, madeAuthority };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function authorityIn(folder: string, temporary: string, authority: string): Promise<boolean> {
  if ((await stat(join(folder, 'ca.key')).catch(() => undefined)) !== undefined) return false;
  const [key, certificate] = [join(temporary, 'ca.key'), join(temporary, 'ca.crt')];
  await openssl(
    ...['req', '-x509', ...CURVE, '-days', String(CA_DAYS), '-subj', `/CN=${authority}`],
    ...['-addext', 'basicConstraints=critical,CA:TRUE,pathlen:0'],
    ...['-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
    ...['-keyout', key, '-out', certificate],
  );
  await place(certificate, join(folder, 'ca.crt'), 0o644);
  await place(key, join(folder, 'ca.key'), 0o600);
  return true;
}

async function sign(
  folder: string,
  temporary: string,
  hosts: readonly string[],
  days: number,
): Promise<void> {
  const at = (name: string): string => join(temporary, name);
  const names = hosts.map((host) => `${isIP(host) === 0 ? 'DNS' : 'IP'}:${host}`).join(',');
  const extensions = [
    'basicConstraints=critical,CA:FALSE',
    'keyUsage=critical,digitalSignature',
    'extendedKeyUsage=serverAuth,clientAuth',
    `subjectAltName=${names}`,
  ];
  await writeFile(at('extensions'), `${extensions.join('\n')}\n`);
  // The name proper has room for 64 characters, and nobody reads it where there are alternative ones.
  const subject = `/CN=${(hosts[0] ?? '').slice(0, 64)}`;
  await openssl(
    ...['req', '-new', ...CURVE, '-subj', subject, '-keyout', at('tls.key'), '-out', at('csr')],
  );
  await openssl(
    ...['x509', '-req', '-sha256', '-in', at('csr'), '-out', at('tls.crt')],
    ...['-CA', join(folder, 'ca.crt'), '-CAkey', join(folder, 'ca.key')],
    ...['-set_serial', `0x${randomSerial().toString('hex')}`, '-days', String(days)],
    ...['-extfile', at('extensions')],
  );
}

/** 20 bytes at most and positive (RFC 5280, 4.1.2.2). */
function randomSerial(): Buffer {
  return Buffer.concat([Buffer.from([0x40]), randomBytes(15)]);
}

async function place(from: string, to: string, mode: number): Promise<void> {
  await chmod(from, mode);
  await rename(from, to);
}

async function openssl(...args: string[]): Promise<void> {
  try {
    await run(OPENSSL, args);
  } catch (cause) {
    const { code, stderr = '' } = cause as { readonly code?: unknown; readonly stderr?: string };
    const detail = code === 'ENOENT' ? `there is no program ${OPENSSL}` : oneLine(stderr);
    throw wireErrors.make('CERTIFICATES', { place: OPENSSL, detail, cause });
  }
}
