/** A step of a database's shape. Forward only: a released one is never edited. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
}

/** The store. Sealed columns (BLOB) are encrypted under their call's own key besides. */
export const mainMigrations: readonly Migration[] = [
  {
    version: 1,
    sql: `
      CREATE TABLE call (
        id TEXT PRIMARY KEY,
        started_at INTEGER NOT NULL,
        answered_at INTEGER,
        ended_at INTEGER,
        caller_number BLOB,
        called_number TEXT NOT NULL,
        language TEXT NOT NULL,
        outcome TEXT,
        ended_by TEXT
      ) STRICT;
      CREATE INDEX call_started ON call (started_at);
      CREATE TABLE utterance (
        id INTEGER PRIMARY KEY,
        call_id TEXT NOT NULL REFERENCES call (id),
        party TEXT NOT NULL CHECK (party IN ('caller', 'agent')),
        at_ms INTEGER NOT NULL,
        length_ms INTEGER NOT NULL,
        text BLOB NOT NULL,
        words BLOB,
        confidence REAL,
        engine TEXT,
        whole INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX utterance_call ON utterance (call_id);
      CREATE TABLE decision (
        id INTEGER PRIMARY KEY,
        call_id TEXT NOT NULL REFERENCES call (id),
        at_ms INTEGER NOT NULL,
        event BLOB NOT NULL,
        actions BLOB NOT NULL,
        reason TEXT NOT NULL
      ) STRICT;
      CREATE INDEX decision_call ON decision (call_id);
      CREATE TABLE consent (
        id INTEGER PRIMARY KEY,
        call_id TEXT NOT NULL REFERENCES call (id),
        at INTEGER NOT NULL,
        basis TEXT NOT NULL,
        notice_version TEXT NOT NULL
      ) STRICT;
      CREATE TABLE recording (
        id TEXT PRIMARY KEY,
        call_id TEXT NOT NULL REFERENCES call (id),
        consent_id INTEGER NOT NULL REFERENCES consent (id),
        file TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'incomplete', 'discarded')),
        chunks INTEGER
      ) STRICT;
      CREATE INDEX recording_call ON recording (call_id);
      CREATE TABLE audit (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        who TEXT NOT NULL,
        what TEXT NOT NULL,
        subject TEXT,
        mac BLOB NOT NULL
      ) STRICT;
    `,
  },
];

/**
 * The keys of calls, wrapped by the root, and those of recordings, wrapped by their call's: without
 * the first the second are worth nothing. A database of its own, so that an erased key is in
 * no backup.
 */
export const keysMigrations: readonly Migration[] = [
  {
    version: 1,
    sql: `
      CREATE TABLE call_key (
        call_id TEXT PRIMARY KEY,
        wrapped BLOB NOT NULL
      ) STRICT;
      CREATE TABLE recording_key (
        recording_id TEXT PRIMARY KEY,
        call_id TEXT NOT NULL REFERENCES call_key (call_id) ON DELETE CASCADE,
        wrapped BLOB NOT NULL
      ) STRICT;
      CREATE INDEX recording_key_call ON recording_key (call_id);
    `,
  },
];
