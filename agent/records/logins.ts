import type { Database } from './database.js';

/** Somebody who is logged in, as it outlives a restart. Times in milliseconds since 1970. */
export interface StoredLogin {
  /** SHA-256 of the token, which itself is stored nowhere. */
  readonly hash: Uint8Array;
  readonly account: string;
  /** What the browser calls itself, shortened. */
  readonly device: string;
  readonly begunAt: number;
  /** The last click, as far as it was noted. */
  readonly lastAt: number;
}

interface Row {
  readonly hash: Uint8Array;
  readonly account_id: string;
  readonly device: string;
  readonly begun_at: number;
  readonly last_at: number;
}

const loginOf = (row: Row): StoredLogin => ({
  ...{ hash: row.hash, account: row.account_id, device: row.device },
  ...{ begunAt: row.begun_at, lastAt: row.last_at },
});

/** Who is logged in. What is not here opens nothing, whoever still holds its token. */
export class Logins {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async find(hash: Uint8Array): Promise<StoredLogin | undefined> {
    const [row] = await this.#database.read<Row>(
      'main',
      'SELECT * FROM login WHERE hash = ?',
      hash,
    );
    return row === undefined ? undefined : loginOf(row);
  }

  /** Of one account, the latest first. */
  async of(account: string): Promise<readonly StoredLogin[]> {
    const rows = await this.#database.read<Row>(
      'main',
      'SELECT * FROM login WHERE account_id = ? ORDER BY begun_at DESC',
      account,
    );
    return rows.map(loginOf);
  }

  async put({ hash, account, device, begunAt, lastAt }: StoredLogin): Promise<void> {
    await this.#database.write('main', {
      sql: `INSERT INTO login (hash, account_id, device, begun_at, last_at) VALUES (?, ?, ?, ?, ?)`,
      values: [hash, account, device, begunAt, lastAt],
    });
  }

  async touch(hash: Uint8Array, at: number): Promise<void> {
    await this.#database.write('main', {
      sql: 'UPDATE login SET last_at = ? WHERE hash = ?',
      values: [at, hash],
    });
  }

  async remove(hashes: readonly Uint8Array[]): Promise<void> {
    if (hashes.length === 0) return;
    await this.#database.write(
      'main',
      ...hashes.map((hash) => ({ sql: 'DELETE FROM login WHERE hash = ?', values: [hash] })),
    );
  }

  /** All of an account, except `but`. */
  async removeOf(account: string, but?: Uint8Array): Promise<void> {
    await this.#database.write('main', {
      sql: 'DELETE FROM login WHERE account_id = ? AND hash IS NOT ?',
      values: [account, but ?? null],
    });
  }

  /** Everybody, or whoever has not clicked since `before`. */
  async clear(before = Number.MAX_SAFE_INTEGER): Promise<void> {
    await this.#database.write('main', {
      sql: 'DELETE FROM login WHERE last_at < ?',
      values: [before],
    });
  }
}
