/** Raised when the tables change. */
export const SCHEMA_VERSION = 1;

/** Makes what is not there yet; `schema` is checked by the settings. Offices may do it at once. */
export const tablesOf = (schema: string): string => `
  SELECT pg_advisory_xact_lock(hashtext('vestibule ' || '${schema}'));
  DO $$ BEGIN
    IF to_regnamespace('${schema}') IS NULL THEN CREATE SCHEMA ${schema}; END IF;
  END $$;
  CREATE TABLE IF NOT EXISTS ${schema}.format (version integer NOT NULL);
  INSERT INTO ${schema}.format SELECT ${String(SCHEMA_VERSION)}
    WHERE NOT EXISTS (SELECT FROM ${schema}.format);
  CREATE TABLE IF NOT EXISTS ${schema}.office (
    office text PRIMARY KEY,
    heard_at timestamptz NOT NULL
  );
  CREATE TABLE IF NOT EXISTS ${schema}.call_head (
    office text NOT NULL,
    id text NOT NULL,
    started_at timestamptz NOT NULL,
    answered_at timestamptz,
    ended_at timestamptz,
    outcome text,
    intent text,
    urgency text,
    language text NOT NULL,
    PRIMARY KEY (office, id)
  );
  CREATE INDEX IF NOT EXISTS call_head_started ON ${schema}.call_head (started_at);
  CREATE TABLE IF NOT EXISTS ${schema}.message_head (
    office text NOT NULL,
    id text NOT NULL,
    call text NOT NULL,
    taken_at timestamptz NOT NULL,
    state text NOT NULL,
    urgent boolean,
    intent text NOT NULL,
    opened boolean NOT NULL,
    PRIMARY KEY (office, id)
  );
  CREATE INDEX IF NOT EXISTS message_head_taken ON ${schema}.message_head (taken_at);
  CREATE TABLE IF NOT EXISTS ${schema}.month_count (
    office text NOT NULL,
    month text NOT NULL,
    language text NOT NULL,
    outcome text NOT NULL,
    calls bigint,
    seconds bigint,
    PRIMARY KEY (office, month, language, outcome)
  );
`;
