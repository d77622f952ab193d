import type { Database } from './database.js';

/** An urgent message that nobody has looked at yet. */
export interface UnreadMessage {
  readonly message: string;
  readonly takenAt: number;
  /** Id of whom it is for; undefined for the office. */
  readonly recipient: string | undefined;
  /** Steps taken so far to have it read. */
  readonly steps: number;
  /** When the last of them was taken; undefined before the first. */
  readonly steppedAt: number | undefined;
  /** Whom the last of them reached for. */
  readonly person: string | undefined;
}

/** Who was asked to read an urgent message, and who read it. */
export interface Escalation {
  readonly message: string;
  readonly steps: number;
  readonly person: string | undefined;
  readonly at: number;
  readonly readAt: number | undefined;
  readonly readBy: string | undefined;
}

interface UnreadRow {
  readonly id: string;
  readonly taken_at: number;
  readonly recipient: string | null;
  readonly steps: number | null;
  readonly at: number | null;
  readonly person: string | null;
}

interface Row {
  readonly message_id: string;
  readonly steps: number;
  readonly person: string | null;
  readonly at: number;
  readonly read_at: number | null;
  readonly read_by: string | null;
}

/** How far urgent messages were carried until somebody read them. */
export class Escalations {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Urgent messages that nobody has done or read, taken from `since` on; the oldest first. One that its
   * caller broke off is among them once the call is over.
   */
  async unread(since: number): Promise<readonly UnreadMessage[]> {
    const rows = await this.#database.read<UnreadRow>(
      'main',
      `SELECT message.id, taken_at, recipient, steps, at, person
       FROM message JOIN call ON call.id = call_id LEFT JOIN escalation ON message_id = message.id
       WHERE (state = 'open' OR (state = 'partial' AND ended_at IS NOT NULL)) AND urgent = 1
         AND taken_at >= ? AND escalation.read_at IS NULL
       ORDER BY taken_at`,
      since,
    );
    return rows.map((row) => ({
      message: row.id,
      takenAt: row.taken_at,
      recipient: row.recipient ?? undefined,
      steps: row.steps ?? 0,
      steppedAt: row.at ?? undefined,
      person: row.person ?? undefined,
    }));
  }

  /** A further step is taken for `message`, towards `person`, who gets the message if `handed`. */
  async step(message: string, person: string, at: number, handed: boolean): Promise<void> {
    await this.#database.write(
      'main',
      {
        sql: `INSERT INTO escalation (message_id, steps, person, at) VALUES (?, 1, ?, ?)
              ON CONFLICT (message_id) DO UPDATE
                SET steps = steps + 1, person = excluded.person, at = excluded.at`,
        values: [message, person, at],
      },
      ...(handed
        ? [{ sql: 'UPDATE message SET recipient = ? WHERE id = ?', values: [person, message] }]
        : []),
    );
  }

  /** Somebody has read an urgent message, or promised to; the first of them is kept. */
  async read(message: string, by: string, at: number): Promise<void> {
    await this.#database.write('main', {
      sql: `INSERT INTO escalation (message_id, steps, at, read_at, read_by)
            SELECT id, 0, ?, ?, ? FROM message WHERE id = ? AND urgent = 1
            ON CONFLICT (message_id) DO UPDATE
              SET read_at = excluded.read_at, read_by = excluded.read_by WHERE read_at IS NULL`,
      values: [at, at, by, message],
    });
  }

  async of(message: string): Promise<Escalation | undefined> {
    const [row] = await this.#database.read<Row>(
      'main',
      'SELECT * FROM escalation WHERE message_id = ?',
      message,
    );
    return (
      row && {
        message: row.message_id,
        steps: row.steps,
        person: row.person ?? undefined,
        at: row.at,
        readAt: row.read_at ?? undefined,
        readBy: row.read_by ?? undefined,
      }
    );
  }
}
