import { z } from 'zod';

const LOOPBACK = /^(?:localhost|127\.[\d.]+|::1)$/u;

/**
 * A PostgreSQL of one's own for the heads of many offices: when, how urgent, which intent, what state.
 * No name, number or word goes there.
 */
export const centralSettings = z
  .strictObject({
    host: z
      .string()
      .regex(/^(?!-)[\w.-]{1,253}$|^[\da-fA-F:]+$/u, 'write a host name or an address'),
    port: z.int().min(1).max(65_535).default(5432),
    database: z.string().min(1).max(63).default('vestibule'),
    user: z.string().min(1).max(63).default('vestibule'),
    /** File that holds the password of `user`; empty where the server asks for none. */
    passwordFile: z.string().default(''),
    /** Its tables are made in this schema, and `user` must own it or may create it. */
    schema: z
      .string()
      .regex(/^[a-z_][a-z0-9_]{0,62}$/u, 'use small letters, digits and _')
      .default('vestibule'),
    /** What this office is called in every row. */
    office: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/u, 'use small letters, digits and hyphens'),
    /** `tls` checks the server's certificate; `none` is for a server on this machine. */
    encryption: z.enum(['tls', 'none']).default('tls'),
    /** PEM file of the authority that signed the server's certificate; empty for those of the system. */
    authority: z.string().default(''),
  })
  .refine(({ encryption, host }) => encryption === 'tls' || LOOPBACK.test(host), {
    path: ['encryption'],
    message: 'without TLS only to this machine (127.0.0.1)',
  });

export type CentralSettings = z.infer<typeof centralSettings>;
