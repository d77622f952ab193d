import { z } from 'zod';
import { privacyErrors } from '../../privacy/errors.js';
import type { RegistrationResponseJSON } from '../../privacy/passkey-ring.js';
import { RIGHTS } from '../../privacy/roles.js';
import { keysAnswer, madeToken } from '../answers/accounts.js';
import { passkeyOffered, sessionAnswer, totpOffer } from '../answers/session.js';
import { visitorOf } from '../guard.js';
import { answersDone, done, idParam, type Routes } from './api.js';
import { credential, FEW, ownSession, proved, shown, siteOf } from './own-account.js';

/** Second factors, passkeys and tokens of one's own account. */
export const ownKeyRoutes: Routes = (api) => async (app) => {
  const { accounts } = api.parts.room;

  app.post(
    '/me/totp/offer',
    { config: { access: 'begun' }, schema: { response: { 200: totpOffer } } },
    async (request) => {
      const { account, session } = proved(api, request);
      const offer = await accounts.offerTotp(account.id);
      session.offeredTotp = offer.secret;
      return offer;
    },
  );

  app.post(
    '/me/totp',
    {
      config: { access: 'begun', ...FEW },
      schema: {
        response: { 200: sessionAnswer },
        body: z.object({ code: z.string().min(6).max(12) }),
      },
    },
    async (request) => {
      const { account, session } = ownSession(request);
      if (session.offeredTotp === undefined) throw privacyErrors.make('LOGIN_REFUSED');
      const after = await accounts.enrolTotp(account.id, session.offeredTotp, request.body.code);
      delete session.offeredTotp;
      return shown(api, after, session);
    },
  );

  app.post(
    '/me/passkeys/offer',
    { config: { access: 'begun' }, schema: { response: { 200: passkeyOffered } } },
    async (request) => {
      const { account, session } = proved(api, request);
      const options = await accounts.passkeys.offer(account, siteOf(request));
      session.challenge = options.challenge;
      return { ...options };
    },
  );

  app.post(
    '/me/passkeys',
    {
      config: { access: 'begun' },
      schema: {
        response: { 200: sessionAnswer },
        body: z.object({ label: z.string().min(1).max(60), answer: credential }),
      },
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

  app.get(
    '/me/keys',
    { config: { access: 'login' }, schema: { response: { 200: keysAnswer } } },
    async (request) => {
      const { id } = visitorOf(request).account;
      const passkeys = await accounts.passkeys.list(id);
      return {
        passkeys: passkeys.map(({ id, label, createdAt, lastUsedAt }) => ({
          ...{ id, label, createdAt, lastUsedAt },
        })),
        tokens: await accounts.tokens.list(id),
      };
    },
  );

  app.delete(
    '/me/passkeys/:id',
    {
      config: { access: 'login' },
      schema: { response: answersDone, params: z.object({ id: z.string().min(1).max(1400) }) },
    },
    async (request) => {
      await accounts.passkeys.remove(proved(api, request).account, request.params.id);
      return done;
    },
  );

  app.post(
    '/me/tokens',
    {
      config: { access: 'login' },
      schema: {
        response: { 200: madeToken },
        body: z.object({
          name: z.string().min(1).max(60),
          scopes: z.array(z.enum(RIGHTS)).min(1),
          days: z.int().min(1).max(366).default(90),
        }),
      },
    },
    (request) => accounts.tokens.make(proved(api, request).account, request.body),
  );

  app.delete(
    '/me/tokens/:id',
    { config: { access: 'login' }, schema: { response: answersDone, params: idParam } },
    async (request) => {
      await accounts.tokens.remove(ownSession(request).account, request.params.id);
      return done;
    },
  );
  await Promise.resolve();
};
