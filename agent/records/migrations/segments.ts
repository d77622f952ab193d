/**
 * Keys of segments of recordings, each wrapped by its call's. Those of `recording_key` opened all of a
 * recording; none is made any more. `newest_key` opens what waits beside a recording that is being written.
 */
export const segmentKeys = `
  CREATE TABLE segment_key (
    recording_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    call_id TEXT NOT NULL REFERENCES call_key (call_id) ON DELETE CASCADE,
    part INTEGER NOT NULL,
    replaces INTEGER,
    chunks INTEGER,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (recording_id, number)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX segment_key_call ON segment_key (call_id);
  CREATE INDEX segment_key_part ON segment_key (recording_id) WHERE part > 0;
  CREATE TABLE newest_key (
    recording_id TEXT PRIMARY KEY,
    call_id TEXT NOT NULL REFERENCES call_key (call_id) ON DELETE CASCADE,
    wrapped BLOB NOT NULL
  ) STRICT;
  CREATE INDEX newest_key_call ON newest_key (call_id);
`;
