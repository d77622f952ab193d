import type { Database, Statement } from 'better-sqlite3';

/** So many texts are kept: more than the product has. */
const MOST_KEPT = 300;

/**
 * The statements of one database by their texts, each prepared once. One that was prepared for a single use stays
 * in SQLite's memory until the garbage of this thread is collected, which knows nothing of that memory. Values are not
 * kept: better-sqlite3 unbinds them after each run.
 */
export class Prepared {
  readonly #database: Database;
  readonly #most: number;
  /** Those used last stand last. */
  readonly #kept = new Map<string, Statement>();

  constructor(database: Database, most = MOST_KEPT) {
    this.#database = database;
    this.#most = most;
  }

  /** How many are kept. */
  get size(): number {
    return this.#kept.size;
  }

  /** The statement of a text. @throws SqliteError if it is none */
  of(sql: string): Statement {
    const statement = this.#kept.get(sql) ?? this.#database.prepare(sql);
    this.#kept.delete(sql);
    this.#kept.set(sql, statement);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.#most && oldest !== undefined) this.#kept.delete(oldest);
    return statement;
  }
}
