import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../clock.js';
import type { WebSettings } from './settings.js';

/** Somebody who is logged in. */
export interface Session {
  readonly account: string;
  /** What the page sends with each change, so that no other page can make one. */
  readonly csrf: string;
  readonly begunAt: number;
  lastAt: number;
  /** An authenticator's secret until its first code was right. */
  offeredTotp?: string;
  /** The challenge of a passkey that is being made. */
  challenge?: string;
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
const secret = (): string => randomBytes(32).toString('base64url');
/** More than an office has; the oldest goes when one more comes. */
const MOST = 1000;

/**
 * Who is logged in: in memory only, so that a restart logs everybody out and no copy of the disk holds
 * a session. Ends after `idleMinutes` without a request, and after `longestHours` in any case.
 */
export class Sessions {
  readonly #sessions = new Map<string, Session>();
  readonly #clock: Clock;
  readonly #idleMs: number;
  readonly #longestMs: number;

  constructor(settings: Pick<WebSettings, 'idleMinutes' | 'longestHours'>, clock: Clock) {
    this.#clock = clock;
    this.#idleMs = settings.idleMinutes * 60_000;
    this.#longestMs = settings.longestHours * 3_600_000;
  }

  /** Begins a session; returns its token, which is kept only as a hash. */
  begin(account: string): { readonly token: string; readonly session: Session } {
    this.#sweep();
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size >= MOST && oldest !== undefined) this.#sessions.delete(oldest);
    const at = this.#clock.monotonic();
    const session = { account, csrf: secret(), begunAt: at, lastAt: at };
    const token = secret();
    this.#sessions.set(hashOf(token), session);
    return { token, session };
  }

  /**
   * The session of a token, which goes on by this if somebody sits there (`attended`); undefined when
   * there is none any more.
   */
  of(token: string, attended: boolean): Session | undefined {
    this.#sweep();
    const session = this.#sessions.get(hashOf(token));
    if (session !== undefined && attended) session.lastAt = this.#clock.monotonic();
    return session;
  }

  /** Whether a session still runs, without going on by this. */
  runs(session: Session): boolean {
    this.#sweep();
    return [...this.#sessions.values()].includes(session);
  }

  end(token: string): void {
    this.#sessions.delete(hashOf(token));
  }

  /** Ends all sessions of an account, except `but`. */
  endAll(account: string, but?: Session): void {
    for (const [key, session] of this.#sessions) {
      if (session.account === account && session !== but) this.#sessions.delete(key);
    }
  }

  #sweep(): void {
    const now = this.#clock.monotonic();
    for (const [key, { begunAt, lastAt }] of this.#sessions) {
      if (now - lastAt > this.#idleMs || now - begunAt > this.#longestMs)
        this.#sessions.delete(key);
    }
  }
}
