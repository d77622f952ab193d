/**
 * A promise of the policy, what keeps it, and the tests that prove it; none: not built yet. One of them is named after
 * the row: its name begins with that of the row, up to the first comma.
 */
export interface RightsRow {
  readonly row: string;
  readonly does: string;
  /** `file of test/ without .test.ts`: name of a test in it. */
  readonly tests: readonly (readonly [file: string, name: string])[];
  /** What falls short of the promise. */
  readonly lacks?: string;
}

const row = (name: string, does: string, tests: RightsRow['tests'], lacks?: string): RightsRow => ({
  row: name,
  does,
  tests,
  ...(lacks === undefined ? {} : { lacks }),
});

/** Every row of the policy that this project answers; docs/rights.md is made of it. */
export const RIGHTS: readonly RightsRow[] = [
  row('1 consent by using the service', 'recording needs a named, versioned acknowledgement', [
    [
      'config/load',
      '1 consent by using the service: recording needs an acknowledgement, and a target its extension',
    ],
    ['records/records', 'a recording needs a consent that was stored'],
  ]),
  row('2.1 account information, payment', 'minimal accounts, no payment data', [
    [
      'privacy/rights',
      '2.1 account information, payment: the schema has no place for payment data',
    ],
  ]),
  row('2.1 business configuration', 'versioned configuration with author', [
    [
      'house/configuration',
      '2.1 business configuration: diff and rollback give the exact bytes back',
    ],
    ['house/configuration', 'a file that was changed meanwhile is not overwritten'],
  ]),
  row('2.1 communications with support', 'redacted support bundle', [
    ['house/support', '2.1 communications with support: the bundle holds nothing of anybody'],
  ]),
  row('2.2 call audio', 'each segment of a recording sealed under a key of its own', [
    ['records/records', '2.2 call audio: nothing of a call stands in the open in any file'],
    ['records/core-dumps', 'a core dump of a crash holds no word of a caller'],
    ['records/recordings', 'sound of one call cannot be passed off as that of another'],
    ['records/recordings', 'every flipped bit is noticed, and the chunk is named'],
    [
      'records/canary-writes',
      'no word, number or name is ever written to a file, not even to one that is gone at once',
    ],
  ]),
  row('2.2 transcripts', 'encrypted rows and index', [
    [
      'records/canary-files',
      '2.2 transcripts: no word, number or name of a call stands in the open in any file',
    ],
    [
      'records/canary-writes',
      'no word, number or name is ever written to a file, not even to one that is gone at once',
    ],
  ]),
  row('2.2 caller information', 'a person is found by number, e-mail address and name', [
    [
      'privacy/rights',
      '2.2 caller information: finds every planted mention, by number, e-mail and name',
    ],
  ]),
  row('2.2 call metadata', 'a category of its own, with its own time', [
    [
      'privacy/retention',
      '2.2 call metadata: what was heard and said is gone, that there was a call is kept',
    ],
  ]),
  row('2.3 device information, logs', 'log lines can carry no words and no numbers', [
    ['no-personal-words', 'log lines are literals and carry no personal facts'],
    [
      'no-personal-words',
      '2.3 device information: a fact that no key stands for does not reach the log',
    ],
  ]),
  row('2.3 service usage', 'local metrics without names or numbers', [
    ['monitoring', '2.3 service usage: no name, number or id stands in a metric'],
  ]),
  row('2.4 cookies', 'one session cookie, for this host alone', [
    ['browser/cookies', '2.4 cookies: a browser gets one, and asks nobody but us'],
    ['web/session', '2.4 cookies: one for this host alone, which does nothing without the page'],
  ]),
  row('3 training AI systems', 'nothing is trained from calls', [
    ['calls/walled', '3 training AI systems: what understands callers is the same after calls'],
    ['calls/faults', 'short calls in a row leave no channel, bridge, socket or file'],
  ]),
  row('3 customisation', 'answers come from the local configuration only', [
    ['reception/replay', '3 customisation: a journal alone decides the same again'],
  ]),
  row('3 notifications', 'content level none by default', [
    [
      'notify/deliver/courier',
      '3 notifications: as delivered a mail tells only that there is a message',
    ],
  ]),
  row('3 customer support, troubleshooting', 'time-boxed, audited access', [
    [
      'web/session',
      '3 customer support: a token does what it was made for, until it ends, and is on record',
    ],
  ]),
  row('3 analytics', 'aggregates, small cells suppressed', [
    [
      'privacy/insights',
      '3 analytics: what is rare is told with the rest, and cannot be reckoned from the whole',
    ],
    [
      'privacy/retention',
      '6 usage data, anonymised: counts outlive the calls, and small ones are not shown',
    ],
  ]),
  row('3 security, fraud', 'wrong logins lock the account, and raise an alarm', [
    [
      'notify/deliver/alarms',
      '3 security, fraud: a brute force that is replayed alerts, once an hour',
    ],
    ['notify/deliver/alarms', 'one password that is tried on many names alerts, too'],
    ['web/session', 'wrong passwords lock the account, for whoever asks'],
  ]),
  row('3 legal compliance', 'legal hold', [
    ['privacy/retention', '3 legal compliance: a legal hold wins over the schedule, and says so'],
    ['privacy/erasing', 'a legal hold and a call in progress stay, and the receipt says why'],
  ]),
  row('3 billing, accounting, auditing', 'local call accounting', [
    ['calls/walled', '3 billing, accounting, auditing: totals equal Asterisk’s own records'],
  ]),
  row('4 sharing with third parties', 'no destination by default, a register of them', [
    ['calls/walled', '4 sharing with third parties: no packet leaves but to a configured place'],
    ['engines/no-telemetry', 'the runtime of models keeps no id of the machine and tells nobody'],
    [
      'privacy/notice',
      '10 third-party links: the default names no place outside, and what is added shows',
    ],
  ]),
  row('4 with consent', 'each way of telling is off until it is named, and agreed to by itself', [
    [
      'notify/deliver/courier',
      '4 with consent: each way of telling is told more only where it was agreed to',
    ],
  ]),
  row('4 legal requests', 'disclosure with log and signed manifest', [
    ['privacy/rights', '4 legal requests: a disclosure has a log and a signed manifest'],
  ]),
  row('4 and 13 business transfers', 'full export and import, key rotation', [
    [
      'privacy/keys',
      '4 and 13 business transfers: the root key changes, the old one opens nothing, all is as it was',
    ],
    ['privacy/rights', '7 portability: validates against the published schema and imports again'],
    ['privacy/backup', 'backups are sealed, hold each recording once, and restore everything'],
  ]),
  row('4.2 processor and controller', 'register of processing, made from the schema', [
    [
      'privacy/notice',
      '4.2 processor and controller: every table is in the register, and no other',
    ],
  ]),
  row('5 encryption in transit and at rest', 'sealed store, mutual TLS between machines', [
    ['records/records', '2.2 call audio: nothing of a call stands in the open in any file'],
    [
      'web/asvs',
      '5 encryption in transit and at rest: TLS 1.2 or later and nothing else is spoken',
    ],
    ['telephony/pbx/encrypted', 'SDES: nothing of a call can be heard on the way'],
    ['telephony/pbx/encrypted', 'DTLS: nothing of a call can be heard on the way'],
    ['telephony/pbx/encrypted', 'a trunk: nothing of its calls can be heard on the way'],
  ]),
  row('5 security assessments', 'OWASP ASVS 5.0 at level 2, answered row by row (docs/asvs.md)', [
    ['asvs', '5 security assessments: every requirement of levels 1 and 2 is answered, once'],
    ['asvs', 'every test that docs/asvs.md names exists, and every other state has a reason'],
  ]),
  row('5 training, physical safeguards', 'a checklist for the house (docs/guide/dpia.md)', [
    [
      'privacy/rights-docs',
      '5 training, physical safeguards: the checklist for the house is there',
    ],
  ]),
  row('5 access controls', 'roles; IT staff cannot listen or read', [
    [
      'privacy/rights',
      '5 access controls: every room of the privacy office refuses IT and reception',
    ],
    ['web/roles', 'IT keeps accounts but makes nobody who may read what callers said'],
    ['web/roles', 'every role at every route: in where its rights say so, and nowhere else'],
  ]),
  row('5 monitoring', 'chained audit log, its head outside the database', [
    [
      'records/audit-log',
      '5 monitoring: edit, delete, reorder, insert and truncate are each detected',
    ],
    ['records/audit-log', 'an older database in its place shows, also to whoever kept a head'],
  ]),
  row('5 secrecy of credentials', 'argon2id, TOTP and passkeys, one-time first password', [
    [
      'web/session',
      '5 secrecy of credentials: the password alone is not enough, and a code works once',
    ],
    ['web/asvs', 'passwords: long ones of any kind, whole and unchanged'],
    ['web/asvs', 'a first password waits three days and no longer'],
    ['browser/dashboard', 'a passkey is added and opens the door alone'],
  ]),
  row('6 account data', 'deactivate, later purge', [
    [
      'privacy/retention',
      '6 account data: an account is closed at once and deleted later, by the clock',
    ],
  ]),
  row('6 recordings and transcripts', 'schedule per category from the stored time of the call', [
    [
      'privacy/retention',
      '6 recordings and transcripts: day n−1 is kept, day n+1 is gone, mtime makes no difference',
    ],
    ['privacy/retention', '6 schedule: a stopped job alerts by status, metric and exit'],
  ]),
  row('6 usage data, anonymised', 'counts by month that nothing leads back from', [
    [
      'privacy/retention',
      '6 usage data, anonymised: counts outlive the calls, and small ones are not shown',
    ],
  ]),
  row('6 access, download, delete by the customer', 'commands and dashboard', [
    ['cli/privacy', '6 access, download, delete: end to end by commands'],
    ['browser/privacy-desk', 'a report is saved: it holds what is held, and a signed list'],
    ['browser/privacy-desk', 'and then they are erased'],
  ]),
  row(
    '6 secure deletion',
    'keys, files, rows, write-ahead logs; signed receipt; replayed after a restore',
    [
      [
        'privacy/erasing',
        '6 secure deletion: what was copied before is unreadable with the keys that are left',
      ],
      [
        'privacy/erasing',
        '6 secure deletion: erasures are carried out again after a restore, old keys included',
      ],
      ['privacy/erasing', 'no receipt while somebody keeps the write-ahead log from being emptied'],
    ],
  ),
  row('7 access', 'HTML, JSON, tables and WAV in one archive', [
    ['privacy/rights', '7 access: one archive, complete against planted data'],
  ]),
  row('7 correction', 'beside the original, which keeps its hash', [
    ['privacy/rights', '7 correction: the original stays with its hash, and the export shows both'],
  ]),
  row('7 deletion', 'as 6; mentions by others are flagged', [
    [
      'privacy/erasing',
      '7 deletion: a plan destroys nothing, and planted mentions of third parties are found',
    ],
  ]),
  row('7 restriction', 'stored, not used', [
    [
      'privacy/rights',
      '7 restriction: stored and not used; play, read, list and second hearing refuse',
    ],
  ]),
  row('7 portability', 'JSON by a published schema, CSV, WAV, manifest; imports again', [
    ['privacy/rights', '7 portability: validates against the published schema and imports again'],
  ]),
  row('7 objection', 'list by number: no recording, or people at once', [
    ['reception/visit', '7 objection: whoever wants no assistant goes to people, unanswered'],
    ['reception/visit', '7 objection: whoever wants no recording is served, and none is opened'],
    [
      'privacy/requests',
      '7 objection: the list is kept by number, sealed, and survives an erasure',
    ],
  ]),
  row('7 withdrawal of consent', 'by voice or key at any moment', [
    [
      'privacy/withdrawal',
      '7 withdrawal of consent: nothing of what comes after it is on the disk',
    ],
    ['reception/recorder', 'a refusal leaves nothing; a withdrawal ends at once and may be erased'],
    ['records/recordings', 'discarding destroys key and file, while it runs and afterwards'],
  ]),
  row('7.1 how to exercise, time, identity', 'queue with terms; call-back code', [
    [
      'privacy/requests',
      '7.1 how to exercise: caller ID alone never suffices, a spoofed number is refused',
    ],
    ['privacy/requests', 'a request is due in a month, is extended once, and is closed'],
    ['privacy/requests', '7.1 how to exercise: with 45 days, alerts before they end and after'],
    ['privacy/requests', 'a request taken by voice lands in the queue, and grows as it is told'],
  ]),
  row('7.2 know, delete, no discrimination', 'purposes in the report; refusers are served', [
    [
      'privacy/rights',
      '7.2 know: the categories and purposes in a report are those of the register',
    ],
    ['reception/visit', '7 objection: whoever wants no recording is served, and none is opened'],
  ]),
  row('7.3 legal bases, complaint', 'a basis per purpose; the authority in the notice', [
    [
      'privacy/notice',
      '7.3 legal bases, complaint: a basis per purpose, and the authority in the notice',
    ],
  ]),
  row('8 children', 'a guardian is asked; without one the call is held and queued for deletion', [
    ['privacy/guardians', '8 children: a guardian who agrees later frees the call, and is named'],
    [
      'privacy/guardians',
      '8 children: one who refuses leaves it restricted, and it alone is erased',
    ],
    [
      'dialogue/guardian',
      '8 children: a guardian who is there is asked, named, and what was begun goes on',
    ],
    [
      'dialogue/guardian',
      '8 children: without a guardian nothing goes on, the call is held, and a person is there',
    ],
    [
      'privacy/requests',
      '8 children: without a guardian a call is held and queued for deletion; with one it is named',
    ],
  ]),
  row('9 changes of the policy', 'versioned notice', [
    ['privacy/notice', '9 changes of the policy: the version follows the words'],
    ['reception/voicemail', 'after a reload it is stored which notice was told now'],
  ]),
  row('10 third-party links', 'none by default, shown in the register', [
    [
      'privacy/notice',
      '10 third-party links: the default names no place outside, and what is added shows',
    ],
  ]),
  row('11 Do Not Track', 'there is no tracking', [
    ['privacy/do-not-track', '11 Do Not Track: the same bytes with and without it'],
  ]),
  row('12 international transfers', 'doctor lists every destination', [
    ['house/destinations', '12 international transfers: doctor lists every destination'],
  ]),
  row('14 responsibilities of the customer', 'a wizard that takes the duties on', [
    ['cli/setup', '14 responsibilities of the customer: it cannot be finished with a duty unset'],
    ['web/set-up', '14 responsibilities: the set-up in the page makes an example the office’s own'],
    ['cli/setup', '14 responsibilities: with every answer an office of its own is written'],
  ]),
  row('15 contact', 'the operator’s own contact', [
    ['privacy/notice', '15 contact: the operator’s own contact is a required field'],
  ]),
  row('beyond: card data', 'hidden before it is stored', [
    ['privacy/redaction', 'card numbers, in figures and in words, with what stands beside them'],
    ['privacy/redaction', 'a card that is told in groups, a turn each, without a word about it'],
    [
      'reception/told-in-groups',
      'beyond: card data: of a card that is told over several turns nothing is ever stored',
    ],
    ['reception/told-in-groups', 'a card that is fetched in the middle of its number is one card'],
    [
      'reception/second-hiding',
      'what only the second pass finds is hidden where we, and the caller, said it again',
    ],
    [
      'reception/second-pass',
      'a number that only the second pass hears is a tone afterwards, and its digits are in no text',
    ],
  ]),
];
