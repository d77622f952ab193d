import { createHash } from 'node:crypto';
import type { Database } from './database.js';

/** One version of the configuration file, without its text. */
export interface ConfigurationVersion {
  /** 1 for the first; without gaps. */
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** A user of ours, such as `web:anna`, or `by hand` where only the file is known. */
  readonly who: string;
  readonly why: string | undefined;
  /** SHA-256 (hex) of the text. */
  readonly hash: string;
}

interface Row extends Omit<ConfigurationVersion, 'why'> {
  readonly why: string | null;
}

const versionOf = ({ number, at, who, why, hash }: Row): ConfigurationVersion => ({
  ...{ number, at, who, hash },
  why: why ?? undefined,
});

/** The mark by which a text of the configuration is known: SHA-256, hex. */
export const hashOfText = (text: string): string => createHash('sha256').update(text).digest('hex');

const COLUMNS = 'number, at, who, why, hash';

/** What the configuration file said, whenever it said something else. */
export class ConfigurationVersions {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Keeps `text` as the newest version, unless the newest says just that. True when there is a new one.
   * One statement: a command and the daemon may see the same change at once.
   */
  async add(text: string, at: number, who: string, why: string | undefined): Promise<boolean> {
    const hash = hashOfText(text);
    const { changes } = await this.#database.write('main', {
      sql: `INSERT INTO configuration_version (number, at, who, why, hash, body)
            SELECT coalesce(max(number), 0) + 1, ?, ?, ?, ?, ? FROM configuration_version
            HAVING coalesce((SELECT hash FROM configuration_version
              ORDER BY number DESC LIMIT 1), '') <> ?`,
      values: [at, who, why ?? null, hash, text, hash],
    });
    return changes > 0;
  }

  /** Takes the newest version out again, if it is this one: what it says was not taken. */
  async takeBack(text: string): Promise<void> {
    await this.#database.write('main', {
      sql: `DELETE FROM configuration_version WHERE hash = ?
            AND number = (SELECT max(number) FROM configuration_version)`,
      values: [hashOfText(text)],
    });
  }

  /** The newest first; `before` leaves out that number and what came after it. */
  async list(limit: number, before = Number.MAX_SAFE_INTEGER): Promise<ConfigurationVersion[]> {
    const rows = await this.#database.read<Row>(
      'main',
      `SELECT ${COLUMNS} FROM configuration_version WHERE number < ?
       ORDER BY number DESC LIMIT ?`,
      before,
      limit,
    );
    return rows.map(versionOf);
  }

  /** One version with its text. */
  async of(number: number): Promise<(ConfigurationVersion & { text: string }) | undefined> {
    const [row] = await this.#database.read<Row & { body: string }>(
      'main',
      `SELECT ${COLUMNS}, body FROM configuration_version WHERE number = ?`,
      number,
    );
    return row === undefined ? undefined : { ...versionOf(row), text: row.body };
  }
}
