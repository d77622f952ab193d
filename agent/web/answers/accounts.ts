import { z } from 'zod';
import type { Account } from '../../privacy/account-room.js';
import type { TokenRing } from '../../privacy/token-ring.js';
import { listOf, momentAt, tells } from './shapes.js';
import { ROLES } from '../../privacy/roles.js';

export const account = tells<Account>()(
  z.object({
    id: z.string(),
    name: z.string(),
    role: z.enum(ROLES),
    owes: listOf(z.enum(['password', 'second factor'])).describe(
      'What its owner still has to do before anything else',
    ),
    createdAt: momentAt,
    lastLoginAt: momentAt.optional(),
    lockedUntil: momentAt.optional(),
    extension: z.string().optional().describe("The telephone of the office that is its owner's"),
  }),
);

type StoredToken = Awaited<ReturnType<TokenRing['list']>>[number];

export const storedToken = tells<StoredToken>()(
  z.object({
    id: z.string(),
    account: z.string(),
    name: z.string(),
    scopes: listOf(z.string()),
    createdAt: momentAt,
    expiresAt: momentAt,
    lastUsedAt: momentAt.optional(),
  }),
);

/** A password that is shown once. */
export const oneTime = z.object({ password: z.string() });

/** The keys of one's own account. */
export const keysAnswer = z.object({
  passkeys: listOf(
    z.object({
      id: z.string(),
      label: z.string(),
      createdAt: momentAt,
      lastUsedAt: momentAt.optional(),
    }),
  ),
  tokens: listOf(storedToken),
});
export type Keys = z.infer<typeof keysAnswer>;

/** Whose telephone is whose. */
export const telephone = z.object({
  extension: z.string().nullable().describe("The asker's own"),
  telephones: listOf(z.object({ number: z.string(), name: z.string() })),
  callsOut: z.boolean().describe('Whether calls to the outside are possible'),
});
export type Telephone = z.infer<typeof telephone>;

export const madeToken = z.object({
  token: z.string().describe('Shown once'),
  stored: storedToken,
});
