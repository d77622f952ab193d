import { alarms } from './alarms.js';
import { central } from './central.js';
import { configurationVersions } from './configuration.js';
import { guardian, guardianLater } from './guardian.js';
import { handlingTables } from './handling.js';
import { keepingTables, keptKeys } from './keeping.js';
import { segmentKeys } from './segments.js';

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
  {
    version: 2,
    sql: `
      CREATE TABLE configuration (
        id TEXT PRIMARY KEY,
        first_at INTEGER NOT NULL,
        body TEXT NOT NULL
      ) STRICT;
      CREATE TABLE contact (
        id TEXT PRIMARY KEY,
        first_at INTEGER NOT NULL,
        last_at INTEGER NOT NULL,
        body BLOB NOT NULL
      ) STRICT;
      CREATE INDEX contact_last ON contact (last_at);
      CREATE TABLE contact_number (
        contact_id TEXT NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
        number BLOB NOT NULL,
        PRIMARY KEY (number, contact_id)
      ) STRICT, WITHOUT ROWID;
      ALTER TABLE call ADD COLUMN contact_id TEXT REFERENCES contact (id) ON DELETE SET NULL;
      ALTER TABLE call ADD COLUMN configuration_id TEXT REFERENCES configuration (id);
      CREATE INDEX call_contact ON call (contact_id);
      CREATE TABLE message (
        id TEXT PRIMARY KEY,
        call_id TEXT NOT NULL REFERENCES call (id),
        number INTEGER NOT NULL,
        taken_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('partial', 'open', 'done')),
        urgent INTEGER,
        recipient TEXT,
        intent TEXT NOT NULL,
        confirmed INTEGER NOT NULL,
        contact_id TEXT REFERENCES contact (id) ON DELETE SET NULL,
        body BLOB NOT NULL,
        done_at INTEGER,
        done_by TEXT
      ) STRICT;
      CREATE INDEX message_taken ON message (taken_at);
      CREATE INDEX message_call ON message (call_id);
      CREATE INDEX message_contact ON message (contact_id);
    `,
  },
  {
    version: 3,
    sql: `
      CREATE TABLE second_hearing (
        utterance_id INTEGER PRIMARY KEY REFERENCES utterance (id) ON DELETE CASCADE,
        call_id TEXT NOT NULL REFERENCES call (id),
        at INTEGER NOT NULL,
        engine TEXT NOT NULL,
        text BLOB NOT NULL,
        differences BLOB
      ) STRICT;
      CREATE INDEX second_hearing_call ON second_hearing (call_id);
      ALTER TABLE call ADD COLUMN heard_again_at INTEGER;
      CREATE INDEX call_heard_again ON call (started_at) WHERE heard_again_at IS NULL;
    `,
  },
  {
    version: 4,
    sql: `
      CREATE TABLE account (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL UNIQUE COLLATE NOCASE,
        role TEXT NOT NULL,
        password TEXT NOT NULL,
        one_time INTEGER NOT NULL,
        one_time_until INTEGER,
        totp TEXT,
        totp_last_step INTEGER,
        created_at INTEGER NOT NULL,
        last_login_at INTEGER,
        failures INTEGER NOT NULL DEFAULT 0,
        locked_until INTEGER
      ) STRICT;
      CREATE TABLE passkey (
        id TEXT PRIMARY KEY,
        account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        label TEXT NOT NULL,
        public_key BLOB NOT NULL,
        counter INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        last_used_at INTEGER
      ) STRICT;
      CREATE INDEX passkey_account ON passkey (account_id);
      CREATE TABLE api_token (
        id TEXT PRIMARY KEY,
        account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        hash BLOB NOT NULL UNIQUE,
        scopes TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        last_used_at INTEGER
      ) STRICT;
      CREATE TABLE message_note (
        id INTEGER PRIMARY KEY,
        message_id TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
        at INTEGER NOT NULL,
        who TEXT NOT NULL,
        text BLOB NOT NULL
      ) STRICT;
      CREATE INDEX message_note_message ON message_note (message_id);
      ALTER TABLE message ADD COLUMN assigned_to TEXT;
    `,
  },
  {
    version: 5,
    sql: `
      ALTER TABLE audit ADD COLUMN why TEXT;
      CREATE TABLE audit_start (
        only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
        after INTEGER NOT NULL,
        link BLOB NOT NULL,
        mac BLOB NOT NULL
      ) STRICT;
      CREATE TABLE erasure (
        id TEXT PRIMARY KEY,
        at INTEGER NOT NULL,
        calls INTEGER NOT NULL,
        contacts INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE freeze (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL CHECK (kind IN ('hold', 'restriction')),
        call_id TEXT REFERENCES call (id) ON DELETE CASCADE,
        contact_id TEXT REFERENCES contact (id) ON DELETE CASCADE,
        at INTEGER NOT NULL,
        placed_by TEXT NOT NULL,
        why TEXT NOT NULL,
        lifted_at INTEGER,
        lifted_by TEXT
      ) STRICT;
      CREATE INDEX freeze_call ON freeze (call_id);
      CREATE INDEX freeze_contact ON freeze (contact_id);
      CREATE TABLE correction (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        call_id TEXT NOT NULL REFERENCES call (id) ON DELETE CASCADE,
        thing TEXT NOT NULL,
        at INTEGER NOT NULL,
        made_by TEXT NOT NULL,
        original BLOB NOT NULL,
        body BLOB NOT NULL
      ) STRICT;
      CREATE INDEX correction_call ON correction (call_id);
      CREATE TABLE objection (
        id TEXT PRIMARY KEY,
        number BLOB NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('no-record', 'no-assistant')),
        at INTEGER NOT NULL,
        placed_by TEXT NOT NULL,
        body BLOB NOT NULL,
        UNIQUE (number, kind)
      ) STRICT;
      CREATE TABLE request (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('open', 'verified', 'done', 'refused')),
        via TEXT NOT NULL CHECK (via IN ('voice', 'staff')),
        received_at INTEGER NOT NULL,
        due_at INTEGER NOT NULL,
        extended_at INTEGER,
        extended_why TEXT,
        from_message TEXT UNIQUE,
        body BLOB NOT NULL,
        code BLOB,
        code_until INTEGER,
        code_tries INTEGER NOT NULL DEFAULT 0,
        verified_at INTEGER,
        verified_by TEXT,
        verified_how TEXT,
        closed_at INTEGER,
        closed_by TEXT,
        outcome TEXT
      ) STRICT;
      CREATE TABLE month_count (
        month TEXT NOT NULL,
        language TEXT NOT NULL,
        outcome TEXT NOT NULL,
        calls INTEGER NOT NULL,
        seconds INTEGER NOT NULL,
        PRIMARY KEY (month, language, outcome)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE job (
        name TEXT PRIMARY KEY,
        ran_at INTEGER,
        seen_at INTEGER NOT NULL,
        suspect_at INTEGER,
        result TEXT
      ) STRICT;
    `,
  },
  { version: 6, sql: handlingTables },
  { version: 7, sql: keepingTables },
  {
    version: 8,
    sql: `
      ALTER TABLE call ADD COLUMN intent TEXT;
      ALTER TABLE call ADD COLUMN urgency TEXT;
      ALTER TABLE call ADD COLUMN record BLOB;
    `,
  },
  {
    version: 9,
    sql: `
      CREATE TABLE outbox (
        id TEXT PRIMARY KEY,
        message_id TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
        target TEXT NOT NULL,
        made_at INTEGER NOT NULL,
        due_at INTEGER NOT NULL,
        tries INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'given-up')),
        UNIQUE (message_id, target)
      ) STRICT;
      CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'waiting';
    `,
  },
  { version: 10, sql: configurationVersions },
  {
    version: 11,
    sql: `
      ALTER TABLE account ADD COLUMN extension TEXT;
      ALTER TABLE message ADD COLUMN read_at INTEGER;
    `,
  },
  {
    version: 12,
    // Whom of the staff a turn is of, where people go on talking; the agent's and caller's have none.
    sql: 'ALTER TABLE utterance ADD COLUMN person TEXT;',
  },
  {
    version: 13,
    // JSON of loss, jitter and an estimate of how the call sounded.
    sql: 'ALTER TABLE call ADD COLUMN quality TEXT;',
  },
  {
    version: 14,
    // An account that was taken away: it opens nothing, and its name still tells who did what.
    sql: 'ALTER TABLE account ADD COLUMN closed_at INTEGER;',
  },
  {
    version: 15,
    // JSON of waits, pauses and which intents were nearest to what was not understood: no words.
    sql: 'ALTER TABLE call ADD COLUMN figures TEXT;',
  },
  {
    version: 16,
    // Logins that outlive a restart. Of the token that a browser holds only the hash is here.
    sql: `
      CREATE TABLE login (
        hash BLOB PRIMARY KEY,
        account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        device TEXT NOT NULL,
        begun_at INTEGER NOT NULL,
        last_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX login_account ON login (account_id);
    `,
  },
  { version: 17, sql: central },
  { version: 18, sql: alarms },
  { version: 19, sql: guardian },
  // What the carrier said of the caller's number: a code, and no number.
  { version: 20, sql: 'ALTER TABLE call ADD COLUMN attestation TEXT;' },
  { version: 21, sql: guardianLater },
  // Which hidings of the ledger this store has: a restored one may lack some.
  {
    version: 22,
    sql: `
      CREATE TABLE hiding (
        id TEXT PRIMARY KEY,
        call_id TEXT NOT NULL REFERENCES call (id),
        at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX hiding_call ON hiding (call_id);
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
  { version: 2, sql: keptKeys },
  { version: 3, sql: segmentKeys },
];
