import { z } from 'zod';
import { RIGHTS } from '../../privacy/roles.js';
import { account } from './accounts.js';
import { listOf, momentAt } from './shapes.js';

/** Where somebody is logged in; `here` is the login that asks. */
export const logins = z.object({
  logins: listOf(
    z.object({
      id: z.string(),
      device: z.string(),
      begunAt: momentAt,
      lastAt: momentAt,
      here: z.boolean(),
    }),
  ),
});
export type Logins = z.infer<typeof logins>;

/** Who is logged in, and what they may. */
export const sessionAnswer = z.object({
  account,
  rights: listOf(z.enum(RIGHTS)),
  csrf: z.string().describe('To be sent as x-csrf-token with each change; empty for a token'),
  office: z.object({
    name: z.string(),
    language: z.string(),
    timeZone: z.string(),
    questions: z
      .record(z.string(), z.record(z.string(), z.string()))
      .describe('Its own questions by the intent of their form, and by the id of their answer'),
  }),
  version: z.string(),
});
export type Session = z.infer<typeof sessionAnswer>;

export const entered = sessionAnswer.extend({ state: z.literal('in') });
/** `code` where the second factor is still asked for. */
export const loginAnswer = z.discriminatedUnion('state', [
  entered,
  z.object({ state: z.literal('code') }),
]);

/** What an authenticator is made from. */
export const totpOffer = z.object({ secret: z.string().describe('Base32'), uri: z.string() });

/** What a browser's WebAuthn is asked with; what is in it is the library's. */
export const passkeyAsked = z
  .looseObject({ challenge: z.string() })
  .describe('PublicKeyCredentialRequestOptionsJSON of WebAuthn');
export const passkeyOffered = z
  .looseObject({ challenge: z.string() })
  .describe('PublicKeyCredentialCreationOptionsJSON of WebAuthn');
