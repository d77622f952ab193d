import type { Database } from './database.js';

/** The life of a job that runs again and again. */
export interface JobState {
  /** When it last ended well; undefined before its first time. */
  readonly ranAt: number | undefined;
  /** The last time at which it looked at the clock. */
  readonly seenAt: number;
  /** Since when the clock is not trusted. */
  readonly suspectAt: number | undefined;
  /** JSON of what its last run did. */
  readonly result: string | undefined;
}

export class Jobs {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async of(name: string): Promise<JobState | undefined> {
    const [row] = await this.#database.read<{
      ran_at: number | null;
      seen_at: number;
      suspect_at: number | null;
      result: string | null;
    }>('main', 'SELECT ran_at, seen_at, suspect_at, result FROM job WHERE name = ?', name);
    return (
      row && {
        ranAt: row.ran_at ?? undefined,
        seenAt: row.seen_at,
        suspectAt: row.suspect_at ?? undefined,
        result: row.result ?? undefined,
      }
    );
  }

  async keep(name: string, { ranAt, seenAt, suspectAt, result }: JobState): Promise<void> {
    await this.#database.write('main', {
      sql: `INSERT INTO job (name, ran_at, seen_at, suspect_at, result) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET ran_at = excluded.ran_at, seen_at = excluded.seen_at,
              suspect_at = excluded.suspect_at, result = excluded.result`,
      values: [name, ranAt ?? null, seenAt, suspectAt ?? null, result ?? null],
    });
  }
}
