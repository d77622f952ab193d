import { randomUUID } from 'node:crypto';
import type { Database } from './database.js';

/** What a notification is about: a message, or an alarm of the house. */
export type OutboxSubject = { readonly message: string } | { readonly alarm: string };

/** A notification that is to be delivered. It names what it is about and holds nothing of it. */
export interface OutboxEntry {
  /** Stays the same however often it is tried: receivers know a repeat by it. */
  readonly id: string;
  readonly about: OutboxSubject;
  /** `mail ADDRESS` or `webhook URL`. */
  readonly target: string;
  readonly madeAt: number;
  /** How often it was tried in vain. */
  readonly tries: number;
}

interface Row {
  readonly id: string;
  readonly message_id: string | null;
  readonly alarm_id: string | null;
  readonly target: string;
  readonly made_at: number;
  readonly tries: number;
}

export interface OutboxCounts {
  readonly waiting: number;
  readonly givenUp: number;
}

/** What is to be told to the outside, kept until it was. */
export class Outbox {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Adds a notification for each target that was not told of this before. */
  async add(about: OutboxSubject, targets: readonly string[], at: number): Promise<void> {
    if (targets.length === 0) return;
    const [message, alarm] = 'message' in about ? [about.message, null] : [null, about.alarm];
    await this.#database.write(
      'main',
      ...targets.map((target) => ({
        sql: `INSERT INTO outbox (id, message_id, alarm_id, target, made_at, due_at, tries, state)
              VALUES (?, ?, ?, ?, ?, ?, 0, 'waiting') ON CONFLICT DO NOTHING`,
        values: [randomUUID(), message, alarm, target, at, at],
      })),
    );
  }

  /** What is due at `now`, the oldest first. */
  async due(now: number, limit: number): Promise<readonly OutboxEntry[]> {
    const rows = await this.#database.read<Row>(
      'main',
      `SELECT * FROM outbox WHERE state = 'waiting' AND due_at <= ? ORDER BY due_at LIMIT ?`,
      now,
      limit,
    );
    return rows.map((row) => ({
      ...{ id: row.id, about: aboutOf(row), target: row.target },
      ...{ madeAt: row.made_at, tries: row.tries },
    }));
  }

  async delivered(id: string): Promise<void> {
    await this.#database.write('main', {
      sql: `UPDATE outbox SET state = 'delivered' WHERE id = ?`,
      values: [id],
    });
  }

  /** Tried in vain; `dueAt` undefined gives up. */
  async failed(id: string, dueAt: number | undefined): Promise<void> {
    await this.#database.write('main', {
      sql: `UPDATE outbox SET tries = tries + 1, due_at = ?, state = ? WHERE id = ?`,
      values: [dueAt ?? 0, dueAt === undefined ? 'given-up' : 'waiting', id],
    });
  }

  /** How many wait, and how many were given up and are still remembered. */
  async counts(): Promise<OutboxCounts> {
    const rows = await this.#database.read<{ state: string; count: number }>(
      'main',
      'SELECT state, count(*) AS count FROM outbox GROUP BY state',
    );
    const of = (state: string): number => rows.find((row) => row.state === state)?.count ?? 0;
    return { waiting: of('waiting'), givenUp: of('given-up') };
  }
}

const aboutOf = ({ message_id: message, alarm_id: alarm }: Row): OutboxSubject =>
  message === null ? { alarm: alarm ?? '' } : { message };
