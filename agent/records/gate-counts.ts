import type { Database } from './database.js';

/** How often something happened on a day. */
export interface GateCount {
  /** ISO date, by the office's clock. */
  readonly day: string;
  readonly what: string;
  readonly count: number;
}

/** What the gate did, counted by day. No count tells who called. */
export class GateCounts {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async add(what: string, day: string): Promise<void> {
    await this.#database.write('main', {
      sql: `INSERT INTO gate_count (day, what, count) VALUES (?, ?, 1)
            ON CONFLICT (day, what) DO UPDATE SET count = count + 1`,
      values: [day, what],
    });
  }

  /** From `day` (ISO) on, the latest first. */
  since(day: string): Promise<readonly GateCount[]> {
    return this.#database.read<GateCount>(
      'main',
      'SELECT day, what, count FROM gate_count WHERE day >= ? ORDER BY day DESC, what',
      day,
    );
  }
}
