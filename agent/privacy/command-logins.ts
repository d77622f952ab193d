import type { OpenRecords } from '../records/records.js';
import type { Account, AccountRoom } from './account-room.js';
import type { Actor } from './actor.js';
import { privacyErrors } from './errors.js';
import { rightsOf, type Role } from './roles.js';

/** How a login of the command line stands among the tokens of its account. */
const NAME = 'vestibule login';

/** What came of a login. */
export type CommandLogin =
  | {
      readonly state: 'in';
      /** For VESTIBULE_TOKEN; kept here as a hash only. */
      readonly token: string;
      readonly name: string;
      readonly role: Role;
      /** Milliseconds since 1970. */
      readonly until: number;
    }
  /** The password fits; the six digits of the authenticator are wanted too. */
  | { readonly state: 'code' };

export interface CommandLoginParts {
  readonly accounts: AccountRoom;
  readonly audit: OpenRecords['reading']['audit'];
  /**
   * Whether commands need a login: where the root key lies in no file, a shell alone opens nothing, and
   * that of root no more than another.
   */
  readonly demanded: boolean;
}

/** Logins of the command line. They are tokens of an account: seen and ended in the dashboard like others. */
export class CommandLogins {
  readonly demanded: boolean;
  readonly #parts: CommandLoginParts;

  constructor(parts: CommandLoginParts) {
    this.#parts = parts;
    this.demanded = parts.demanded;
  }

  /**
   * Logs `who` of this machine (`cli:root`) in as an account, for `hours`.
   * @throws PRIVACY_LOGIN_…, PRIVACY_FIRST_PASSWORD_OLD; PRIVACY_LOGIN_UNFINISHED for an account that
   * has no authenticator, or still its first password
   */
  async begin(
    who: string,
    wish: {
      readonly name: string;
      readonly password: string;
      readonly code: string | undefined;
      readonly hours: number;
    },
  ): Promise<CommandLogin> {
    const { accounts, audit } = this.#parts;
    const login = await accounts.login(wish.name, wish.password, wish.code);
    if (login.state === 'code') return { state: 'code' };
    const { account, by } = login;
    // A passkey is no second factor here: no shell can ask for one.
    const owes = by === 'password' ? 'it has no authenticator' : account.owes.join(', ');
    if (owes !== '') throw privacyErrors.make('LOGIN_UNFINISHED', { detail: owes });
    await audit.add(nameOf(who, account), 'login.command', account.id);
    const { token, stored } = await accounts.tokens.make(account, {
      ...{ name: NAME, scopes: rightsOf(account.role), days: wish.hours / 24 },
    });
    const { name, role } = account;
    return { state: 'in', token, name, role, until: stored.expiresAt };
  }

  /** Ends the login of `token`: it opens nothing any more. @throws PRIVACY_NO_TOKEN */
  async end(token: string): Promise<void> {
    const { accounts } = this.#parts;
    const { account, id } = await accounts.tokens.use(token);
    await accounts.tokens.remove(account, id);
  }

  /**
   * Who `who` of this machine is by `token`: named with the account in the audit log, too.
   * @throws PRIVACY_LOGIN_NEEDED without one, PRIVACY_NO_TOKEN, PRIVACY_LOGIN_UNFINISHED
   */
  async of(who: string, token: string | undefined): Promise<Actor> {
    if (token === undefined || token === '') throw privacyErrors.make('LOGIN_NEEDED');
    const { account, rights } = await this.#parts.accounts.tokens.use(token);
    // A first password that was set anew, or a factor that was taken away, ends what went before.
    const owes = account.owes.join(', ');
    if (owes !== '') throw privacyErrors.make('LOGIN_UNFINISHED', { detail: owes });
    return { who: nameOf(who, account), role: account.role, rights };
  }
}

const nameOf = (who: string, { name }: Account): string => `${who}:${name}`;
