import { apart, design, open, proven, type AsvsRow } from './row.js';

const FIRST = [
  'web/session',
  'the first login owes a password and a second factor, and nothing else goes before',
] as const;
const PASSWORDS = ['web/asvs', 'passwords: long ones of any kind, whole and unchanged'] as const;
const CODES = [
  'web/session',
  '5 secrecy of credentials: the password alone is not enough, and a code works once',
] as const;
const LOCK = ['web/session', 'wrong passwords lock the account, for whoever asks'] as const;
const FEW = ['web/asvs', 'logins are few from one address, and others are not held up'] as const;
const SESSION = [
  'web/asvs',
  'a login begins a session of its own, and logging out ends it for good',
] as const;
const ROLES = [
  'web/roles',
  'every role at every route: in where its rights say so, and nowhere else',
] as const;
const METHODS = ['control/far', 'each role may what the table says, method by method'] as const;
const OAUTH = 'Vestibule has its own accounts, and neither OAuth nor another identity provider';

/** Chapters 6 to 10: who comes in, and what they may. */
export const AUTHENTICATION: readonly AsvsRow[] = [
  design('6.1.1', 'written defence against guessing', 'docs/guide/dashboard.md'),
  design(
    '6.1.2',
    'written list of words that no password may hold',
    'docs/guide/dashboard.md#logins',
  ),
  design(
    '6.1.3',
    'all ways to log in are written down',
    'docs/guide/dashboard.md and control-api.md',
  ),
  proven('6.2.1', 'eight characters at least', FIRST),
  proven('6.2.2-3', 'a password is changed with the old one', PASSWORDS),
  proven('6.2.4', 'not one of the 3000 most used', [
    'web/asvs',
    'passwords that are tried first, or that tell of the place, are refused',
  ]),
  proven('6.2.5', 'any characters, no composition', PASSWORDS),
  design(
    '6.2.6-7',
    'fields hide, and take what is pasted',
    'Mantine’s PasswordInput with autocomplete names',
  ),
  proven('6.2.8-9', 'as it was typed; 64 characters and more', PASSWORDS),
  design('6.2.10', 'no changing by the calendar', 'none is asked for'),
  proven('6.2.11', 'words of the context are refused', [
    'web/asvs',
    'passwords that are tried first, or that tell of the place, are refused',
  ]),
  proven(
    '6.2.12',
    'not in a set of those that leaked: the 49,000 most used, kept on this machine',
    ['web/asvs', 'passwords that are tried first, or that tell of the place, are refused'],
  ),
  proven('6.3.1', 'guessing is slowed', LOCK, FEW),
  design(
    '6.3.2',
    'no default accounts',
    'the first one is made at the first start, with a password of its own',
  ),
  proven('6.3.3', 'two factors', CODES),
  proven('6.3.4', 'no other way in', ROLES, METHODS),
  proven('6.4.1', 'first passwords are random and short-lived', FIRST, [
    'web/asvs',
    'a first password waits three days and no longer',
  ]),
  design('6.4.2', 'no secret questions', 'there are none'),
  design(
    '6.4.3-4',
    'a lost password or factor',
    'whoever manages accounts gives a new first password in person; factors are set up anew',
  ),
  proven('6.5.1', 'a code counts once', CODES),
  apart('6.5.2', 'lookup secrets', 'there are none'),
  design('6.5.3', 'seeds are random', 'otpauth draws them from the system’s generator'),
  apart('6.5.4', 'out-of-band codes for logins', 'there are none'),
  open(
    '6.5.5',
    'codes live for 30 seconds',
    'a code counts for 90: the one before and the one after are taken for telephones whose clock is wrong (RFC 6238, 5.2 and 6), each once, and five wrong ones lock the account',
  ),
  apart('6.6.1-3', 'codes by telephone for logins', 'there are none'),
  apart('6.8.1-4', 'identity providers', OAUTH),
  design(
    '7.1.1',
    'written times of a session',
    'docs/guide/configuration.md: web.idleMinutes, web.longestHours',
  ),
  proven('7.1.2', 'written number of sessions', [
    'web/sessions',
    'logins are seen, ended one by one, and are few',
  ]),
  apart('7.1.3', 'federated sessions', OAUTH),
  proven('7.2.1', 'sessions are checked by the server', ROLES),
  proven('7.2.2-4', 'random, 256 bits, new at each login', SESSION),
  proven('7.3.1', 'an end without clicks', [
    'web/sessions',
    'a login ends after half an hour without a click',
  ]),
  proven('7.3.2', 'an end in any case', [
    'web/sessions',
    'a login ends after twelve hours in any case',
  ]),
  proven('7.4.1', 'an ended session is ended', SESSION),
  proven('7.4.2', 'a removed account is out', [
    'web/asvs',
    'an account that is removed is out at once',
  ]),
  proven('7.4.3', 'a new password ends other sessions', [
    'web/session',
    'a new password logs out every other browser',
  ]),
  design('7.4.4', 'logging out is in sight', 'in the menu of every page; agent/web/ui/app.tsx'),
  proven('7.4.5', 'administrators end sessions', [
    'web/session',
    'a restart logs nobody out, and whoever was sent away stays away',
  ]),
  proven('7.5.1', 'log in anew before factors change', [
    'web/session',
    'keys change after a fresh proof only',
  ]),
  proven('7.5.2', 'see and end one’s own sessions', [
    'web/session',
    'where one is logged in is seen, and ended there',
  ]),
  apart('7.6.1-2', 'federated re-authentication', OAUTH),
  design(
    '8.1.1-2',
    'written rules of who may what',
    'docs/guide/dashboard.md; Rooms/Methods tells the right of each method',
  ),
  proven('8.2.1', 'functions by right', ROLES, METHODS),
  proven('8.2.2', 'data by right', [
    'privacy/rights',
    '7 restriction: stored and not used; play, read, list and second hearing refuse',
  ]),
  proven('8.2.3', 'fields by right', [
    'web/settings',
    'the privacy officer changes what becomes of data, and nothing else',
  ]),
  proven('8.3.1', 'decided by the server', ROLES, [
    'control/far',
    'typed services ask for the same rights',
  ]),
  apart('8.4.1', 'tenants', 'an installation is of one office'),
  apart('9.1.1-4', 'self-contained tokens', 'tokens are random references'),
  apart('9.2.1-3', 'self-contained tokens', 'tokens are random references'),
  ...[...['10.1.1-2', '10.2.1-2', '10.3.1-4', '10.4.1-11', '10.5.1-5', '10.6.1-2', '10.7.1-3']].map(
    (ids) => apart(ids, 'OAuth and OpenID Connect', OAUTH),
  ),
];
