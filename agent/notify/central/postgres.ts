import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import pg from 'pg';
import { oneLine, VestibuleError } from '../../errors.js';
import type { MonthCount } from '../../records/aggregates.js';
import type { CentralCall, CentralKind, CentralMessage } from '../../records/central-queue.js';
import { centralErrors } from './errors.js';
import { SCHEMA_VERSION, tablesOf } from './schema.js';
import type { CentralSettings } from './settings.js';

/** In milliseconds. */
const CONNECT_WITHIN = 5_000;
const ANSWER_WITHIN = 20_000;

/** Rows of one transaction. `gone` are ids that are there no more. */
export interface Batch {
  readonly calls: readonly CentralCall[];
  readonly messages: readonly CentralMessage[];
  readonly gone: Readonly<Record<CentralKind, readonly string[]>>;
}

const TABLE = { call: 'call_head', message: 'message_head' } as const;

/** The tables of one office in a central PostgreSQL. A connection for as long as there is something to tell. */
export class CentralDatabase {
  readonly #settings: CentralSettings;
  #client: pg.Client | undefined;

  constructor(settings: CentralSettings) {
    this.#settings = settings;
  }

  /** Connects, and makes the tables that are not there. @throws CENTRAL_UNREACHABLE, CENTRAL_SCHEMA, CENTRAL_PASSWORD */
  async open(): Promise<void> {
    const { host, port, database, user, schema, encryption, authority } = this.#settings;
    const client = new pg.Client({
      ...{ host, port, database, user, password: await this.#password() },
      ...{ connectionTimeoutMillis: CONNECT_WITHIN, query_timeout: ANSWER_WITHIN },
      ...{ statement_timeout: ANSWER_WITHIN, application_name: 'vestibule' },
      // Nothing of the environment or of ~/.pgpass decides where heads go.
      ssl: encryption === 'none' ? false : { ca: await authorityOf(authority) },
    });
    // A server that ends while nobody asks is noticed by the next question.
    client.on('error', () => undefined);
    const place = `${host}:${String(port)}`;
    try {
      await client.connect();
    } catch (cause) {
      await client.end().catch(() => undefined);
      throw centralErrors.make('UNREACHABLE', { place, detail: oneLine(cause), cause });
    }
    this.#client = client;
    try {
      await client.query('BEGIN');
      await client.query(tablesOf(schema));
      const found = await client.query<{ version: number }>(`SELECT version FROM ${schema}.format`);
      const version = found.rows[0]?.version ?? 0;
      if (version > SCHEMA_VERSION) throw new Error(`version ${String(version)} is newer`);
      await client.query('COMMIT');
    } catch (cause) {
      await this.close();
      throw centralErrors.make('SCHEMA', { place: schema, detail: oneLine(cause), cause });
    }
  }

  /** Writes all of it or nothing; sending the same again changes nothing. @throws CENTRAL_FAILED */
  async take({ calls, messages, gone }: Batch, now: number): Promise<void> {
    const { schema, office } = this.#settings;
    await this.#transaction(async (client) => {
      for (const kind of ['message', 'call'] as const) {
        if (gone[kind].length === 0) continue;
        await client.query(
          `DELETE FROM ${schema}.${TABLE[kind]} WHERE office = $1 AND id = ANY ($2)`,
          [office, gone[kind]],
        );
      }
      await client.query(
        `INSERT INTO ${schema}.call_head (office, id, started_at, answered_at, ended_at, outcome,
           intent, urgency, language)
         SELECT $1, id, to_timestamp("startedAt" / 1000.0), to_timestamp("answeredAt" / 1000.0),
           to_timestamp("endedAt" / 1000.0), outcome, intent, urgency, language
         FROM json_to_recordset($2) AS told (id text, "startedAt" bigint, "answeredAt" bigint,
           "endedAt" bigint, outcome text, intent text, urgency text, language text)
         ON CONFLICT (office, id) DO UPDATE SET answered_at = excluded.answered_at,
           ended_at = excluded.ended_at, outcome = excluded.outcome, intent = excluded.intent,
           urgency = excluded.urgency`,
        [office, JSON.stringify(calls)],
      );
      await client.query(
        `INSERT INTO ${schema}.message_head (office, id, call, taken_at, state, urgent, intent, opened)
         SELECT $1, id, call, to_timestamp("takenAt" / 1000.0), state, urgent, intent, opened
         FROM json_to_recordset($2) AS told (id text, call text, "takenAt" bigint, state text,
           urgent boolean, intent text, opened boolean)
         ON CONFLICT (office, id) DO UPDATE SET state = excluded.state, urgent = excluded.urgent,
           intent = excluded.intent, opened = excluded.opened`,
        [office, JSON.stringify(messages)],
      );
      await client.query(
        `INSERT INTO ${schema}.office (office, heard_at) VALUES ($1, to_timestamp($2 / 1000.0))
         ON CONFLICT (office) DO UPDATE SET heard_at = excluded.heard_at`,
        [office, now],
      );
    });
  }

  /** Replaces what was counted of this office. @throws CENTRAL_FAILED */
  async count(months: readonly MonthCount[]): Promise<void> {
    const { schema, office } = this.#settings;
    await this.#transaction(async (client) => {
      await client.query(`DELETE FROM ${schema}.month_count WHERE office = $1`, [office]);
      await client.query(
        `INSERT INTO ${schema}.month_count (office, month, language, outcome, calls, seconds)
         SELECT $1, month, language, outcome, calls, seconds
         FROM json_to_recordset($2) AS told (month text, language text, outcome text,
           calls bigint, seconds bigint)`,
        [office, JSON.stringify(months)],
      );
    });
  }

  /** The ids that it holds of this office. @throws CENTRAL_FAILED */
  async ids(kind: CentralKind): Promise<readonly string[]> {
    const { schema, office } = this.#settings;
    return this.#asked(async (client) => {
      const { rows } = await client.query<{ id: string }>(
        `SELECT id FROM ${schema}.${TABLE[kind]} WHERE office = $1`,
        [office],
      );
      return rows.map(({ id }) => id);
    });
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }

  async #password(): Promise<string> {
    const { passwordFile } = this.#settings;
    if (passwordFile === '') return '';
    try {
      return (await readFile(passwordFile, 'utf8')).trim();
    } catch (cause) {
      throw centralErrors.make('PASSWORD', { place: passwordFile, detail: oneLine(cause), cause });
    }
  }

  #transaction(work: (client: pg.Client) => Promise<void>): Promise<void> {
    return this.#asked(async (client) => {
      await client.query('BEGIN');
      try {
        await work(client);
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK').catch(() => undefined);
        throw error;
      }
    });
  }

  async #asked<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const place = this.#settings.host;
    if (this.#client === undefined) throw centralErrors.make('UNREACHABLE', { place });
    try {
      return await work(this.#client);
    } catch (cause) {
      if (cause instanceof VestibuleError) throw cause;
      throw centralErrors.make('FAILED', { place, detail: codeOf(cause), cause });
    }
  }
}

/** Only PostgreSQL's code: its words may hold values. */
const codeOf = (error: unknown): string =>
  error instanceof pg.DatabaseError ? (error.code ?? 'no code') : oneLine(error);

async function authorityOf(file: string): Promise<string[] | string> {
  if (file === '') return [...rootCertificates];
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw centralErrors.make('UNREACHABLE', { place: file, detail: oneLine(cause), cause });
  }
}
