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

/** Staff may note what a guardian told them later; `noted_by` is who did, empty for what was said in the call. */
export const guardianLater = `
  CREATE TABLE guardian_told (
    id INTEGER PRIMARY KEY,
    call_id TEXT NOT NULL REFERENCES call (id),
    at INTEGER NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('agreed', 'refused', 'absent')),
    who BLOB,
    how TEXT NOT NULL CHECK (how IN ('voice', 'key', 'silence', 'hang-up', 'staff')),
    noted_by TEXT CHECK ((noted_by IS NULL) = (how != 'staff'))
  ) STRICT;
  INSERT INTO guardian_told (id, call_id, at, what, who, how)
    SELECT id, call_id, at, what, who, how FROM guardian;
  DROP TABLE guardian;
  ALTER TABLE guardian_told RENAME TO guardian;
  CREATE INDEX guardian_call ON guardian (call_id);
`;
