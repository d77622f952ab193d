import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Account } from '../../privacy/account-room.js';
import { privacyErrors } from '../../privacy/errors.js';
import type { AuthenticationResponseJSON } from '../../privacy/passkey-ring.js';
import { entered, loginAnswer, logins, passkeyAsked, sessionAnswer } from '../answers/session.js';
import { deviceOf } from '../device.js';
import { webErrors } from '../errors.js';
import { COOKIE, visitorOf } from '../guard.js';
import { answersDone, done, idParam, type Api, type Routes } from './api.js';
import { credential, FEW, ownSession, shown, siteOf } from './own-account.js';

const password = z.string().min(1).max(200);

/** Logging in and out, and what belongs to one's own account. */
export const sessionRoutes: Routes = (api) => async (app) => {
  const { room } = api.parts;
  const { accounts } = room;
  /** Challenges of passkey logins that have not been answered; few and short-lived. */
  const challenges = new Map<string, number>();

  app.post(
    '/session',
    {
      config: { access: 'open', ...FEW },
      schema: {
        response: { 200: loginAnswer },
        body: z.object({
          name: z.string().min(1).max(80),
          password,
          code: z.string().max(12).optional(),
        }),
      },
    },
    async (request, reply) => {
      const { name, password: told, code } = request.body;
      const login = await accounts.login(name, told, code);
      if (login.state === 'code') return { state: 'code' as const };
      return enter(api, request, reply, login.account);
    },
  );

  app.post(
    '/session/passkey/ask',
    { config: { access: 'open', ...FEW }, schema: { response: { 200: passkeyAsked } } },
    async (request) => {
      const options = await accounts.passkeys.ask(siteOf(request));
      const now = api.parts.clock.monotonic();
      for (const [old, at] of challenges) if (now - at > 120_000) challenges.delete(old);
      if (challenges.size > 200) throw webErrors.make('TOO_MANY');
      challenges.set(options.challenge, now);
      return { ...options };
    },
  );

  app.post(
    '/session/passkey',
    {
      config: { access: 'open', ...FEW },
      schema: {
        response: { 200: entered },
        body: z.object({ challenge: z.string().max(500), answer: credential }),
      },
    },
    async (request, reply) => {
      const { challenge, answer } = request.body;
      if (!challenges.delete(challenge)) throw privacyErrors.make('NO_PASSKEY');
      const account = await accounts.passkeys.check(
        answer as unknown as AuthenticationResponseJSON,
        challenge,
        siteOf(request),
      );
      return enter(api, request, reply, await accounts.entered(account.id, 'passkey'));
    },
  );

  app.get(
    '/session',
    { config: { access: 'begun' }, schema: { response: { 200: sessionAnswer } } },
    (request) => {
      const { account, session } = visitorOf(request);
      return shown(api, account, session);
    },
  );

  app.delete(
    '/session',
    { config: { access: 'begun' }, schema: { response: answersDone } },
    async (request, reply) => {
      const token = request.cookies[COOKIE];
      if (token !== undefined) await api.sessions.end(token);
      void reply.clearCookie(COOKIE, { path: '/', secure: true });
      return done;
    },
  );

  app.post(
    '/me/password',
    {
      config: { access: 'begun', ...FEW },
      schema: {
        response: { 200: sessionAnswer },
        body: z.object({ old: password, fresh: password }),
      },
    },
    async (request) => {
      const { account, session } = ownSession(request);
      const { old, fresh } = request.body;
      const context = ['vestibule', ...wordsOf(api.parts.office.name)];
      const after = await accounts.changePassword(account.id, old, fresh, context);
      session.provedAt = api.parts.clock.monotonic();
      // Whoever else was logged in with the old password is out.
      await api.sessions.endAll(account.id, session);
      return shown(api, after, session);
    },
  );

  /** The password once more, because a key of the account is to change. */
  app.post(
    '/me/prove',
    {
      config: { access: 'begun', ...FEW },
      schema: { response: answersDone, body: z.object({ password }) },
    },
    async (request) => {
      const { account, session } = ownSession(request);
      await accounts.prove(account.id, request.body.password);
      session.provedAt = api.parts.clock.monotonic();
      return done;
    },
  );

  /** Where one is logged in. */
  app.get(
    '/me/logins',
    { config: { access: 'login' }, schema: { response: { 200: logins } } },
    async (request) => {
      const { account, session } = visitorOf(request);
      const found = await api.sessions.list(account.id);
      return {
        logins: found.map(({ id, device, begunAt, lastAt }) => ({
          ...{ id, device, begunAt, lastAt, here: id === session?.id },
        })),
      };
    },
  );

  app.delete(
    '/me/logins/:id',
    { config: { access: 'login' }, schema: { response: answersDone, params: idParam } },
    async (request) => {
      const { account } = ownSession(request);
      if (!(await api.sessions.endOne(account.id, request.params.id))) {
        throw webErrors.make('NOT_FOUND', { place: request.params.id });
      }
      return done;
    },
  );
  await Promise.resolve();
};

/** Words of a name that are long enough to tell something. */
const wordsOf = (name: string): readonly string[] =>
  name.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length >= 4);

async function enter(api: Api, request: FastifyRequest, reply: FastifyReply, account: Account) {
  const device = deviceOf(request.headers['user-agent']);
  const { token, session } = await api.sessions.begin(account.id, device);
  void reply.setCookie(COOKIE, token, {
    ...{ path: '/', secure: true, httpOnly: true, sameSite: 'strict' },
    maxAge: api.parts.settings.longestHours * 3600,
  });
  return { state: 'in' as const, ...shown(api, account, session) };
}
