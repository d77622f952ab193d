/**
 * What became of each question for consent, and what was hidden before it was stored. `hidden` of an
 * utterance holds, sealed under its call's key, what the policy hides but may be revealed.
 */
export const keepingTables = `
  CREATE TABLE consent_event (
    id INTEGER PRIMARY KEY,
    call_id TEXT NOT NULL REFERENCES call (id),
    at INTEGER NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('announcement', 'opt-out', 'opt-in')),
    notice_version TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN
      ('announced', 'granted', 'refused', 'withdrawn', 'kept', 'erased')),
    how TEXT NOT NULL CHECK (how IN ('notice', 'voice', 'key', 'silence', 'hang-up'))
  ) STRICT;
  CREATE INDEX consent_event_call ON consent_event (call_id);
  ALTER TABLE utterance ADD COLUMN hidden BLOB;
  CREATE TABLE redaction (
    id INTEGER PRIMARY KEY,
    call_id TEXT NOT NULL REFERENCES call (id),
    at_ms INTEGER NOT NULL,
    kind TEXT NOT NULL,
    place TEXT NOT NULL CHECK (place IN ('text', 'keys', 'sound', 'message'))
  ) STRICT;
  CREATE INDEX redaction_call ON redaction (call_id);
`;

/** Keys that stay when the root key is changed, wrapped by it: those of the index and the audit log. */
export const keptKeys = `
  CREATE TABLE purpose_key (
    purpose TEXT PRIMARY KEY,
    wrapped BLOB NOT NULL
  ) STRICT;
`;
