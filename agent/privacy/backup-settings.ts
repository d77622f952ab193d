import { z } from 'zod';

/** The slice of the configuration that says where backups go. */
export const backupSettings = z.strictObject({
  /** Folder of the backups, best on another machine's disk; empty for whatever the command names. */
  folder: z.string().default(''),
  /** Whom backups are sealed for (age format, `age1…`); its identity is kept elsewhere. */
  recipient: z
    .string()
    .regex(/^(?:age1[0-9a-z]{20,})?$/u, 'a recipient begins with age1')
    .default(''),
  /** States of the store that are kept; recordings are kept once each. */
  keep: z.number().int().min(1).max(1_000).default(14),
});

export type BackupSettings = z.infer<typeof backupSettings>;
