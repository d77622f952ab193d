/** When the head of a call or a message changes: what of it is told. */
const WATCHED = {
  call: 'answered_at, ended_at, outcome, intent, urgency',
  message: 'state, urgent, intent, read_at',
};

/**
 * Notes that `row` (NEW or OLD) changed, while a central database is configured. Deleted first: an
 * entry that is being sent has an older number and is not taken for this one.
 */
const note = (kind: string, event: string, row: 'NEW' | 'OLD', name: string): string => `
  CREATE TRIGGER central_${kind}_${name} AFTER ${event} ON ${kind}
  WHEN EXISTS (SELECT 1 FROM central_on) BEGIN
    DELETE FROM central_queue WHERE kind = '${kind}' AND subject = ${row}.id;
    INSERT INTO central_queue (kind, subject) VALUES ('${kind}', ${row}.id);
  END;`;

/** What a central database has not been told of. The id is no personal datum, and goes when it was told. */
export const central = `
  CREATE TABLE central_on (one INTEGER PRIMARY KEY) STRICT;
  CREATE TABLE central_queue (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    UNIQUE (kind, subject)
  ) STRICT;
  ${Object.entries(WATCHED)
    .map(([kind, columns]) =>
      [
        note(kind, 'INSERT', 'NEW', 'insert'),
        note(kind, `UPDATE OF ${columns}`, 'NEW', 'update'),
        note(kind, 'DELETE', 'OLD', 'delete'),
      ].join(''),
    )
    .join('')}
`;
