import type { Database } from './database.js';
import { Logins } from './logins.js';

/** An account of the dashboard. */
export interface StoredAccount {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  /** Argon2id in PHC form. */
  readonly password: string;
  /** True until the first password was replaced by one of its owner's. */
  readonly oneTime: boolean;
  readonly oneTimeUntil: number | undefined;
  /** Base32 (RFC 4648); undefined until enrolled. */
  readonly totp: string | undefined;
  /** The last time step that was used, so that no code works twice (RFC 6238, 5.2). */
  readonly totpLastStep: number | undefined;
  readonly createdAt: number;
  readonly lastLoginAt: number | undefined;
  /** Wrong logins since the last right one. */
  readonly failures: number;
  readonly lockedUntil: number | undefined;
  /** The telephone of the office that is its owner's; kept by `setExtension` alone. */
  readonly extension?: string | undefined;
}

export interface StoredPasskey {
  /** Credential id, base64url. */
  readonly id: string;
  readonly account: string;
  readonly label: string;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly counter: number;
  readonly createdAt: number;
  readonly lastUsedAt: number | undefined;
}

export interface StoredToken {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly lastUsedAt: number | undefined;
}

interface AccountRow {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly password: string;
  readonly one_time: number;
  readonly one_time_until: number | null;
  readonly totp: string | null;
  readonly totp_last_step: number | null;
  readonly created_at: number;
  readonly last_login_at: number | null;
  readonly failures: number;
  readonly locked_until: number | null;
  readonly extension: string | null;
}

interface PasskeyRow {
  readonly id: string;
  readonly account_id: string;
  readonly label: string;
  readonly public_key: Uint8Array;
  readonly counter: number;
  readonly created_at: number;
  readonly last_used_at: number | null;
}

interface TokenRow {
  readonly id: string;
  readonly account_id: string;
  readonly name: string;
  readonly scopes: string;
  readonly created_at: number;
  readonly expires_at: number;
  readonly last_used_at: number | null;
}

const accountOf = (row: AccountRow): StoredAccount => ({
  ...{ id: row.id, name: row.name, role: row.role, password: row.password },
  oneTime: row.one_time === 1,
  oneTimeUntil: row.one_time_until ?? undefined,
  totp: row.totp ?? undefined,
  totpLastStep: row.totp_last_step ?? undefined,
  createdAt: row.created_at,
  lastLoginAt: row.last_login_at ?? undefined,
  failures: row.failures,
  lockedUntil: row.locked_until ?? undefined,
  extension: row.extension ?? undefined,
});

const passkeyOf = (row: PasskeyRow): StoredPasskey => ({
  ...{ id: row.id, account: row.account_id, label: row.label, counter: row.counter },
  publicKey: new Uint8Array(row.public_key),
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at ?? undefined,
});

const tokenOf = (row: TokenRow): StoredToken => ({
  ...{ id: row.id, account: row.account_id, name: row.name },
  scopes: row.scopes.split(' ').filter((scope) => scope !== ''),
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  lastUsedAt: row.last_used_at ?? undefined,
});

/** Who may open the dashboard. An account that was closed is found by nothing but its name, in `closed`. */
export class Accounts {
  readonly logins: Logins;
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
    this.logins = new Logins(database);
  }

  async list(): Promise<readonly StoredAccount[]> {
    const rows = await this.#database.read<AccountRow>(
      'main',
      'SELECT * FROM account WHERE closed_at IS NULL ORDER BY name',
    );
    return rows.map(accountOf);
  }

  async find(by: 'id' | 'name', value: string): Promise<StoredAccount | undefined> {
    const [row] = await this.#database.read<AccountRow>(
      'main',
      `SELECT * FROM account WHERE ${by} = ? AND closed_at IS NULL`,
      value,
    );
    return row === undefined ? undefined : accountOf(row);
  }

  /** Which telephone of the office is its owner's; undefined for none. */
  async setExtension(id: string, extension: string | undefined): Promise<void> {
    await this.#database.write('main', {
      sql: 'UPDATE account SET extension = ? WHERE id = ?',
      values: [extension ?? null, id],
    });
  }

  /** Adds an account, or replaces all of it but its name and its beginning. */
  async put(one: StoredAccount): Promise<void> {
    await this.#database.write('main', {
      sql: `INSERT INTO account (id, name, role, password, one_time, one_time_until, totp,
              totp_last_step, created_at, last_login_at, failures, locked_until)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET role = excluded.role, password = excluded.password,
              one_time = excluded.one_time, one_time_until = excluded.one_time_until,
              totp = excluded.totp, totp_last_step = excluded.totp_last_step,
              last_login_at = excluded.last_login_at, failures = excluded.failures,
              locked_until = excluded.locked_until`,
      values: [
        ...[one.id, one.name, one.role, one.password, Number(one.oneTime)],
        ...[one.oneTimeUntil ?? null, one.totp ?? null, one.totpLastStep ?? null],
        ...[one.createdAt, one.lastLoginAt ?? null, one.failures, one.lockedUntil ?? null],
      ],
    });
  }

  /** Uses up a time step; false if it, or a later one, was used before. */
  async useStep(account: string, step: number): Promise<boolean> {
    const { changes } = await this.#database.write('main', {
      sql: `UPDATE account SET totp_last_step = ?
            WHERE id = ? AND (totp_last_step IS NULL OR totp_last_step < ?)`,
      values: [step, account, step],
    });
    return changes > 0;
  }

  /** It opens nothing from now on; its name is kept until `purge`. */
  async close(id: string, at: number): Promise<void> {
    await this.#database.write(
      'main',
      { sql: 'DELETE FROM passkey WHERE account_id = ?', values: [id] },
      { sql: 'DELETE FROM api_token WHERE account_id = ?', values: [id] },
      { sql: 'DELETE FROM login WHERE account_id = ?', values: [id] },
      {
        sql: `UPDATE account SET closed_at = ?, password = '', totp = NULL, extension = NULL
              WHERE id = ?`,
        values: [at, id],
      },
    );
  }

  /** The closed account of that name, by its id. */
  async closed(name: string): Promise<string | undefined> {
    const [row] = await this.#database.read<{ id: string }>(
      'main',
      'SELECT id FROM account WHERE name = ? AND closed_at IS NOT NULL',
      name,
    );
    return row?.id;
  }

  async reopen(id: string): Promise<void> {
    await this.#database.write('main', {
      sql: 'UPDATE account SET closed_at = NULL WHERE id = ?',
      values: [id],
    });
  }

  /** Deletes accounts that were closed before `before`. Returns how many. */
  async purge(before: number): Promise<number> {
    const { changes } = await this.#database.write('main', {
      sql: 'DELETE FROM account WHERE closed_at < ?',
      values: [before],
    });
    return changes;
  }

  async passkeys(account: string): Promise<readonly StoredPasskey[]> {
    const rows = await this.#database.read<PasskeyRow>(
      'main',
      'SELECT * FROM passkey WHERE account_id = ? ORDER BY created_at',
      account,
    );
    return rows.map(passkeyOf);
  }

  async passkey(id: string): Promise<StoredPasskey | undefined> {
    const [row] = await this.#database.read<PasskeyRow>(
      'main',
      'SELECT * FROM passkey WHERE id = ?',
      id,
    );
    return row === undefined ? undefined : passkeyOf(row);
  }

  async putPasskey(one: StoredPasskey): Promise<void> {
    await this.#database.write('main', {
      sql: `INSERT INTO passkey (id, account_id, label, public_key, counter, created_at, last_used_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET counter = excluded.counter,
              last_used_at = excluded.last_used_at`,
      values: [
        ...[one.id, one.account, one.label, one.publicKey, one.counter],
        ...[one.createdAt, one.lastUsedAt ?? null],
      ],
    });
  }

  /** Returns whether there was one. */
  async removePasskey(account: string, id: string): Promise<boolean> {
    const { changes } = await this.#database.write('main', {
      sql: 'DELETE FROM passkey WHERE account_id = ? AND id = ?',
      values: [account, id],
    });
    return changes > 0;
  }

  async tokens(account: string): Promise<readonly StoredToken[]> {
    const rows = await this.#database.read<TokenRow>(
      'main',
      'SELECT * FROM api_token WHERE account_id = ? ORDER BY created_at',
      account,
    );
    return rows.map(tokenOf);
  }

  /** `hash` is the SHA-256 of the token, which itself is stored nowhere. */
  async addToken(one: StoredToken, hash: Uint8Array): Promise<void> {
    await this.#database.write('main', {
      sql: `INSERT INTO api_token (id, account_id, name, hash, scopes, created_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)`,
      values: [
        ...[one.id, one.account, one.name, hash, one.scopes.join(' ')],
        ...[one.createdAt, one.expiresAt],
      ],
    });
  }

  /** The token of this hash, noted as used at `at`; undefined if there is none or it is too old. */
  async useToken(hash: Uint8Array, at: number): Promise<StoredToken | undefined> {
    const [row] = await this.#database.read<TokenRow>(
      'main',
      'SELECT * FROM api_token WHERE hash = ? AND expires_at > ?',
      hash,
      at,
    );
    if (row === undefined) return undefined;
    await this.#database.write('main', {
      sql: 'UPDATE api_token SET last_used_at = ? WHERE id = ?',
      values: [at, row.id],
    });
    return tokenOf(row);
  }

  async removeToken(account: string, id: string): Promise<boolean> {
    const { changes } = await this.#database.write('main', {
      sql: 'DELETE FROM api_token WHERE account_id = ? AND id = ?',
      values: [account, id],
    });
    return changes > 0;
  }
}
