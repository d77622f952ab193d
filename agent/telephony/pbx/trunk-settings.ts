import { z } from 'zod';
import { path, plain } from './values.js';

const trunkId = z.string().regex(/^[a-z0-9][a-z0-9-]*$/u, {
  message: 'an id has lower-case letters, digits and -',
});

/** A number that others dial to reach us: as the other side sends it. */
const dialled = z.string().regex(/^\+?[\w.*#-]{1,40}$/u, 'write the number as it is dialled');

/**
 * Another PBX or a provider. Without `user` both sides know each other by their addresses; with it we
 * register there, as a telephone does.
 */
export const trunk = z
  .strictObject({
    id: trunkId,
    /** Host name or address of the other side. */
    host: plain,
    port: z.int().min(1).max(65_535).default(5060),
    transport: z.enum(['udp', 'tcp', 'tls']).default('udp'),
    /** How sound is encrypted on the way there: not, with keys sent over TLS (SDES), or DTLS. */
    encryption: z.enum(['none', 'sdes', 'dtls']).default('none'),
    /**
     * Over TLS: whether the other side must show a certificate for `host`. If not, whoever answers at that address
     * is taken for it.
     */
    verify: z.boolean().default(true),
    /** Over TLS: file of the authorities that sign its certificate (PEM); those of the system if absent. */
    caFile: path.optional(),
    /** Our name there: an extension of the PBX, or the account at the provider. */
    user: plain.optional(),
    /** File that holds only the password; a systemd credential, or a file for this user alone. */
    passwordFile: z
      .string()
      .min(1)
      .regex(/^[^\r\n]+$/u)
      .optional(),
    /** Whether we register there (true) or only answer to its challenge. */
    register: z.boolean().default(true),
    /** Addresses that its calls come from, besides `host`: 192.0.2.10 or 192.0.2.0/24. */
    addresses: z.array(plain).default([]),
    /** Whether telephones of ours register from its addresses, too. */
    telephones: z.boolean().default(false),
    /** Numbers that it may reach us by; none: every one. */
    numbers: z.array(dialled).default([]),
    /** Whether calls to people who have no extension here, and calls back, go out there. */
    outbound: z.boolean().default(false),
    /** The number that the other side is shown as the caller of our calls; the user if absent. */
    callerNumber: z
      .string()
      .regex(/^\+?\d{1,20}$/u)
      .optional(),
  })
  .superRefine(({ user, passwordFile }, context) => {
    if ((user === undefined) === (passwordFile === undefined)) return;
    context.addIssue({
      code: 'custom',
      path: [user === undefined ? 'user' : 'passwordFile'],
      message: 'user and passwordFile belong together',
    });
  })
  .superRefine(({ transport, verify, caFile }, context) => {
    if (caFile === undefined || (transport === 'tls' && verify)) return;
    const message =
      transport === 'tls'
        ? 'without verify no caFile is looked at'
        : 'caFile goes with transport tls';
    context.addIssue({ code: 'custom', path: ['caFile'], message });
  })
  // Keys that are sent in clear protect nothing (RFC 4568, 7.1).
  .refine(({ encryption, transport }) => encryption !== 'sdes' || transport === 'tls', {
    path: ['encryption'],
    message: 'sdes sends the key in SIP, which needs transport tls; or choose dtls',
  });

export type Trunk = z.infer<typeof trunk>;

/** The trunks of the PBX; one of them carries calls out. */
export const trunks = z
  .array(trunk)
  .default([])
  .superRefine((list, context) => {
    list.forEach(({ id }, index) => {
      if (list.findIndex((other) => other.id === id) === index) return;
      context.addIssue({ code: 'custom', path: [index, 'id'], message: 'this id is taken' });
    });
    list.forEach(({ outbound }, index) => {
      if (!outbound || list.findIndex((other) => other.outbound) === index) return;
      const message = 'only one trunk carries calls out';
      context.addIssue({ code: 'custom', path: [index, 'outbound'], message });
    });
  });
