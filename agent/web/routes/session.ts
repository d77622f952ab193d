import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Account } from '../../privacy/account-room.js';
import { privacyErrors } from '../../privacy/errors.js';
import type {
  AuthenticationResponseJSON,
  RegistrationResponseJSON,
  Site,
} from '../../privacy/passkey-ring.js';
import { RIGHTS, rightsOf } from '../../privacy/roles.js';
import { logins } from '../answers/session.js';
import { deviceOf } from '../device.js';
import { webErrors } from '../errors.js';
import { COOKIE, visitorOf } from '../guard.js';
import type { Session } from '../sessions.js';
import { done, idParam, type Api, type Routes } from './api.js';

const password = z.string().min(1).max(200);
/** An answer of the browser's WebAuthn; what is in it is checked by the library that knows it. */
const credential = z.looseObject({ id: z.string().max(2000), response: z.looseObject({}) });

/** Wrong guesses are also slowed by address, whoever's account they are for. */
const FEW = { rateLimit: { max: 20, timeWindow: '1 minute' } };

/** Keys of an account change so long after the last proof of its owner, in milliseconds. */
const PROOF_MS = 10 * 60_000;

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

  app.post('/session/passkey/ask', { config: { access: 'open', ...FEW } }, async (request) => {
    const options = await accounts.passkeys.ask(siteOf(request));
    const now = api.parts.clock.monotonic();
    for (const [old, at] of challenges) if (now - at > 120_000) challenges.delete(old);
    if (challenges.size > 200) throw webErrors.make('TOO_MANY');
    challenges.set(options.challenge, now);
    return options;
  });

  app.post(
    '/session/passkey',
    {
      config: { access: 'open', ...FEW },
      schema: { body: z.object({ challenge: z.string().max(500), answer: credential }) },
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

  app.get('/session', { config: { access: 'begun' } }, (request) => {
    const { account, session } = visitorOf(request);
    return shown(api, account, session);
  });

  app.delete('/session', { config: { access: 'begun' } }, async (request, reply) => {
    const token = request.cookies[COOKIE];
    if (token !== undefined) await api.sessions.end(token);
    void reply.clearCookie(COOKIE, { path: '/', secure: true });
    return done;
  });

  app.post(
    '/me/password',
    {
      config: { access: 'begun', ...FEW },
      schema: { body: z.object({ old: password, fresh: password }) },
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
    { config: { access: 'begun', ...FEW }, schema: { body: z.object({ password }) } },
    async (request) => {
      const { account, session } = ownSession(request);
      await accounts.prove(account.id, request.body.password);
      session.provedAt = api.parts.clock.monotonic();
      return done;
    },
  );

  /** @throws WEB_PROVE when the last proof is too long ago */
  const proved = (request: FastifyRequest): ReturnType<typeof ownSession> => {
    const own = ownSession(request);
    const age = api.parts.clock.monotonic() - own.session.provedAt;
    if (age > PROOF_MS) throw webErrors.make('PROVE');
    return own;
  };

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
    { config: { access: 'login' }, schema: { params: idParam } },
    async (request) => {
      const { account } = ownSession(request);
      if (!(await api.sessions.endOne(account.id, request.params.id))) {
        throw webErrors.make('NOT_FOUND', { place: request.params.id });
      }
      return done;
    },
  );

  app.post('/me/totp/offer', { config: { access: 'begun' } }, async (request) => {
    const { account, session } = proved(request);
    const offer = await accounts.offerTotp(account.id);
    session.offeredTotp = offer.secret;
    return offer;
  });

  app.post(
    '/me/totp',
    {
      config: { access: 'begun', ...FEW },
      schema: { body: z.object({ code: z.string().min(6).max(12) }) },
    },
    async (request) => {
      const { account, session } = ownSession(request);
      if (session.offeredTotp === undefined) throw privacyErrors.make('LOGIN_REFUSED');
      const after = await accounts.enrolTotp(account.id, session.offeredTotp, request.body.code);
      delete session.offeredTotp;
      return shown(api, after, session);
    },
  );

  app.post('/me/passkeys/offer', { config: { access: 'begun' } }, async (request) => {
    const { account, session } = proved(request);
    const options = await accounts.passkeys.offer(account, siteOf(request));
    session.challenge = options.challenge;
    return options;
  });

  app.post(
    '/me/passkeys',
    {
      config: { access: 'begun' },
      schema: { body: z.object({ label: z.string().min(1).max(60), answer: credential }) },
    },
    async (request) => {
      const { account, session } = ownSession(request);
      const { challenge } = session;
      if (challenge === undefined) throw privacyErrors.make('NO_PASSKEY');
      delete session.challenge;
      await accounts.passkeys.add(account, {
        label: request.body.label,
        answer: request.body.answer as unknown as RegistrationResponseJSON,
        ...{ challenge, site: siteOf(request) },
      });
      return shown(api, await accounts.find(account.id), session);
    },
  );

  app.get('/me/keys', { config: { access: 'login' } }, async (request) => {
    const { id } = visitorOf(request).account;
    const passkeys = await accounts.passkeys.list(id);
    return {
      passkeys: passkeys.map(({ id, label, createdAt, lastUsedAt }) => ({
        ...{ id, label, createdAt, lastUsedAt },
      })),
      tokens: await accounts.tokens.list(id),
    };
  });

  app.delete(
    '/me/passkeys/:id',
    {
      config: { access: 'login' },
      schema: { params: z.object({ id: z.string().min(1).max(1400) }) },
    },
    async (request) => {
      await accounts.passkeys.remove(proved(request).account, request.params.id);
      return done;
    },
  );

  app.post(
    '/me/tokens',
    {
      config: { access: 'login' },
      schema: {
        body: z.object({
          name: z.string().min(1).max(60),
          scopes: z.array(z.enum(RIGHTS)).min(1),
          days: z.int().min(1).max(366).default(90),
        }),
      },
    },
    (request) => accounts.tokens.make(proved(request).account, request.body),
  );

  app.delete(
    '/me/tokens/:id',
    { config: { access: 'login' }, schema: { params: idParam } },
    async (request) => {
      await accounts.tokens.remove(ownSession(request).account, request.params.id);
      return done;
    },
  );
  await Promise.resolve();
};

/** The visitor's session: keys of an account are changed by its owner, never by a token. */
function ownSession(request: FastifyRequest): { account: Account; session: Session } {
  const { account, session } = visitorOf(request);
  if (session === undefined) throw webErrors.make('FORBIDDEN', { place: 'a token' });
  return { account, session };
}

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

function shown(api: Api, account: Account, session: Session | undefined) {
  return {
    account,
    rights: rightsOf(account.role),
    csrf: session?.csrf ?? '',
    office: api.parts.office,
    version: api.parts.version,
  };
}

function siteOf(request: FastifyRequest): Site {
  return {
    origin: `https://${request.host}`,
    host: request.host.replace(/:\d+$/u, ''),
  };
}
