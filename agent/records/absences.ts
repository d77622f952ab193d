import type { Database } from './database.js';

/** `absent`: not to be reached at all. `do-not-disturb`: only for danger and urgent messages. */
export type AbsenceKind = 'absent' | 'do-not-disturb';

/** When somebody of the staff cannot be reached. Times are milliseconds since 1970. */
export interface Absence {
  /** Id of the person in the directory. */
  readonly person: string;
  readonly kind: AbsenceKind;
  readonly from: number;
  readonly until: number;
}

interface Row {
  readonly person: string;
  readonly kind: AbsenceKind;
  readonly from_at: number;
  readonly until_at: number;
}

const absenceOf = (row: Row): Absence => ({
  person: row.person,
  kind: row.kind,
  from: row.from_at,
  until: row.until_at,
});

/** Who is away, and until when. */
export class Absences {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Another one of the same kind that begins at the same time is replaced. */
  async set({ person, kind, from, until }: Absence, at: number, by: string): Promise<void> {
    await this.#database.write('main', {
      sql: `INSERT OR REPLACE INTO absence (person, kind, from_at, until_at, set_at, set_by)
            VALUES (?, ?, ?, ?, ?, ?)`,
      values: [person, kind, from, until, at, by],
    });
  }

  /** Ends what runs at `now` and drops what was to come; returns how many. */
  async end(person: string, now: number): Promise<number> {
    const { changes } = await this.#database.write('main', {
      sql: 'DELETE FROM absence WHERE person = ? AND until_at > ?',
      values: [person, now],
    });
    return changes;
  }

  /** Those that are not over at `now`, the earliest first; what is long over is forgotten. */
  async since(now: number): Promise<readonly Absence[]> {
    const rows = await this.#database.read<Row>(
      'main',
      'SELECT * FROM absence WHERE until_at > ? ORDER BY from_at, person',
      now,
    );
    return rows.map(absenceOf);
  }

  /** Forgets what ended before `time`; returns how many. */
  async forget(time: number): Promise<number> {
    const { changes } = await this.#database.write('main', {
      sql: 'DELETE FROM absence WHERE until_at < ?',
      values: [time],
    });
    return changes;
  }
}
