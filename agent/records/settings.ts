import { z } from 'zod';

/** The store's slice of the configuration. */
export const recordsSettings = z.strictObject({
  /** Folder of the sealed store, relative to the data folder. */
  folder: z.string().min(1).default('records'),
  /** Recordings end when less is free on the disk: it is kept for messages and records of calls. 0: never. */
  reserveMegabytes: z.int().min(0).max(1_000_000).default(200),
  /** How sound is coded before it is sealed: without loss in a fourth of the room, or as it is. */
  soundFormat: z.enum(['flac', 'pcm']).default('flac'),
  /**
   * Where the root key comes from: a file; a passphrase that opens the slot in keyring.json beside that
   * file; or a systemd credential, which a TPM can seal.
   */
  keySource: z.enum(['file', 'passphrase', 'credential']).default('file'),
  /** File of the root key, never inside the data folder; empty for DATA-FOLDER-keys/root.key. */
  keyFile: z.string().default(''),
  /**
   * File that holds the passphrase, such as one that is mounted only while Vestibule starts; empty for
   * the credential `vestibule.passphrase`.
   */
  passphraseFile: z.string().default(''),
  /** Name of the credential that holds the root key. */
  credential: z
    .string()
    .regex(/^[\w.-]+$/u, 'a credential has letters, digits, dots, - and _')
    .default('vestibule.root-key'),
});

export type RecordsSettings = z.infer<typeof recordsSettings>;
