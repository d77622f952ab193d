import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../clock.js';
import type { WebSettings } from './settings.js';

/** Somebody who is logged in. Times are of the monotonic clock, in milliseconds. */
export interface Session {
  /** Names it to its owner; opens nothing. */
  readonly id: string;
  readonly account: string;
  /** What the page sends with each change, so that no other page can make one. */
  readonly csrf: string;
  readonly begunAt: number;
  lastAt: number;
  /** When its owner last proved who they are: by logging in, or by the password since. */
  provedAt: number;
  /** An authenticator's secret until its first code was right. */
  offeredTotp?: string;
  /** The challenge of a passkey that is being made. */
  challenge?: string;
}

/** A login as it is kept; times in milliseconds since 1970. */
export interface KeptLogin {
  readonly hash: Uint8Array;
  readonly account: string;
  readonly device: string;
  readonly begunAt: number;
  readonly lastAt: number;
}

/** Where logins are kept, sealed. What is not there is not logged in. */
export interface LoginBook {
  find(hash: Uint8Array): Promise<KeptLogin | undefined>;
  /** The latest first. */
  of(account: string): Promise<readonly KeptLogin[]>;
  put(login: KeptLogin): Promise<void>;
  touch(hash: Uint8Array, at: number): Promise<void>;
  remove(hashes: readonly Uint8Array[]): Promise<void>;
  removeOf(account: string, but?: Uint8Array): Promise<void>;
  /** Whoever has not clicked since `before`. */
  clear(before: number): Promise<void>;
}

type Limits = Pick<WebSettings, 'idleMinutes' | 'longestHours' | 'mostLogins'>;

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
const nameOf = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');
/** So much of the hash is told: it cannot be turned back, and names one login among few. */
const idOf = (hash: Uint8Array): string => nameOf(hash).slice(0, 16);
/** Follows from the token, which only its browser has: so it is stored nowhere. */
const csrfOf = (token: string): string =>
  createHash('sha256').update(`csrf ${token}`).digest('base64url');
/** A click is noted at most so often, so that a restart may take at most so much of a login's idle time. */
const NOTE_MS = 60_000;

/**
 * Who is logged in. Logins outlive a restart: the sealed store has them by a hash of the token, and decides
 * at each request, so that whatever ends one there ends it here. Ends after `idleMinutes` without a click,
 * and after `longestHours` in any case, by the monotonic clock, and over a restart by that of the wall: one
 * that went back meanwhile ends the login.
 */
export class Sessions {
  /** By the hash of their token. */
  readonly #sessions = new Map<string, Session & { notedAt: number }>();
  readonly #book: LoginBook;
  readonly #clock: Clock;
  readonly #idleMs: number;
  readonly #longestMs: number;
  readonly #most: number;

  constructor(settings: Limits, clock: Clock, book: LoginBook) {
    this.#book = book;
    this.#clock = clock;
    this.#idleMs = settings.idleMinutes * 60_000;
    this.#longestMs = settings.longestHours * 3_600_000;
    this.#most = settings.mostLogins;
  }

  /** Forgets those of an earlier life that nobody can go on with. */
  start(): Promise<void> {
    return this.#book.clear(this.#clock.now() - this.#idleMs);
  }

  /** Begins a session; returns its token, which is kept only as a hash. The oldest of too many ends. */
  async begin(
    account: string,
    device = '',
  ): Promise<{ readonly token: string; readonly session: Session }> {
    const others = await this.#of(account);
    await this.#forget(others.slice(this.#most - 1).map(({ hash }) => hash));
    const token = randomBytes(32).toString('base64url');
    const hash = hashOf(token);
    const now = this.#clock.now();
    await this.#book.put({ hash, account, device, begunAt: now, lastAt: now });
    const at = this.#clock.monotonic();
    const session = this.#remember(token, account, { begunAt: at, lastAt: at });
    return { token, session };
  }

  /**
   * The session of a token, which goes on by this if somebody sits there (`attended`); undefined when
   * there is none any more.
   */
  async of(token: string, attended: boolean): Promise<Session | undefined> {
    await this.#sweep();
    const hash = hashOf(token);
    const kept = await this.#book.find(hash);
    if (kept === undefined) {
      this.#sessions.delete(nameOf(hash));
      return undefined;
    }
    const session = this.#sessions.get(nameOf(hash)) ?? this.#resumed(token, kept);
    if (session === undefined) {
      await this.#forget([hash]);
      return undefined;
    }
    if (attended) await this.#touch(session, hash);
    return session;
  }

  /**
   * Whether a session still runs, without going on by this. Asked where nobody waits for the answer: not,
   * if the store cannot tell.
   */
  async runs(session: Session): Promise<boolean> {
    try {
      await this.#sweep();
      const found = [...this.#sessions].find(([, one]) => one === session);
      if (found === undefined) return false;
      return (await this.#book.find(Buffer.from(found[0], 'hex'))) !== undefined;
    } catch {
      return false;
    }
  }

  /** Logins of an account for its owner, the latest first. Times in milliseconds since 1970. */
  async list(account: string): Promise<readonly (Omit<KeptLogin, 'hash'> & { id: string })[]> {
    return (await this.#of(account)).map(({ hash, ...one }) => ({ id: idOf(hash), ...one }));
  }

  end(token: string): Promise<void> {
    return this.#forget([hashOf(token)]);
  }

  /** Ends one login of an account; false if it has none of that id. */
  async endOne(account: string, id: string): Promise<boolean> {
    const found = (await this.#book.of(account)).filter(({ hash }) => idOf(hash) === id);
    await this.#forget(found.map(({ hash }) => hash));
    return found.length > 0;
  }

  /** Ends all sessions of an account, except `but`. */
  async endAll(account: string, but?: Session): Promise<void> {
    let kept: Uint8Array | undefined;
    for (const [name, session] of this.#sessions) {
      if (session.account !== account) continue;
      if (session === but) kept = Buffer.from(name, 'hex');
      else this.#sessions.delete(name);
    }
    await this.#book.removeOf(account, kept);
  }

  /** Those of an account that somebody can go on with, the latest first; forgets the others. */
  async #of(account: string): Promise<readonly KeptLogin[]> {
    await this.#sweep();
    const kept = await this.#book.of(account);
    const over = kept.filter((one) => !this.#sessions.has(nameOf(one.hash)) && this.#isOver(one));
    await this.#forget(over.map(({ hash }) => hash));
    return kept.filter((one) => !over.includes(one));
  }

  /** By the clock of the wall, for one that this life of the daemon has not seen yet. */
  #isOver({ begunAt, lastAt }: KeptLogin): boolean {
    const now = this.#clock.now();
    const [age, idle] = [now - begunAt, now - lastAt];
    return age < 0 || idle < 0 || age > this.#longestMs || idle > this.#idleMs;
  }

  #remember(
    token: string,
    account: string,
    { begunAt, lastAt }: Pick<Session, 'begunAt' | 'lastAt'>,
  ): Session & { notedAt: number } {
    const hash = hashOf(token);
    const session = {
      ...{ id: idOf(hash), account, csrf: csrfOf(token), begunAt, lastAt },
      ...{ provedAt: begunAt, notedAt: lastAt },
    };
    this.#sessions.set(nameOf(hash), session);
    return session;
  }

  /** A login of an earlier life of the daemon; undefined when its time is over. */
  #resumed(token: string, kept: KeptLogin): (Session & { notedAt: number }) | undefined {
    if (this.#isOver(kept)) return undefined;
    const ago = this.#clock.monotonic() - this.#clock.now();
    const [begunAt, lastAt] = [kept.begunAt + ago, kept.lastAt + ago];
    return this.#remember(token, kept.account, { begunAt, lastAt });
  }

  async #touch(session: Session & { notedAt: number }, hash: Uint8Array): Promise<void> {
    const at = this.#clock.monotonic();
    session.lastAt = at;
    if (at - session.notedAt < Math.min(NOTE_MS, this.#idleMs / 4)) return;
    session.notedAt = at;
    await this.#book.touch(hash, this.#clock.now());
  }

  async #forget(hashes: readonly Uint8Array[]): Promise<void> {
    for (const hash of hashes) this.#sessions.delete(nameOf(hash));
    if (hashes.length > 0) await this.#book.remove(hashes);
  }

  async #sweep(): Promise<void> {
    const now = this.#clock.monotonic();
    const over = [...this.#sessions].filter(
      ([, { begunAt, lastAt }]) => now - lastAt > this.#idleMs || now - begunAt > this.#longestMs,
    );
    await this.#forget(over.map(([name]) => Buffer.from(name, 'hex')));
  }
}
