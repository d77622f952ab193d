import { design, proven, type AsvsRow } from './row.js';

const OPEN = [
  'records/records',
  '2.2 call audio: nothing of a call stands in the open in any file',
] as const;
const FLIPPED = [
  'records/recordings',
  'every flipped bit is noticed, and the chunk is named',
] as const;
const TLS = [
  'web/asvs',
  '5 encryption in transit and at rest: TLS 1.2 or later and nothing else is spoken',
] as const;
const MUTUAL = ['wire/tls', 'both sides prove themselves'] as const;

/** Chapters 11 to 13: keys, lines, settings. */
export const KEYS: readonly AsvsRow[] = [
  design(
    '11.1.1-2',
    'keys and algorithms are written down',
    'docs/guide/keys.md and docs/adr/0004-sealed-store.md',
  ),
  design(
    '11.2.1',
    'well-known implementations',
    'OpenSSL through Node, SQLite3MultipleCiphers, argon2, age',
  ),
  proven('11.2.2', 'keys can be changed', [
    'privacy/keys',
    '4 and 13 business transfers: the root key changes, the old one opens nothing, all is as it was',
  ]),
  design('11.2.3', '128 bits and more', 'AES-256, ChaCha20, HMAC-SHA-256, P-256, Ed25519, X25519'),
  proven('11.3.1-3', 'authenticated encryption alone', OPEN, FLIPPED),
  proven('11.4.1', 'approved hashes', [
    'records/audit-log',
    '5 monitoring: edit, delete, reorder, insert and truncate are each detected',
  ]),
  proven('11.4.2', 'passwords by Argon2id', [
    'web/asvs',
    'passwords: long ones of any kind, whole and unchanged',
  ]),
  design('11.4.3', 'hashes of 256 bits', 'SHA-256 and Ed25519 for documents, links and receipts'),
  proven('11.4.4', 'a passphrase is stretched', [
    'privacy/keys',
    'a passphrase opens the store without the key file',
  ]),
  proven('11.5.1', 'random from the system, 128 bits', [
    'web/asvs',
    'a login begins a session of its own, and logging out ends it for good',
  ]),
  design('11.6.1', 'approved keys and signatures', 'P-256 by openssl, Ed25519 by Node'),
  proven('12.1.1-2', 'TLS 1.2 and 1.3, good ciphers', TLS),
  proven(
    '12.1.3',
    'certificates of clients are checked',
    ['control/far', 'a name that has no role, or none of ours, gets nothing'],
    MUTUAL,
  ),
  proven('12.2.1', 'TLS alone', TLS),
  design(
    '12.2.2',
    'certificates that browsers trust',
    'web.certificate takes a public one; else our authority is trusted once on each device',
  ),
  proven('12.3.1', 'every line off the machine is sealed', [
    'wire/tls',
    'nothing is heard on the network unsealed',
  ]),
  proven('12.3.2', 'clients check certificates', MUTUAL, [
    'notify/deliver/courier',
    'a relay that asks for TLS and a password gets both; a stranger gets nothing',
  ]),
  proven('12.3.3-4', 'so do services of our own', MUTUAL),
  design(
    '13.1.1',
    'every connection is written down',
    'vestibule doctor, privacy.destinations; docs/ARCHITECTURE.md',
  ),
  proven(
    '13.2.1',
    'parts prove themselves to parts',
    ['control/api', 'the socket is for this user alone'],
    MUTUAL,
  ),
  design(
    '13.2.2',
    'as little privilege as works',
    'one user without rights; docs/guide/hardening.md',
  ),
  design(
    '13.2.3',
    'no default credentials',
    'ARI and extensions get random passwords when they are rendered',
  ),
  design(
    '13.2.4-5',
    'only named destinations',
    'addresses come from the configuration alone and stand in the register',
  ),
  design('13.3.1', 'secrets by reference', 'files and systemd credentials; docs/guide/keys.md'),
  proven(
    '13.3.2',
    'secrets for their user alone',
    ['wire/tls', 'keys are for their owner alone'],
    ['records/records', 'the store is for its user alone'],
  ),
  proven('13.4.1', 'no source control to be seen', [
    'web/asvs',
    'only what is used is answered: methods, bodies, sizes',
  ]),
  proven('13.4.2', 'no debug modes', ['web/asvs', 'an unforeseen error tells nothing of itself']),
  proven('13.4.3-4', 'no listings, no TRACE', [
    'web/asvs',
    'only what is used is answered: methods, bodies, sizes',
  ]),
  proven('13.4.5', 'no documentation or monitoring in the open', [
    'web/asvs',
    'the API tells of itself only to whoever is logged in',
  ]),
];
