import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pbxErrors } from './errors.js';
import type { PbxSettings } from './settings.js';
import type { Trunk } from './trunk-settings.js';

// Asterisk keeps whom it trusts with the transport, and a transport is a port that it listens on. So trunks that
// trust the same share one: the first trunk's trust goes with the TLS port of the telephones, and each other one
// has the next port.

/** The authorities of the operating system in one file: Debian, Fedora, SUSE, Alpine. */
const SYSTEM = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

const CERTIFICATES = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/gu;

/** SIP over TLS, and what the servers must show that we call by it. */
export interface TlsTransport {
  readonly name: string;
  readonly port: number;
  /** Ours, and its key: files. */
  readonly certificate: string;
  readonly key: string;
  /** File of the authorities, one of which has signed it; empty: those of the system. Absent: nothing is asked. */
  readonly authorities?: string;
}

const authoritiesOf = ({ verify, caFile = '' }: Trunk): string | undefined =>
  verify ? caFile : undefined;

/** The TLS transports: none without a certificate of ours, and one where no trunk goes by TLS. */
export function tlsTransports({
  sip: { tls },
  trunks,
}: Pick<PbxSettings, 'sip' | 'trunks'>): readonly TlsTransport[] {
  if (tls === undefined) return [];
  const asked = new Set(
    trunks.filter(({ transport }) => transport === 'tls').map((one) => authoritiesOf(one)),
  );
  return (asked.size === 0 ? [undefined] : [...asked]).map((authorities, at) => ({
    ...tls,
    name: at === 0 ? 'transport-tls' : `transport-tls-${String(at + 1)}`,
    port: tls.port + at,
    ...(authorities === undefined ? {} : { authorities }),
  }));
}

/** Name of the transport that a trunk is reached by. */
export function transportOf(trunk: Trunk, settings: PbxSettings): string {
  if (trunk.transport !== 'tls') return `transport-${trunk.transport}`;
  const wanted = authoritiesOf(trunk);
  return (
    tlsTransports(settings).find(({ authorities }) => authorities === wanted)?.name ??
    'transport-tls'
  );
}

/**
 * The file that holds the authorities: `file`, or the system's if it is empty.
 *
 * @throws PBX_TRUNK_AUTHORITIES naming the file that cannot be read or holds no certificate
 */
export function authoritiesIn(file: string): string {
  const found = file === '' ? (SYSTEM.find(existsSync) ?? SYSTEM[0] ?? '') : file;
  let count: number;
  try {
    const listed = readFileSync(found, 'utf8').match(CERTIFICATES) ?? [];
    count = listed.map((one) => new X509Certificate(one)).length;
  } catch (cause) {
    throw pbxErrors.make('TRUNK_AUTHORITIES', { place: found, cause });
  }
  if (count === 0) throw pbxErrors.make('TRUNK_AUTHORITIES', { place: found });
  return resolve(found);
}
