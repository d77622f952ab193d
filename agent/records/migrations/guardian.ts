/** What the guardian of a caller under age said; `who` is sealed under the call's key. */
export const guardian = `
  CREATE TABLE guardian (
    id INTEGER PRIMARY KEY,
    call_id TEXT NOT NULL REFERENCES call (id),
    at INTEGER NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('agreed', 'refused', 'absent')),
    who BLOB,
    how TEXT NOT NULL CHECK (how IN ('voice', 'key', 'silence', 'hang-up'))
  ) STRICT;
  CREATE INDEX guardian_call ON guardian (call_id);
`;
