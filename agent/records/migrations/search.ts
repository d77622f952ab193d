import type { Migration } from './index.js';

/**
 * The index of what was said, one document a call. It is a cache: in no backup, and made again from
 * the store. Its rows hold the words too: without them FTS5 only marks what is deleted, and leaves it.
 */
export const searchMigrations: readonly Migration[] = [
  {
    version: 1,
    sql: `
      CREATE TABLE doc (
        id INTEGER PRIMARY KEY,
        call_id TEXT NOT NULL UNIQUE,
        started_at INTEGER NOT NULL,
        stamp TEXT NOT NULL
      ) STRICT;
      CREATE INDEX doc_started ON doc (started_at);
      CREATE VIRTUAL TABLE words USING fts5 (
        said, told, facts, tokenize = "unicode61 remove_diacritics 2"
      );
      INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
      CREATE TRIGGER doc_gone AFTER DELETE ON doc BEGIN
        DELETE FROM words WHERE rowid = OLD.id;
      END;
      CREATE TABLE seen (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        upto INTEGER NOT NULL
      ) STRICT;
    `,
  },
  // What was corrected is found too: the index is made again.
  { version: 2, sql: 'DELETE FROM doc; DELETE FROM seen;' },
];
