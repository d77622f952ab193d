import type { Migration } from './index.js';

/**
 * The index of what was said, one document a call. It is a cache: in no backup, and made again from
 * the store. It holds words in no order that could be read, and deleted ones are gone at once.
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
        said, told, facts,
        content = '', contentless_delete = 1, detail = full,
        tokenize = "unicode61 remove_diacritics 2"
      );
      INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
    `,
  },
];
