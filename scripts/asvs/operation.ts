import { apart, design, proven, type AsvsRow } from './row.js';

const WORDS = ['no-personal-words', 'log lines are literals and carry no personal facts'] as const;
const ERRORS = ['web/asvs', 'an unforeseen error tells nothing of itself'] as const;
const BODIES = ['web/asvs', 'only what is used is answered: methods, bodies, sizes'] as const;
const LOG = 'the audit log has time (UTC), who, what, about what and why; the daemon’s log is JSON';
const WEBRTC = 'there is no WebRTC; telephony is SIP and RTP (docs/guide/hardening.md)';

/** Chapters 14 to 17: data, code, logs. */
export const OPERATION: readonly AsvsRow[] = [
  design(
    '14.1.1-2',
    'data are classified, with what each class needs',
    'vestibule privacy register; docs/guide/privacy.md',
  ),
  proven('14.2.1', 'nothing secret in addresses', ['web/asvs', 'no secret goes in an address']),
  proven('14.2.2', 'no caches on the way', [
    'web/session',
    'another host name, another address, a request that does not fit',
  ]),
  design(
    '14.2.3',
    'nothing to strangers',
    'the pages load from their own host alone; vestibule doctor lists every place that data go to',
  ),
  proven('14.2.4', 'as it is written down', [
    'privacy/retention',
    '6 recordings and transcripts: day n−1 is kept, day n+1 is gone, mtime makes no difference',
  ]),
  design(
    '14.3.1',
    'logging out clears the page',
    'the page forgets what it has fetched; agent/web/ui/app.tsx',
  ),
  proven('14.3.2', 'no-store', [
    'web/session',
    'another host name, another address, a request that does not fit',
  ]),
  design(
    '14.3.3',
    'nothing personal in the browser’s storage',
    'the language and the choice of notices alone',
  ),
  design(
    '15.1.1',
    'written times for mending dependencies',
    'docs/guide/hardening.md#when-weaknesses-are-mended',
  ),
  design(
    '15.1.2',
    'inventory of dependencies',
    'package-lock.json and models/catalogue.yaml, with checksums; NOTICE',
  ),
  design('15.1.3', 'written list of what is costly', 'docs/guide/hardening.md#limits'),
  proven('15.2.1', 'no dependency past its time', [
    'supply/advisories',
    'a weakness that nobody mended in its days is a fault',
  ]),
  proven(
    '15.2.2',
    'costly work is held back',
    ['control/pressure', 'a client that reads slowly holds the server back'],
    ['control/pressure', 'what waits for a client that does not read is bounded'],
  ),
  design('15.2.3', 'no development functions', 'the image holds what runs; Dockerfile'),
  design(
    '15.3.1',
    'only what may be seen',
    'the rooms of privacy/ give shapes of their own; what is secret of an account never leaves its room',
  ),
  proven('15.3.2', 'no redirects followed', [
    'notify/deliver/courier',
    'a webhook is signed, tried again under the same key, and follows nobody',
  ]),
  proven('15.3.3', 'no fields besides', [
    'control/api',
    'errors come whole: their status, code, place and mend',
  ]),
  proven('15.3.4', 'the address of the client is the real one', [
    'web/asvs',
    'logins are few from one address, and others are not held up',
  ]),
  proven('15.3.5', 'strict types', ['web/fuzz', 'no request makes the server fail']),
  proven('15.3.6-7', 'no prototype pollution, no parameter pollution', BODIES),
  design('16.1.1', 'inventory of logs', 'docs/guide/hardening.md#what-is-logged'),
  design('16.2.1-2', 'when, who, what; in UTC', LOG),
  design('16.2.3', 'logs go nowhere else', 'standard output and the store; docs/ARCHITECTURE.md'),
  design('16.2.4', 'logs can be read by programs', LOG),
  proven('16.2.5', 'nothing secret in logs', WORDS),
  proven('16.3.1', 'every login is logged', [
    'web/session',
    'each login is in the log with what it was by',
  ]),
  proven(
    '16.3.2',
    'refusals are logged',
    ['privacy/audit-room', 'only auditors may look, and a look in vain is a row too'],
    ['control/far', 'each role may what the table says, method by method'],
  ),
  proven('16.3.3', 'attempts to get round controls are logged', [
    'web/asvs',
    'what no page of ours sends is in the log, without what it held',
  ]),
  design(
    '16.3.4',
    'unforeseen errors are logged',
    'web/server.ts, rpc/refuse.ts, by code and name',
  ),
  proven('16.4.1', 'no injection into logs', WORDS),
  proven('16.4.2', 'logs cannot be changed unnoticed', [
    'records/audit-log',
    '5 monitoring: edit, delete, reorder, insert and truncate are each detected',
  ]),
  proven(
    '16.4.3',
    'logs go to another system: docs/guide/hardening.md#logs-on-another-machine',
    [
      'privacy/upkeep',
      'at its start it finishes erasures, runs the schedule and tells of requests',
    ],
    ['notify/deliver/alarms', 'a program hears of it as an alarm, signed as ever'],
  ),
  proven('16.5.1', 'errors tell nothing of the inside', ERRORS),
  proven('16.5.2', 'what is outside may fail', [
    'notify/deliver/courier',
    'a relay that is down loses nothing, nor does a restart',
  ]),
  proven('16.5.3', 'errors let nobody in', ERRORS, [
    'privacy/reading-room',
    'what cannot be put on record is not given out',
  ]),
  apart('17.1.1', 'TURN', WEBRTC),
  apart('17.2.1-4', 'media by DTLS-SRTP in browsers', WEBRTC),
  apart('17.3.1-2', 'signalling of browsers', WEBRTC),
];
