import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { done as isDone } from '../answers/shapes.js';
import type { Guard } from '../guard.js';
import type { WebParts } from '../ports.js';
import type { Sessions } from '../sessions.js';

/** What every group of routes is made of. */
export interface Api {
  readonly parts: WebParts;
  readonly sessions: Sessions;
  readonly guard: Guard;
}

/** A group of routes. */
export type Routes = (api: Api) => FastifyPluginAsyncZod;

/** Ids of calls, messages, contacts, accounts: letters, digits, hyphens. */
export const idParam = z.object({ id: z.string().regex(/^[\w-]{1,80}$/u) });

export const limitQuery = z.object({
  limit: z.coerce.number().int().min(1).max(10_000).default(200),
});

/** The answer of a change that has nothing to tell. */
export const done = { done: true } as const;
export const answersDone = { 200: isDone };
