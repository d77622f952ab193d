/** What the database's thread is told and answers. */
export type DatabaseName = 'main' | 'keys' | 'search';

export type SqlValue = string | number | null | Uint8Array;

export interface Statement {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

export interface OpenSettings {
  readonly folder: string;
  /** Raw keys, 64 hexadecimal digits each. */
  readonly keys: Readonly<Record<DatabaseName, string>>;
  /** Key of the audit log's chain, likewise. */
  readonly auditKey: string;
  /** Key that wraps others, likewise. */
  readonly wrapping: string;
}

/** What is known once the store is open. */
export interface Opened {
  /** What index and audit keys are derived from, if the root key was changed since they were first. */
  readonly base: Uint8Array | undefined;
}

export type Request =
  /** All in one transaction; answered with the last row id and the sum of changed rows. */
  | {
      readonly do: 'write';
      readonly database: DatabaseName;
      readonly statements: readonly Statement[];
    }
  | ({ readonly do: 'read'; readonly database: DatabaseName } & Statement)
  /** Empties the write-ahead log, so that what was deleted is in no file any more; answers whether. */
  | { readonly do: 'purge'; readonly database: DatabaseName }
  /** Copies the sealed file, and its write-ahead log beside it, as of one moment. */
  | { readonly do: 'copy'; readonly database: DatabaseName; readonly to: string }
  /** Gives back what is kept in memory only to be quicker; garbage of the thread, too. */
  | { readonly do: 'rest' }
  | { readonly do: 'close' };

export interface Written {
  readonly lastId: number;
  readonly changes: number;
}

export type Reply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly failure: Failure };

/** Which coded error a failure is, with the file concerned. */
export interface Failure {
  readonly name:
    | 'WRONG_KEY'
    | 'KEYS_GONE'
    | 'STORE_GONE'
    | 'CORRUPT'
    | 'NEWER'
    | 'FOREIGN'
    | 'DISK_FULL'
    | 'NOT_WRITABLE'
    | 'BUSY'
    | 'STOPPED'
    | 'FAILED';
  readonly place: string;
  readonly detail?: string;
}
