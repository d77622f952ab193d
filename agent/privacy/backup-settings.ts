import { bech32 } from '@scure/base';
import { z } from 'zod';

/** Whether the check letters of an age recipient fit the rest of it; what is empty is none. */
const isRecipient = (text: string): boolean =>
  !text.startsWith('age1') || bech32.decodeUnsafe(text, false) !== undefined;

const LOOPBACK = /^https?:\/\/(?:localhost|127\.[\d.]+|\[::1\])(?::\d+)?(?:\/|$)/u;

/** An S3-compatible storage on the premises. */
const s3 = z
  .strictObject({
    /** Its address, such as https://store.example:9000. */
    endpoint: z.url({ protocol: /^https?$/u }),
    region: z.string().min(1).default('us-east-1'),
    accessKey: z.string().min(1),
    /** File that holds the secret key, so that no secret lies in the configuration. */
    secretKeyFile: z.string().min(1),
    /** PEM file of the authority that signed its certificate; empty for those of the system. */
    authority: z.string().default(''),
  })
  .refine(({ endpoint }) => endpoint.startsWith('https:') || LOOPBACK.test(endpoint), {
    path: ['endpoint'],
    message: 'without TLS only to this machine (127.0.0.1)',
  });

/** The slice of the configuration that says where backups go. */
export const backupSettings = z
  .strictObject({
    /** Folder of the backups, best on another machine's disk; empty for whatever the command names. */
    folder: z.string().default(''),
    /** `s3://bucket/prefix` of the storage `s3`, instead of a folder. */
    to: z
      .string()
      .regex(
        /^(?:s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:\/[\w.-]+)*)?$/u,
        'write s3://bucket or s3://bucket/prefix',
      )
      .default(''),
    s3: s3.optional(),
    /** Whom backups are sealed for (age format, `age1…`); its identity is kept elsewhere. */
    recipient: z
      .string()
      .regex(/^(?:age1[0-9a-z]{20,})?$/u, 'a recipient begins with age1')
      .refine(isRecipient, 'a letter of it is wrong or missing: copy the whole line age1…')
      .default(''),
    /** States of the store that are kept; recordings are kept once each. */
    keep: z.number().int().min(1).max(1_000).default(14),
  })
  .refine(({ folder, to }) => folder === '' || to === '', {
    path: ['to'],
    message: 'backups go to a folder or to a storage: leave one of the two empty',
  })
  .refine(({ to, s3: storage }) => to === '' || storage !== undefined, {
    path: ['s3'],
    message: 'say where the storage is: endpoint, accessKey, secretKeyFile',
  });

export type BackupSettings = z.infer<typeof backupSettings>;
export type StorageSettings = z.infer<typeof s3>;
