import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.js';
import type { StoredAccount } from '../records/accounts.js';
import type { Logins } from '../records/logins.js';
import type { OpenRecords } from '../records/records.js';
import { privacyErrors } from './errors.js';
import { PasskeyRing } from './passkey-ring.js';
import { checkPassword, hashPassword, oneTimePassword, passwordFits } from './passwords.js';
import { isRole, type Role } from './roles.js';
import { newTotpSecret, totpStep } from './totp.js';
import { TokenRing } from './token-ring.js';

/** An account as it is shown: no secrets. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** What its owner still has to do before anything else. */
  readonly owes: readonly ('password' | 'second factor')[];
  readonly createdAt: number;
  readonly lastLoginAt: number | undefined;
  readonly lockedUntil: number | undefined;
  /** The telephone of the office that is its owner's. */
  readonly extension: string | undefined;
}

/** What came of a login. */
export type Login =
  | {
      readonly state: 'in';
      readonly account: Account;
      readonly by: 'password' | 'password and authenticator';
    }
  /** The password fits; the six digits of the authenticator are wanted too. */
  | { readonly state: 'code' };

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}.-]{1,39}$/u;
/** A first password may wait this long, in milliseconds. */
const ONE_TIME_MS = 3 * 24 * 3_600_000;
/** Wrong logins before an account is locked; each one more doubles the time. */
const PATIENCE = 5;
const LOCK_MS = { first: 30_000, most: 15 * 60_000 };
/** So many refused logins in so many milliseconds, of whatever name, are no slips of the finger any more. */
const GUESSING = { tries: 20, withinMs: 10 * 60_000 };

/** Who may open the dashboard: every change of it is audited. */
export class AccountRoom {
  readonly passkeys: PasskeyRing;
  readonly tokens: TokenRing;
  readonly #records: OpenRecords;
  readonly #clock: Clock;
  /** When logins were refused last, on the monotonic clock. */
  #refusals: number[] = [];

  constructor(records: OpenRecords, clock: Clock) {
    this.#records = records;
    this.#clock = clock;
    const find = (id: string): Promise<Account> => this.find(id);
    this.passkeys = new PasskeyRing(records, clock, find);
    this.tokens = new TokenRing(records, clock, find);
  }

  /** Who is logged in: for the dashboard's server alone, which asks at every request. */
  get logins(): Logins {
    return this.#records.reading.accounts.logins;
  }

  async list(who: string): Promise<readonly Account[]> {
    const { accounts, audit } = this.#records.reading;
    await audit.add(who, 'accounts.list', undefined);
    return Promise.all((await accounts.list()).map((one) => this.#shown(one)));
  }

  /** Names alone, to choose from: no look at an account, so not audited. */
  async names(): Promise<readonly string[]> {
    return (await this.#records.reading.accounts.list()).map(({ name }) => name);
  }

  /** @throws PRIVACY_NO_ACCOUNT */
  async named(name: string): Promise<Account> {
    return this.#shown(await this.#known('name', name));
  }

  /** @throws PRIVACY_NO_ACCOUNT */
  async find(id: string): Promise<Account> {
    return this.#shown(await this.#known('id', id));
  }

  /**
   * Adds an account, or opens one again that was taken away; returns its first password, which is kept
   * nowhere. @throws PRIVACY_…
   */
  async add(
    name: string,
    role: string,
    who: string,
  ): Promise<{ account: Account; password: string }> {
    const { accounts, audit } = this.#records.reading;
    if (!NAME.test(name)) throw privacyErrors.make('ACCOUNT_NAME', { place: name });
    if (!isRole(role)) throw privacyErrors.make('ACCOUNT_ROLE', { place: role });
    if ((await accounts.find('name', name)) !== undefined) {
      throw privacyErrors.make('ACCOUNT_TAKEN', { place: name });
    }
    const before = await accounts.closed(name);
    const id = before ?? randomUUID();
    await audit.add(who, before === undefined ? 'accounts.add' : 'accounts.reopen', id);
    const password = oneTimePassword();
    const now = this.#clock.now();
    const made: StoredAccount = {
      ...{ id, name, role, password: await hashPassword(password), createdAt: now, failures: 0 },
      ...{ oneTime: true, oneTimeUntil: now + ONE_TIME_MS, totp: undefined },
      ...{ totpLastStep: undefined, lastLoginAt: undefined, lockedUntil: undefined },
    };
    await accounts.put(made);
    if (before !== undefined) await accounts.reopen(id);
    return { account: await this.#shown(made), password };
  }

  /**
   * A new first password for somebody who lost theirs; the second factors go with the old one.
   * @throws PRIVACY_NO_ACCOUNT
   */
  async reset(name: string, who: string): Promise<string> {
    const { accounts, audit } = this.#records.reading;
    const known = await this.#known('name', name);
    await audit.add(who, 'accounts.reset', known.id);
    const password = oneTimePassword();
    for (const { id } of await accounts.passkeys(known.id))
      await accounts.removePasskey(known.id, id);
    for (const { id } of await accounts.tokens(known.id)) await accounts.removeToken(known.id, id);
    await accounts.logins.removeOf(known.id);
    await accounts.put({
      ...known,
      ...{ password: await hashPassword(password), oneTime: true, totp: undefined },
      oneTimeUntil: this.#clock.now() + ONE_TIME_MS,
      ...{ failures: 0, lockedUntil: undefined },
    });
    return password;
  }

  /** @throws PRIVACY_NO_ACCOUNT, PRIVACY_ACCOUNT_ROLE, PRIVACY_LAST_OWNER */
  async setRole(name: string, role: string, who: string): Promise<void> {
    const { accounts, audit } = this.#records.reading;
    const known = await this.#known('name', name);
    if (!isRole(role)) throw privacyErrors.make('ACCOUNT_ROLE', { place: role });
    if (role !== 'owner') await this.#notTheLastOwner(known);
    await audit.add(who, `accounts.role.${role}`, known.id);
    await accounts.put({ ...known, role });
  }

  /**
   * Takes an account away: nothing opens with it any more, and the schedule deletes it some time later
   * (`privacy.retention.closedAccountDays`). @throws PRIVACY_NO_ACCOUNT, PRIVACY_LAST_OWNER
   */
  async remove(name: string, who: string): Promise<string> {
    const { accounts, audit } = this.#records.reading;
    const known = await this.#known('name', name);
    await this.#notTheLastOwner(known);
    await audit.add(who, 'accounts.remove', known.id);
    await accounts.close(known.id, this.#clock.now());
    return known.id;
  }

  /**
   * Checks name, password and code. Right and wrong logins are audited; wrong ones lock the account for
   * ever longer. @throws PRIVACY_LOGIN_REFUSED, PRIVACY_LOGIN_LOCKED, PRIVACY_FIRST_PASSWORD_OLD
   */
  async login(name: string, password: string, code: string | undefined): Promise<Login> {
    const { accounts, audit } = this.#records.reading;
    const known = await accounts.find('name', name);
    const now = this.#clock.now();
    if (known?.lockedUntil !== undefined && known.lockedUntil > now) {
      await audit.add('web:nobody', 'login.locked', known.id);
      throw locked(known.lockedUntil);
    }
    const fits = await passwordFits(known?.password, password);
    if (known === undefined || !fits) return this.#refused(known);
    if (known.oneTime && (known.oneTimeUntil ?? 0) < now) {
      await audit.add(whoOf(known), 'login.old-first-password', known.id);
      throw privacyErrors.make('FIRST_PASSWORD_OLD');
    }
    if (known.totp !== undefined) {
      if (code === undefined || code === '') return { state: 'code' };
      const step = totpStep(known.totp, code);
      if (step === undefined || !(await accounts.useStep(known.id, step)))
        return this.#refused(known);
    }
    const by = known.totp === undefined ? 'password' : 'password and authenticator';
    return { state: 'in', by, account: await this.entered(known.id, by) };
  }

  /** Notes that somebody came in, and by what. @throws PRIVACY_NO_ACCOUNT */
  async entered(
    id: string,
    by: 'password' | 'password and authenticator' | 'passkey',
  ): Promise<Account> {
    const { accounts, audit } = this.#records.reading;
    const known = await this.#known('id', id);
    await audit.add(whoOf(known), by === 'passkey' ? 'login.passkey' : 'login.password', id, by);
    const after = {
      ...known,
      ...{ failures: 0, lockedUntil: undefined, lastLoginAt: this.#clock.now() },
    };
    await accounts.put(after);
    return this.#shown(after);
  }

  /** Somebody who is logged in says the password again, before keys of theirs change. @throws PRIVACY_LOGIN_… */
  async prove(id: string, password: string): Promise<void> {
    const { accounts, audit } = this.#records.reading;
    const known = await this.#known('id', id);
    if (known.lockedUntil !== undefined && known.lockedUntil > this.#clock.now()) {
      throw locked(known.lockedUntil);
    }
    if (!(await passwordFits(known.password, password))) return this.#refused(known);
    await audit.add(whoOf(known), 'login.proved', id);
    await accounts.put({ ...known, failures: 0, lockedUntil: undefined });
  }

  /** `context` are words that the password may not hold. @throws PRIVACY_LOGIN_REFUSED when `old` is wrong, PRIVACY_WEAK_PASSWORD */
  async changePassword(
    id: string,
    old: string,
    fresh: string,
    context: readonly string[] = [],
  ): Promise<Account> {
    const { accounts, audit } = this.#records.reading;
    const known = await this.#known('id', id);
    if (!(await passwordFits(known.password, old))) return this.#refused(known);
    if (old === fresh) {
      throw privacyErrors.make('WEAK_PASSWORD', { detail: 'it is the one that is used now' });
    }
    checkPassword(fresh, [known.name, ...context]);
    await audit.add(whoOf(known), 'accounts.password', id);
    const after = {
      ...known,
      ...{ password: await hashPassword(fresh), oneTime: false, oneTimeUntil: undefined },
    };
    await accounts.put(after);
    return this.#shown(after);
  }

  /** A secret for an authenticator, not yet in force. */
  async offerTotp(id: string): Promise<{ secret: string; uri: string }> {
    return newTotpSecret((await this.#known('id', id)).name);
  }

  /** Puts an authenticator in force that can tell the code of now. @throws PRIVACY_LOGIN_REFUSED */
  async enrolTotp(id: string, secret: string, code: string): Promise<Account> {
    const { accounts, audit } = this.#records.reading;
    const known = await this.#known('id', id);
    const step = totpStep(secret, code);
    if (step === undefined)
      throw privacyErrors.make('LOGIN_REFUSED', { detail: 'the code is wrong' });
    await audit.add(whoOf(known), 'accounts.totp', id);
    const after = { ...known, totp: secret, totpLastStep: step };
    await accounts.put(after);
    return this.#shown(after);
  }

  /** Which telephone of the office is its owner's; undefined for none. @throws PRIVACY_NO_ACCOUNT */
  async setExtension(id: string, extension: string | undefined): Promise<Account> {
    const { accounts, audit } = this.#records.reading;
    const known = await this.#known('id', id);
    await audit.add(whoOf(known), 'accounts.telephone', id);
    await accounts.setExtension(id, extension);
    return this.#shown({ ...known, extension });
  }

  async #refused(known: StoredAccount | undefined): Promise<never> {
    const { accounts, audit } = this.#records.reading;
    await audit.add('web:nobody', 'login.refused', known?.id);
    if (known !== undefined) {
      const failures = known.failures + 1;
      const over = failures - PATIENCE;
      const ms = Math.min(LOCK_MS.first * 2 ** over, LOCK_MS.most);
      const lockedUntil = over < 0 ? undefined : this.#clock.now() + ms;
      await accounts.put({ ...known, failures, lockedUntil });
      if (lockedUntil !== undefined) this.#records.alarms.report('logins', false);
    }
    this.#countRefusal();
    throw privacyErrors.make('LOGIN_REFUSED');
  }

  /** Who tries one password on many names locks none of them. */
  #countRefusal(): void {
    const now = this.#clock.monotonic();
    this.#refusals = [...this.#refusals.filter((at) => now - at < GUESSING.withinMs), now];
    if (this.#refusals.length >= GUESSING.tries) this.#records.alarms.report('logins', false);
  }

  async #notTheLastOwner(known: StoredAccount): Promise<void> {
    if (known.role !== 'owner') return;
    const all = await this.#records.reading.accounts.list();
    if (all.filter(({ role }) => role === 'owner').length < 2) {
      throw privacyErrors.make('LAST_OWNER', { place: known.name });
    }
  }

  async #known(by: 'id' | 'name', value: string): Promise<StoredAccount> {
    const found = await this.#records.reading.accounts.find(by, value);
    if (found === undefined) throw privacyErrors.make('NO_ACCOUNT', { place: value });
    return found;
  }

  async #shown(one: StoredAccount): Promise<Account> {
    const secured =
      one.totp !== undefined || (await this.#records.reading.accounts.passkeys(one.id)).length > 0;
    return {
      ...{ id: one.id, name: one.name, createdAt: one.createdAt },
      role: isRole(one.role) ? one.role : 'reception',
      owes: [
        ...(one.oneTime ? (['password'] as const) : []),
        ...(secured ? [] : (['second factor'] as const)),
      ],
      lastLoginAt: one.lastLoginAt,
      lockedUntil: one.lockedUntil,
      extension: one.extension,
    };
  }
}

/** How the audit log names an account. */
export const whoOf = ({ name }: { readonly name: string }): string => `web:${name}`;

const locked = (until: number): Error =>
  privacyErrors.make('LOGIN_LOCKED', { detail: new Date(until).toISOString() });
