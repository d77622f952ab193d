import type { FastifyRequest } from 'fastify';
import type { Account } from '../privacy/account-room.js';
import type { Actor } from '../privacy/actor.js';
import type { ReadingRoom } from '../privacy/reading-room.js';
import { RIGHTS, rightsOf, type Right } from '../privacy/roles.js';
import { webErrors } from './errors.js';
import type { Session, Sessions } from './sessions.js';

/** `__Host-`: only over TLS, only for this very host (RFC 6265bis). */
export const COOKIE = '__Host-vestibule';
export const CSRF_HEADER = 'x-csrf-token';
/** Sent by a page that asks by itself, because something happened: that is nobody's click. */
export const UNATTENDED_HEADER = 'x-unattended';

/**
 * What a route asks of whoever calls it: nothing; a login, even one whose account is not set up yet; a
 * login; or a right.
 */
export type Access = 'open' | 'begun' | 'login' | Right;

/** Who sent a request. */
export interface Visitor {
  readonly account: Account;
  readonly rights: readonly Right[];
  /** As the audit log names it. */
  readonly who: string;
  /** Undefined for a token. */
  readonly session: Session | undefined;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** Whether programs are asked to log in by HTTP Basic. */
    basic?: boolean;
  }
  interface FastifyRequest {
    visitor: Visitor | undefined;
  }
}

/** Lets a request pass that may, by cookie or token. @throws WEB_…, PRIVACY_NO_TOKEN */
export class Guard {
  readonly #room: ReadingRoom;
  readonly #sessions: Sessions;

  constructor(room: ReadingRoom, sessions: Sessions) {
    this.#room = room;
    this.#sessions = sessions;
  }

  async admit(request: FastifyRequest): Promise<void> {
    if (request.is404) return;
    const { access } = request.routeOptions.config;
    if (access === 'open') return;
    if (access === undefined) throw webErrors.make('FORBIDDEN');
    const visitor = await this.visitorOf(request);
    request.visitor = visitor;
    if (visitor.session !== undefined && !['GET', 'HEAD'].includes(request.method)) {
      if (request.headers[CSRF_HEADER] !== visitor.session.csrf) throw webErrors.make('CROSS_SITE');
    }
    if (access === 'begun') return;
    if (visitor.account.owes.length > 0) throw webErrors.make('UNFINISHED');
    if (access === 'login') return;
    if (!visitor.rights.includes(access)) throw webErrors.make('FORBIDDEN', { place: access });
  }

  /** @throws WEB_NOT_LOGGED_IN, PRIVACY_NO_TOKEN */
  async visitorOf(request: FastifyRequest): Promise<Visitor> {
    const token = tokenOf(request);
    if (token !== undefined) {
      const { account, rights, id } = await this.#room.accounts.tokens.use(token);
      return {
        account,
        rights,
        who: `token:${account.name}:${id.slice(0, 8)}`,
        session: undefined,
      };
    }
    const cookie = request.cookies[COOKIE];
    const session =
      cookie === undefined
        ? undefined
        : await this.#sessions.of(cookie, request.headers[UNATTENDED_HEADER] === undefined);
    if (session === undefined) throw webErrors.make('NOT_LOGGED_IN');
    const account = await this.#room.accounts.find(session.account).catch(() => undefined);
    if (account === undefined) throw webErrors.make('NOT_LOGGED_IN');
    return { account, rights: rightsOf(account.role), who: `web:${account.name}`, session };
  }
}

/**
 * The token of a program: as Bearer, or, for reading, as the password of HTTP Basic, which is what calendar
 * programs can. A browser repeats Basic by itself, so that it may change nothing.
 */
function tokenOf({ headers, method }: FastifyRequest): string | undefined {
  const told = headers.authorization ?? '';
  const bearer = /^Bearer (\S+)$/u.exec(told)?.[1];
  const basic = /^Basic ([\w+/]+=*)$/u.exec(told)?.[1];
  if (bearer !== undefined || basic === undefined) return bearer;
  if (method !== 'GET' && method !== 'HEAD') throw webErrors.make('NOT_LOGGED_IN');
  return Buffer.from(basic, 'base64').toString('utf8').split(':').slice(1).join(':');
}

/** The visitor as the privacy office knows people. */
export function actorOf(request: FastifyRequest): Actor {
  const { who, account } = visitorOf(request);
  return { who, role: account.role };
}

/** The visitor of a route that is not open. */
export function visitorOf(request: FastifyRequest): Visitor {
  if (request.visitor === undefined) throw webErrors.make('NOT_LOGGED_IN');
  return request.visitor;
}

export const isAccess = (value: unknown): value is Access =>
  typeof value === 'string' &&
  (['open', 'begun', 'login'].includes(value) || (RIGHTS as readonly string[]).includes(value));
