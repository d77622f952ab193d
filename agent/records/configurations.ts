import { createHash } from 'node:crypto';
import type { Database } from './database.js';

/** The configurations that calls were held under, so that a journal can be replayed under its own. */
export class Configurations {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Keeps one, once; returns its id. */
  async keep(configuration: string, at: number): Promise<string> {
    const id = createHash('sha256').update(configuration).digest('hex');
    await this.#database.write('main', {
      sql: 'INSERT OR IGNORE INTO configuration (id, first_at, body) VALUES (?, ?, ?)',
      values: [id, at, configuration],
    });
    return id;
  }

  /** The one that a call was held under. */
  async of(call: string): Promise<string | undefined> {
    const [row] = await this.#database.read<{ body: string }>(
      'main',
      'SELECT body FROM configuration JOIN call ON configuration_id = configuration.id WHERE call.id = ?',
      call,
    );
    return row?.body;
  }
}
