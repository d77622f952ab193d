import { z } from 'zod';

const hostName = z
  .string()
  .regex(/^(?!-)[\w.-]{1,253}$|^[0-9a-fA-F:]+$/u, 'write a host name or an address');

/** The dashboard's slice of the configuration. */
export const webSettings = z
  .strictObject({
    enabled: z.boolean().default(true),
    /** Address to listen at: 127.0.0.1 for this machine only, 0.0.0.0 for the office's network. */
    host: hostName.default('127.0.0.1'),
    port: z.int().min(0).max(65_535).default(8443),
    /** Names and addresses under which it is opened; the first one is printed, all are in the certificate. */
    names: z.array(hostName).min(1).max(20).default(['localhost', '127.0.0.1']),
    /** PEM files of a certificate of your own; empty for one that Vestibule makes and renews. */
    certificate: z.string().default(''),
    key: z.string().default(''),
    /** A login ends after this many minutes without a click, */
    idleMinutes: z.int().min(1).max(480).default(30),
    /** and after this many hours in any case. */
    longestHours: z.int().min(1).max(72).default(12),
    /** Logins of one account at once; the oldest ends when there is one more. */
    mostLogins: z.int().min(1).max(50).default(10),
    /** Whether a corrected sentence may be added to the examples of an intent, by whoever corrects it. */
    teachFromCalls: z.boolean().default(false),
    /** What the staff may do with calls that run. */
    live: z
      .strictObject({
        /** Listen in on the receptionist; callers are told of it in the notice. */
        listen: z.boolean().default(false),
        /** Hear a colleague's talk with a caller and speak to the colleague; callers are told as above. */
        whisper: z.boolean().default(false),
      })
      .prefault({}),
  })
  .refine(({ certificate, key }) => (certificate === '') === (key === ''), {
    path: ['key'],
    message: 'web.certificate and web.key go together',
  });

export type WebSettings = z.infer<typeof webSettings>;
