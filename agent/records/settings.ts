import { z } from 'zod';

/** The store's slice of the configuration. */
export const recordsSettings = z.strictObject({
  /** Folder of the sealed store, relative to the data folder. */
  folder: z.string().min(1).default('records'),
  /** File of the root key, never inside the data folder; empty for DATA-FOLDER-keys/root.key. */
  keyFile: z.string().default(''),
});

export type RecordsSettings = z.infer<typeof recordsSettings>;
