/**
 * Alarms of the house itself, such as a self-test that failed, and the outbox that tells of them too. An
 * alarm holds what failed as a code and nothing of any caller.
 */
export const alarms = `
  CREATE TABLE alarm (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('failed', 'recovered')),
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX alarm_kind ON alarm (kind, at);
  CREATE TABLE outbox_with_alarms (
    id TEXT PRIMARY KEY,
    message_id TEXT REFERENCES message (id) ON DELETE CASCADE,
    alarm_id TEXT REFERENCES alarm (id) ON DELETE CASCADE,
    target TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'given-up')),
    CHECK ((message_id IS NULL) <> (alarm_id IS NULL)),
    UNIQUE (message_id, target),
    UNIQUE (alarm_id, target)
  ) STRICT;
  INSERT INTO outbox_with_alarms (id, message_id, target, made_at, due_at, tries, state)
    SELECT id, message_id, target, made_at, due_at, tries, state FROM outbox;
  DROP TABLE outbox;
  ALTER TABLE outbox_with_alarms RENAME TO outbox;
  CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'waiting';
`;
