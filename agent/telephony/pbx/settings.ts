import { isIP } from 'node:net';
import { z } from 'zod';
import { guardSettings } from '../guard/settings.js';
import { tlsTransports } from './trust.js';
import { trunks } from './trunk-settings.js';
import { path, plain } from './values.js';

const port = z.int().min(1).max(65_535);

const network = z
  .string()
  .regex(/^[\da-f.:]+(?:\/\d{1,3})?$/iu, 'write a network as 192.168.1.0/24')
  .refine((text) => isIP(text.split('/')[0] ?? '') !== 0, 'write a network as 192.168.1.0/24');
const extensionNumber = z.string().regex(/^\d{2,6}$/u, 'an extension has 2 to 6 digits');

const sip = z.strictObject({
  /** Address that Asterisk listens on. */
  bind: plain.default('127.0.0.1'),
  port: port.default(5060),
  /** Address that others reach us at, when it is not the bind address (NAT, containers). */
  advertised: plain.optional(),
  /** Networks that reach the bind address directly, such as 192.168.1.0/24. */
  localNetworks: z.array(plain).default([]),
  /** Whether whoever knows the address may call the receptionist, without being known. */
  strangers: z.boolean().default(true),
  /** Networks that SIP is taken from, such as 192.168.1.0/24; none: from everywhere. */
  allow: z.array(network).default([]),
  /** How sound is encrypted on the way to extensions: not, with keys sent over TLS (SDES), or DTLS. */
  encryption: z.enum(['none', 'sdes', 'dtls']).default('none'),
  /** SIP over TLS, with a certificate and its key. */
  tls: z.strictObject({ port: port.default(5061), certificate: path, key: path }).optional(),
});

/** Keys that are sent in clear protect nothing (RFC 4568, 7.1). */
const encryptedSip = sip.refine(
  ({ encryption, tls }) => encryption !== 'sdes' || tls !== undefined,
  {
    path: ['encryption'],
    message: 'sdes sends the key in SIP, which needs sip.tls; or choose dtls',
  },
);

const extension = z.strictObject({
  number: extensionNumber,
  name: z.string().min(1),
});

/** The PBX's slice of the configuration. */
export const pbxSettings = z
  .strictObject({
    sip: encryptedSip.prefault({}),
    rtp: z
      .strictObject({ from: port.default(20_000), to: port.default(20_999) })
      .refine(({ from, to }) => to - from >= 10, 'an RTP range has at least 10 ports')
      .prefault({}),
    ari: z
      .strictObject({
        port: port.default(8088),
        user: z
          .string()
          .regex(/^[a-z]+$/u)
          .default('vestibule'),
      })
      .prefault({}),
    /** Who is shut out for guessing passwords and names. */
    guard: guardSettings.prefault({}),
    /** The Stasis application. */
    app: z
      .string()
      .regex(/^[a-z]+$/u)
      .default('vestibule'),
    /** Whose ringing and busy tones callers hear. */
    country: z.enum(['us', 'gb', 'de', 'kr']).default('us'),
    /** A call never lasts longer. */
    mostSeconds: z.int().min(60).max(86_400).default(3_600),
    /** How long a person's phone rings. */
    ringSeconds: z.int().min(5).max(120).default(25),
    extensions: z
      .array(extension)
      .default(
        Array.from({ length: 9 }, (_, at) => ({
          number: String(201 + at),
          name: `Extension ${String(201 + at)}`,
        })),
      )
      .superRefine((list, context) => {
        list.forEach(({ number }, index) => {
          if (list.findIndex((other) => other.number === number) !== index) {
            context.addIssue({
              code: 'custom',
              path: [index, 'number'],
              message: 'this extension is taken',
            });
          }
        });
      }),
    /** Other PBXs and providers that calls come from and go to. */
    trunks,
    /** Numbers that ring when nobody is at the reception; none: the caller is told at once. */
    fallbackRing: z.array(extensionNumber).default(['201']),
    /** Whether the caller may then leave a voicemail, if calls are recorded at all. */
    voicemail: z.boolean().default(true),
    /** Folder of your own music for callers who wait, as WAV files of 8 or 16 kHz mono; ours if absent. */
    musicFolder: path.optional(),
    emergency: z
      .strictObject({
        numbers: z.array(z.string().regex(/^\d{2,6}$/u)).default(['911', '112', '999', '119']),
        /** SIP address of the trunk that carries emergency calls, such as sip.provider.example. */
        trunk: plain.optional(),
      })
      .prefault({}),
  })
  .superRefine((settings, context) => {
    const { extensions, fallbackRing, emergency, trunks: list } = settings;
    const { tls } = settings.sip;
    list.forEach(({ transport }, index) => {
      if (transport !== 'tls' || tls !== undefined) return;
      const message = 'tls needs sip.tls: a certificate of ours and its key';
      context.addIssue({ code: 'custom', path: ['trunks', index, 'transport'], message });
    });
    // Each further file of authorities has a port of its own: see trust.ts.
    const taken = [settings.sip.port, settings.ari.port];
    for (const { port: one } of tlsTransports(settings).slice(1)) {
      if (one <= 65_535 && !taken.includes(one)) continue;
      const message =
        'trunks that trust others need the ports after this one: one of them is none or taken';
      context.addIssue({ code: 'custom', path: ['sip', 'tls', 'port'], message });
    }
    const out = list.some(({ outbound }) => outbound);
    const numbers = extensions.map(({ number }) => number);
    numbers.forEach((number, index) => {
      if (emergency.numbers.includes(number)) {
        context.addIssue({
          code: 'custom',
          path: ['extensions', index, 'number'],
          message: 'this is an emergency number; give the extension another one',
        });
      }
    });
    fallbackRing.forEach((number, index) => {
      if (!numbers.includes(number) && !out) {
        context.addIssue({
          code: 'custom',
          path: ['fallbackRing', index],
          message: 'no extension has this number, and no trunk carries calls out',
        });
      }
    });
  });

export type PbxSettings = z.infer<typeof pbxSettings>;
