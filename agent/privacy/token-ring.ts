import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../clock.js';
import type { StoredToken } from '../records/accounts.js';
import type { OpenRecords } from '../records/records.js';
import type { Account } from './account-room.js';
import { privacyErrors } from './errors.js';
import { permits, RIGHTS, type Right } from './roles.js';

/** What every token begins with, so that scanners of leaked secrets know it. */
const PREFIX = 'vst_';
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** The tokens by which programs use the API for an account, each with fewer rights than the account. */
export class TokenRing {
  readonly #records: OpenRecords;
  readonly #clock: Clock;
  readonly #account: (id: string) => Promise<Account>;

  constructor(records: OpenRecords, clock: Clock, account: (id: string) => Promise<Account>) {
    this.#records = records;
    this.#clock = clock;
    this.#account = account;
  }

  list(account: string): Promise<readonly StoredToken[]> {
    return this.#records.reading.accounts.tokens(account);
  }

  /** Makes a token for `days`; it is shown once and kept only as a hash. */
  async make(
    account: Account,
    ask: { readonly name: string; readonly scopes: readonly Right[]; readonly days: number },
  ): Promise<{ token: string; stored: StoredToken }> {
    const { accounts, audit } = this.#records.reading;
    const stored: StoredToken = {
      ...{ id: randomUUID(), account: account.id, name: ask.name },
      scopes: ask.scopes.filter((scope) => permits(account.role, scope)),
      createdAt: this.#clock.now(),
      expiresAt: this.#clock.now() + ask.days * 24 * 3_600_000,
      lastUsedAt: undefined,
    };
    await audit.add(`web:${account.name}`, 'tokens.make', stored.id);
    const token = `${PREFIX}${randomBytes(32).toString('base64url')}`;
    await accounts.addToken(stored, hashOf(token));
    return { token, stored };
  }

  /** The account that a token speaks for and what it may do now. @throws PRIVACY_NO_TOKEN */
  async use(token: string): Promise<{ account: Account; rights: readonly Right[]; id: string }> {
    const { accounts } = this.#records.reading;
    const found = token.startsWith(PREFIX)
      ? await accounts.useToken(hashOf(token), this.#clock.now())
      : undefined;
    if (found === undefined) throw privacyErrors.make('NO_TOKEN');
    const account = await this.#account(found.account);
    const rights = RIGHTS.filter(
      (right) => found.scopes.includes(right) && permits(account.role, right),
    );
    return { account, rights, id: found.id };
  }

  /** @throws PRIVACY_NO_TOKEN */
  async remove(account: Account, id: string): Promise<void> {
    const { accounts, audit } = this.#records.reading;
    await audit.add(`web:${account.name}`, 'tokens.remove', id);
    if (!(await accounts.removeToken(account.id, id))) {
      throw privacyErrors.make('NO_TOKEN', { place: id });
    }
  }
}
