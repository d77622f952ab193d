import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Account } from '../../privacy/account-room.js';
import type { Site } from '../../privacy/passkey-ring.js';
import { rightsOf } from '../../privacy/roles.js';
import { webErrors } from '../errors.js';
import { visitorOf } from '../guard.js';
import type { Session } from '../sessions.js';
import type { Api } from './api.js';

/** An answer of the browser's WebAuthn; what is in it is checked by the library that knows it. */
export const credential = z.looseObject({ id: z.string().max(2000), response: z.looseObject({}) });

/** Wrong guesses are also slowed by address, whoever's account they are for. */
export const FEW = { rateLimit: { max: 20, timeWindow: '1 minute' } };

/** Keys of an account change so long after the last proof of its owner, in milliseconds. */
const PROOF_MS = 10 * 60_000;

/** The visitor's session: keys of an account are changed by its owner, never by a token. */
export function ownSession(request: FastifyRequest): { account: Account; session: Session } {
  const { account, session } = visitorOf(request);
  if (session === undefined) throw webErrors.make('FORBIDDEN', { place: 'a token' });
  return { account, session };
}

/** @throws WEB_PROVE when the last proof is too long ago */
export function proved(api: Api, request: FastifyRequest): ReturnType<typeof ownSession> {
  const own = ownSession(request);
  const age = api.parts.clock.monotonic() - own.session.provedAt;
  if (age > PROOF_MS) throw webErrors.make('PROVE');
  return own;
}

/** Who is logged in, as the page is told. */
export function shown(api: Api, account: Account, session: Session | undefined) {
  return {
    account,
    rights: rightsOf(account.role),
    csrf: session?.csrf ?? '',
    office: { ...api.parts.office, questions: api.parts.workshop.questions() },
    version: api.parts.version,
  };
}

export function siteOf(request: FastifyRequest): Site {
  return {
    origin: `https://${request.host}`,
    host: request.host.replace(/:\d+$/u, ''),
  };
}
