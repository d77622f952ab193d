import { apart, design, proven, type AsvsRow } from './row.js';

const BODIES = ['web/asvs', 'only what is used is answered: methods, bodies, sizes'] as const;
const FUZZ = ['web/fuzz', 'no request makes the server fail'] as const;
const HEADERS = [
  'web/asvs',
  'every answer has the headers that browsers need, errors too',
] as const;
const COOKIE = [
  'web/session',
  '2.4 cookies: one for this host alone, which does nothing without the page',
] as const;

/** Chapters 1 to 5: what comes in, and what browsers are told. */
export const INPUT: readonly AsvsRow[] = [
  design(
    '1.1.1-2',
    'decode once, escape last',
    'fastify decodes, zod checks after it; React escapes when it draws',
  ),
  design(
    '1.2.1-3',
    'escape for HTML, addresses, JSON',
    'React, encodeURIComponent and JSON.stringify; privacy/html.ts for reports',
  ),
  design(
    '1.2.4',
    'no SQL from words',
    'records/ prepares every statement with bound values; only it reaches the database',
  ),
  design(
    '1.2.5',
    'no shell commands from words',
    'programs are spawned with lists of arguments, never through a shell',
  ),
  apart('1.2.6-8', 'LDAP, XPath, LaTeX', 'none of them is used'),
  design(
    '1.2.9',
    'escape in regular expressions',
    'patterns are literals; words are compared, not compiled',
  ),
  apart('1.3.1', 'clean HTML that people write', 'no field takes HTML'),
  design('1.3.2', 'no eval', 'none in the code; the pages have a policy without unsafe-eval'),
  proven('1.3.3', 'limit what goes to dangerous places', BODIES, FUZZ),
  apart('1.3.4-5', 'SVG, Markdown, style sheets that people write', 'none are taken'),
  proven('1.3.6', 'no request to an address of a stranger’s choice', [
    'notify/deliver/courier',
    'a webhook is signed, tried again under the same key, and follows nobody',
  ]),
  design('1.3.7', 'no templates from words', 'templates are ours; what fills them is a value'),
  apart('1.3.8-10', 'JNDI, memcache, format strings', 'none of them is used'),
  design(
    '1.3.11',
    'no mail header from words',
    'nodemailer builds the messages and encodes what goes into headers',
  ),
  design(
    '1.4.1-3',
    'memory safety',
    'TypeScript; native parts are well-kept libraries in worker processes',
  ),
  apart(
    '1.5.1',
    'XML without external entities',
    'CalDAV answers are read by tsdav without entities; no other XML is taken',
  ),
  proven('1.5.2', 'safe deserialisation', BODIES),
  design(
    '2.1.1-3',
    'written rules for what is valid',
    '/openapi.json, Rooms/Methods of the control API, docs/guide/configuration.md',
  ),
  proven('2.2.1-2', 'every input is checked on the server', FUZZ, [
    'control/far',
    'each role may what the table says, method by method',
  ]),
  proven('2.2.3', 'what belongs together fits together', [
    'web/settings',
    'faults come with path and line; a restart is asked for; nothing is written',
  ]),
  proven('2.3.1', 'steps in their order', [
    'web/session',
    'the first login owes a password and a second factor, and nothing else goes before',
  ]),
  proven('2.3.2', 'limits of what may be done', [
    'privacy/requests',
    'a request is due in a month, is extended once, and is closed',
  ]),
  proven('2.3.3', 'whole or not at all', [
    'privacy/erasing',
    'an erasure that was cut short is finished, and gets its receipt then',
  ]),
  design(
    '2.3.4',
    'nothing is given away twice',
    'times of calendars are held while they are asked for; docs/guide/appointments.md',
  ),
  proven('2.4.1', 'no excess of requests', [
    'web/asvs',
    'logins are few from one address, and others are not held up',
  ]),
  proven('3.2.1', 'nothing is shown as what it is not', HEADERS),
  design('3.2.2', 'text is shown as text', 'React; no dangerouslySetInnerHTML in agent/web/ui'),
  proven('3.3.1-4', 'the cookie: Secure, SameSite, __Host-, HttpOnly', COOKIE),
  proven('3.4.1', 'HSTS for a year, subdomains too where the name is the dashboard’s own', [
    'web/asvs',
    'TLS is asked for a year, below the dashboard’s own name too',
  ]),
  proven('3.4.2', 'no other origin may read', [
    'web/asvs',
    'no other site gets an answer that it may read',
  ]),
  proven('3.4.3-6', 'CSP, nosniff, referrer, frame-ancestors', HEADERS),
  proven('3.5.1-2', 'no changes by other sites', COOKIE),
  design(
    '3.5.3',
    'changes by POST, PUT, DELETE alone',
    'routes name their methods; GET routes change nothing but the audit log',
  ),
  design('3.5.4', 'one application a host', 'the dashboard has a port and a name of its own'),
  apart('3.5.5', 'messages between windows', 'postMessage is not used'),
  design('3.7.1', 'no dead technology', 'HTML, CSS, JavaScript of today'),
  apart('3.7.2', 'redirects to elsewhere', 'there are none'),
  proven('4.1.1', 'Content-Type with its charset', HEADERS),
  proven('4.1.2', 'no redirect from HTTP', [
    'web/asvs',
    '5 encryption in transit and at rest: TLS 1.2 or later and nothing else is spoken',
  ]),
  proven('4.1.3', 'headers of proxies are not believed', [
    'web/asvs',
    'logins are few from one address, and others are not held up',
  ]),
  design(
    '4.2.1',
    'no request smuggling',
    'Node’s own HTTP parser, strict, and no proxy of ours before it',
  ),
  apart('4.3.1-2', 'GraphQL', 'there is none'),
  proven('4.4.1-2', 'WebSocket by TLS, and its origin', [
    'web/running',
    'a page of another site hears nothing',
  ]),
  design('4.4.3-4', 'the socket is of the session', 'the cookie opens it; web/guard.ts'),
  design('5.1.1', 'written limits for each upload', 'docs/guide/hardening.md#limits'),
  proven('5.2.1', 'large files are refused', BODIES),
  proven('5.2.2', 'files are what they say they are', [
    'web/settings',
    'prompts by the API: heard, recorded, taken back',
  ]),
  proven('5.2.3', 'archives are measured before they are unpacked', [
    'privacy/archive',
    'an archive that would unpack to more than a report ever is, is refused',
  ]),
  design(
    '5.3.1-2',
    'uploads are never run, and name no path',
    'a recorded prompt is stored under a name of ours; reports are read, not kept',
  ),
  proven('5.4.1-2', 'names of downloads are ours', [
    'web/exports',
    'messages and contacts leave as tables and cards, and the log says so',
  ]),
  apart('5.4.3', 'virus scan of what is handed on', 'no file of a stranger is handed on'),
];
