import { dialling } from './dialling.js';
import { nearNetworks } from './near-networks.js';
import type { PbxSecrets } from './secrets.js';
import type { PbxSettings } from './settings.js';
import { authoritiesIn, tlsTransports, type TlsTransport } from './trust.js';

export const CODECS = 'g722,opus,ulaw,alaw';

/** How sound finds its way through NAT, and always by us. */
export const MEDIA = {
  ...{ direct_media: 'no', rtp_symmetric: 'yes' },
  ...{ force_rport: 'yes', rewrite_contact: 'yes' },
} as const;

/** An endpoint without a password is nobody's who only writes its name into the From of a call. */
export const BY_ADDRESS = { identify_by: 'ip' } as const;

/**
 * What a caller's name may be made of, for Asterisk's FILTER: letters, digits, full stop, apostrophe,
 * hyphen, space, and every byte of UTF-8 beyond ASCII.
 */
export const NAME_CHARACTERS = String.raw`A-Za-z0-9. \x27\x2D\x80-\xff`;

/**
 * Marks that turn the direction of writing, or break a line: with them a name on a telephone reads as another one
 * (UTR 36, 3.2). As a pattern for Asterisk's REGEX.
 */
export const NAME_MARKS = [
  ...['\u200e', '\u200f', '\u2028', '\u2029', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e'],
  ...['\u2066', '\u2067', '\u2068', '\u2069'],
].join('|');

export const section = (name: string, lines: Readonly<Record<string, string>>): string =>
  [`[${name}]`, ...Object.entries(lines).map(([key, value]) => `${key} = ${value}`), ''].join('\n');

/**
 * PJSIP transports: UDP and TCP, and TLS where a certificate is given.
 *
 * @throws PBX_TRUNK_AUTHORITIES
 */
export function transportSections(settings: PbxSettings): string {
  const { sip } = settings;
  const advertised = sip.advertised;
  const nat = [
    ...(advertised === undefined
      ? []
      : [`external_media_address = ${advertised}`, `external_signaling_address = ${advertised}`]),
    ...nearNetworks(settings).map((network) => `local_net = ${network}`),
  ].join('\n');
  const transport = (
    protocol: string,
    port: number,
    extra: Readonly<Record<string, string>> = {},
    name = `transport-${protocol}`,
  ) =>
    section(name, {
      type: 'transport',
      protocol,
      bind: `${sip.bind.includes(':') ? `[${sip.bind}]` : sip.bind}:${String(port)}`,
      ...extra,
    }) + (nat === '' ? '' : `${nat}\n`);
  return [
    transport('udp', sip.port),
    transport('tcp', sip.port),
    ...tlsTransports(settings).map((one) =>
      transport(
        'tls',
        one.port,
        {
          cert_file: one.certificate,
          priv_key_file: one.key,
          method: 'tlsv1_2',
          ...verified(one),
        },
        one.name,
      ),
    ),
  ].join('\n');
}

/**
 * What a server must show that we call. Its name is compared, too (RFC 5922, 7.2); but many providers have a
 * certificate for `*.provider.example`, which that forbids and everybody else takes (RFC 6125).
 */
const verified = ({ authorities }: TlsTransport): Readonly<Record<string, string>> =>
  authorities === undefined
    ? {}
    : {
        verify_server: 'yes',
        ca_list_file: authoritiesIn(authorities),
        allow_wildcard_certs: 'yes',
      };

/** Endpoint, password and registrations of each extension. */
export function extensionSections({ extensions, sip }: PbxSettings, secrets: PbxSecrets): string {
  return extensions
    .flatMap(({ number, name }) => [
      section(number, {
        type: 'endpoint',
        context: 'vestibule-internal',
        disallow: 'all',
        allow: CODECS,
        auth: number,
        aors: number,
        callerid: `${asName(name)} <${number}>`,
        dtmf_mode: 'auto',
        ...MEDIA,
        ...encrypted(sip.encryption, 'no'),
      }),
      section(number, {
        type: 'auth',
        auth_type: 'digest',
        username: number,
        password: secrets.extensions[number] ?? '',
      }),
      section(number, {
        type: 'aor',
        max_contacts: '5',
        remove_unavailable: 'yes',
        qualify_frequency: '30',
      }),
    ])
    .join('\n');
}

/**
 * The endpoint of callers whom nobody knows, and what they are known by: that they want the receptionist
 * or the echo. What else they want is challenged as a wrong name is. None where strangers may not call.
 */
export function strangerSections({ sip }: PbxSettings): string {
  if (!sip.strangers) return '';
  return [
    section('anonymous', {
      type: 'endpoint',
      context: 'vestibule-public',
      disallow: 'all',
      allow: CODECS,
      dtmf_mode: 'auto',
      ...MEDIA,
      // Who offers to encrypt gets it; most of the world cannot.
      ...encrypted(sip.encryption, 'yes'),
      allow_transfer: 'no',
      trust_id_inbound: 'no',
      ...BY_ADDRESS,
    }),
    section('stranger', {
      type: 'identify',
      endpoint: 'anonymous',
      match_request_uri: '/^sips?:(reception|echo)@/',
    }),
  ].join('\n');
}

/** From where SIP is taken at all: whatever else comes is dropped before it is looked at. */
export function accessSections({ sip }: PbxSettings): string {
  return [
    section('banned', { type: 'acl', acl: 'vestibule-banned' }),
    ...(sip.allow.length === 0
      ? []
      : [
          section('networks', {
            type: 'acl',
            deny: '0.0.0.0/0,::/0',
            permit: [...sip.allow, '127.0.0.1', '::1'].join(','),
          }),
        ]),
  ].join('\n');
}

/**
 * Our part of the encryption of sound (RFC 3711); `optimistic` where the other side may do without, which
 * Asterisk can with SDES alone. Who speaks DTLS offers feedback, too (RFC 5764, RFC 5124).
 */
export function encrypted(
  kind: PbxSettings['sip']['encryption'],
  optimistic: 'yes' | 'no',
): Readonly<Record<string, string>> {
  if (kind === 'none') return {};
  return {
    media_encryption: kind,
    ...(kind === 'sdes'
      ? { media_encryption_optimistic: optimistic }
      : {
          ...{ dtls_auto_generate_cert: 'yes', dtls_verify: 'fingerprint', dtls_setup: 'actpass' },
          use_avpf: 'yes',
        }),
  };
}

/** The endpoint of the trunk for emergency calls, if there is one. */
export function trunkSection({ emergency }: PbxSettings): string {
  if (emergency.trunk === undefined) return '';
  return [
    section('emergency-trunk', {
      type: 'endpoint',
      context: 'vestibule-public',
      disallow: 'all',
      allow: CODECS,
      aors: 'emergency-trunk',
      direct_media: 'no',
      ...BY_ADDRESS,
    }),
    section('emergency-trunk', { type: 'aor', contact: `sip:${emergency.trunk}` }),
  ].join('\n');
}

/**
 * With every Dial: whoever is called is called alone. To an answer of 302 Asterisk dials whatever its Contact says,
 * with a slash in it also by a trunk or in another context (app_dial.c, do_forward), and so would a stolen
 * telephone have it call abroad. Such a call counts as busy.
 */
const ALONE = 'i';

/** Rings the fallback's phones. Without any, no Dial: one with nobody to ring ends the call. */
export function ringGroup(settings: PbxSettings): string {
  const { fallbackRing, ringSeconds } = settings;
  const dial = dialling(settings);
  if (fallbackRing.length === 0) return '';
  const phones = fallbackRing.flatMap((number) => dial.endpointOf(number) ?? []).join('&');
  return ` same => n,Dial(${phones},${String(ringSeconds)},${ALONE}r)`;
}

/**
 * Takes a voicemail when nobody answers: who calls goes into a file beside the sound, and the daemon
 * seals both and destroys the files.
 */
export function voicemailPlan({ voicemail }: PbxSettings, state: string): string {
  if (!voicemail) return '';
  const file = `${state}/voicemail/\${UNIQUEID}`;
  const number = '${FILTER(0-9+*#,${CALLERID(num)})}';
  const called = '${FILTER(0-9A-Za-z+*#._\\x2D,${CALLERID(dnid)})}';
  return [
    ' same => n,Gosub(vestibule-say,s,1(fallback-voicemail,vm-intro))',
    ` same => n,Set(FILE(${file}.txt)=${number}|${called}|\${EPOCH})`,
    ` same => n,Record(${file}.wav,${String(VOICEMAIL_SILENCE)},${String(VOICEMAIL_MOST)},k)`,
    ' same => n,Gosub(vestibule-say,s,1(fallback-thanks,auth-thankyou))',
    ' same => n,Hangup()',
  ].join('\n');
}

/** Seconds of silence that end a voicemail, and seconds at most. */
const VOICEMAIL_SILENCE = 8;
const VOICEMAIL_MOST = 180;

/** One line a person; nothing that a caller says or keys ever becomes an extension here. */
export function transferPlan({ extensions, ringSeconds }: PbxSettings): string {
  return extensions
    .map(({ number }) =>
      [
        `exten => ${number},1,Set(VESTIBULE_PHASE=human)`,
        ` same => n,Dial(PJSIP/${number},\${IF($["\${VESTIBULE_RING_SECONDS}"=""]?${String(ringSeconds)}:\${VESTIBULE_RING_SECONDS})},${ALONE}gr)`,
        ' same => n,Goto(after,1)',
      ].join('\n'),
    )
    .join('\n');
}

export function internalPlan({ extensions, ringSeconds }: PbxSettings): string {
  return extensions
    .map(({ number }) =>
      [
        `exten => ${number},1,Dial(PJSIP/${number},${String(ringSeconds)},${ALONE}r)`,
        ' same => n,Hangup()',
      ].join('\n'),
    )
    .join('\n');
}

export function emergencyPlan({ emergency }: PbxSettings): string {
  return emergency.numbers
    .map((number) =>
      [
        ...(emergency.trunk === undefined
          ? [
              `exten => ${number},1,Answer()`,
              ' same => n,Gosub(vestibule-say,s,1(no-emergency-trunk,ss-noservice))',
              ' same => n,Gosub(vestibule-say,s,1(no-emergency-trunk,ss-noservice))',
            ]
          : [`exten => ${number},1,Dial(PJSIP/${number}@emergency-trunk,,${ALONE})`]),
        ' same => n,Hangup()',
      ].join('\n'),
    )
    .join('\n');
}

/**
 * Who may say what at Asterisk's command line: its own user and root. Nobody is named twice, since
 * Asterisk 22.10 then links its list to itself and hangs at the next command.
 */
export const cliUserSections = (user: string): string =>
  [...new Set([user, 'root'])]
    .map((name) => `[${name}]\npermit = all\ndeny = core restart\n`)
    .join('\n');

/** A display name without what would end it or start something else in pjsip.conf. */
const asName = (name: string): string => `"${name.replace(/["<>;\\\r\n]/gu, '')}"`;
