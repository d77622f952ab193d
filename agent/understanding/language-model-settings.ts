import { isIP } from 'node:net';
import { z } from 'zod';
import { isOwnNetwork } from './own-network.js';

/** Names that only a network of one's own resolves; others are looked up before each connection. */
const url = z
  .url({ protocol: /^https?$/u, message: 'write the address as http://model.lan:8080/v1' })
  .refine((text) => {
    const host = new URL(text).hostname.replace(/^\[|\]$/gu, '');
    return isIP(host) === 0 || isOwnNetwork(host);
  }, 'a language model must stand in your own network: nothing that callers say leaves it');

/** The slice of an optional language model on the office's own network; none is asked by default. */
export const languageModelSettings = z.strictObject({
  /** Base of an OpenAI-compatible API, up to and without /chat/completions. */
  url,
  /** As that server names it. */
  model: z.string().min(1),
  /** File with the key of the API, if it wants one. */
  keyFile: z.string().min(1).optional(),
  /** Whether it may propose an intent for what the local model does not understand. */
  proposeIntents: z.boolean().default(true),
  /** Whether it may word summaries anew, beside the one that is made without it. */
  rephraseSummaries: z.boolean().default(false),
  /** How long a caller waits for a proposal, in milliseconds. */
  proposeWithinMs: z.number().int().min(100).max(5_000).default(1_200),
});

export type LanguageModelSettings = z.infer<typeof languageModelSettings>;
