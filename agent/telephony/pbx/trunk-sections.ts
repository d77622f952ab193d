import { readFileSync } from 'node:fs';
import { pbxErrors } from './errors.js';
import { BY_ADDRESS, CODECS, encrypted, MEDIA, section } from './sections.js';
import type { PbxSettings } from './settings.js';
import { transportOf } from './trust.js';
import type { Trunk } from './trunk-settings.js';

/** Endpoint, address, password, registration and identification of each trunk. */
export const trunkSections = (settings: PbxSettings): string =>
  settings.trunks.flatMap((one) => sectionsOf(one, transportOf(one, settings))).join('\n');

/**
 * What a request is known by, first to last; the line that a registration of ours names (`line`) comes before
 * all. A trunk is known by its address, a caller by whom he wants, anybody else by the name in an answer to
 * our challenge. Where telephones of ours stand behind the address of a trunk, whoever calls as one of them
 * is challenged as one of them; whom a stranger wants comes first then, so that no answer tells who exists.
 */
export const identifiedBy = ({ trunks }: PbxSettings): string =>
  trunks.some(({ telephones }) => telephones)
    ? 'request_uri,username,ip'
    : 'ip,request_uri,username';

function sectionsOf(trunk: Trunk, by: string): readonly string[] {
  const { id, host, port, transport, user, addresses, callerNumber } = trunk;
  const name = `trunk-${id}`;
  const over = transport === 'udp' ? '' : `;transport=${transport}`;
  // A semicolon begins a comment in Asterisk's files.
  const uri = (who = ''): string =>
    `sip:${who}${host}:${String(port)}${over}`.replace(/;/gu, '\\;');
  const from = callerNumber ?? user;
  const password = passwordOf(trunk);
  return [
    section(name, {
      type: 'endpoint',
      context: `vestibule-${name}`,
      ...{ disallow: 'all', allow: CODECS, aors: name, dtmf_mode: 'auto', ...MEDIA },
      transport: by,
      ...encrypted(trunk.encryption, 'no'),
      // Another PBX knows who calls better than the From of its own line.
      ...{ trust_id_inbound: 'yes', allow_transfer: 'no' },
      ...BY_ADDRESS,
      ...(from === undefined ? {} : { from_user: from }),
      ...(password === undefined ? {} : { outbound_auth: name }),
    }),
    // A PBX that was restarted is used again after so long.
    section(name, { type: 'aor', contact: uri(), qualify_frequency: '10' }),
    section(name, { type: 'identify', endpoint: name, match: [host, ...addresses].join(',') }),
    ...(password === undefined || user === undefined
      ? []
      : [
          section(name, { type: 'auth', auth_type: 'digest', username: user, password }),
          ...(trunk.register ? [registration(name, user, by, uri)] : []),
        ]),
  ];
}

const registration = (
  name: string,
  user: string,
  by: string,
  uri: (who?: string) => string,
): string =>
  section(name, {
    type: 'registration',
    transport: by,
    outbound_auth: name,
    server_uri: uri(),
    client_uri: uri(`${user}@`),
    contact_user: user,
    // Its calls are known by the line that they come on, wherever they come from.
    ...{ line: 'yes', endpoint: name },
    // At once, at the start and when we ask for it anew: not within the ten seconds that spare providers.
    max_random_initial_delay: '0',
    ...{ expiration: '300', retry_interval: '10', forbidden_retry_interval: '60' },
    ...{ fatal_retry_interval: '60', max_retries: '100000' },
  });

/** @throws PBX_TRUNK_PASSWORD naming the file */
function passwordOf({ passwordFile }: Trunk): string | undefined {
  if (passwordFile === undefined) return undefined;
  let text: string;
  try {
    text = readFileSync(passwordFile, 'utf8').trim();
  } catch (error) {
    throw pbxErrors.make('TRUNK_PASSWORD', { place: passwordFile, cause: error });
  }
  if (text === '' || /[\r\n\\]/u.test(text)) {
    throw pbxErrors.make('TRUNK_PASSWORD', { place: passwordFile });
  }
  return text.replace(/;/gu, '\\;');
}

/** What a trunk's calls reach: the receptionist, by the trunk's own numbers, and nothing that dials. */
export function trunkPlan({ trunks }: PbxSettings): string {
  return trunks
    .map(({ id, numbers, user }) => {
      const listed = [...numbers, ...(user === undefined || numbers.length === 0 ? [] : [user])];
      // Every number; the patterns leave out Asterisk's own h, i and t.
      const reached = listed.length > 0 ? [...new Set(listed)] : ANY_NUMBER;
      return [
        `[vestibule-trunk-${id}]`,
        ...reached.map((one) => `exten => ${one},1,Goto(vestibule-reception,reception,1)`),
      ].join('\n');
    })
    .join('\n\n');
}

const ANY_NUMBER = ['s', '_X', '_X.', '_+X.', '_[a-zA-Z].'];
