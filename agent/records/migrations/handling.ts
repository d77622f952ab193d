/** Tables of how calls are handled: rules set at run time, who is away, what the gate counted. */
export const handlingTables = `
  CREATE TABLE handling_rule (
    id TEXT PRIMARY KEY,
    caller BLOB,
    wide INTEGER NOT NULL,
    set_at INTEGER NOT NULL,
    set_by TEXT NOT NULL,
    until_at INTEGER,
    body BLOB NOT NULL
  ) STRICT;
  CREATE INDEX handling_rule_caller ON handling_rule (caller);
  CREATE TABLE absence (
    person TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('absent', 'do-not-disturb')),
    from_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    set_at INTEGER NOT NULL,
    set_by TEXT NOT NULL,
    PRIMARY KEY (person, kind, from_at)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE gate_count (
    day TEXT NOT NULL,
    what TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (day, what)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE escalation (
    message_id TEXT PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
    steps INTEGER NOT NULL,
    person TEXT,
    at INTEGER NOT NULL,
    read_at INTEGER,
    read_by TEXT
  ) STRICT;
`;
