import { lookup } from 'node:dns';
import { readFileSync } from 'node:fs';
import * as http from 'node:http';
import * as https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { z } from 'zod';
import { understandingErrors } from './errors.js';
import type { LanguageModelSettings } from './language-model-settings.js';
import { isOwnNetwork } from './own-network.js';

/** What a language model is asked. */
export interface Asked {
  readonly system: string;
  /** Data, never instructions. */
  readonly user: string;
  /** The most it may answer. */
  readonly tokens: number;
  readonly withinMs: number;
}

const answer = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullable() }) })).min(1),
});

/** No answer to our questions is longer, in bytes. */
const LONGEST_ANSWER = 64 * 1024;

/**
 * A language model of the office's own network, over the chat API that llama.cpp, vLLM, Ollama and others
 * serve. Every connection is checked where it is made: an address outside the network is never reached,
 * whatever a name resolves to. Redirects are not followed, proxies not used.
 */
export class LanguageModel {
  readonly name: string;
  readonly #url: URL;
  readonly #key: string | undefined;

  /** @throws UNDERSTANDING_MODEL_KEY_UNREADABLE */
  constructor({ url, model, keyFile }: Pick<LanguageModelSettings, 'url' | 'model' | 'keyFile'>) {
    this.name = model;
    this.#url = new URL(`${url.replace(/\/+$/u, '')}/chat/completions`);
    this.#key = keyFile === undefined ? undefined : keyIn(keyFile);
  }

  /** What it answers. @throws UNDERSTANDING_MODEL_FAILED, UNDERSTANDING_MODEL_OUTSIDE */
  async ask({ system, user, tokens, withinMs }: Asked): Promise<string> {
    const body = JSON.stringify({
      model: this.name,
      messages: [
        { role: 'system', content: system },
        { role: 'user', content: user },
      ],
      temperature: 0,
      max_tokens: tokens,
      stream: false,
    });
    const text = await this.#post(body, AbortSignal.timeout(withinMs));
    const parsed = answer.safeParse(parsedJson(text));
    const content = parsed.data?.choices[0]?.message.content;
    if (content === undefined || content === null) throw failed('the answer has no content');
    return content;
  }

  #post(body: string, signal: AbortSignal): Promise<string> {
    const { request } = this.#url.protocol === 'https:' ? https : http;
    const host = this.#url.hostname.replace(/^\[|\]$/gu, '');
    if (isIP(host) !== 0 && !isOwnNetwork(host)) throw understandingErrors.make('MODEL_OUTSIDE');
    return new Promise((resolve, reject) => {
      const sent = request(
        this.#url,
        {
          method: 'POST',
          signal,
          lookup: ownLookup,
          headers: {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
            ...(this.#key === undefined ? {} : { authorization: `Bearer ${this.#key}` }),
          },
        },
        (response) => {
          if (response.statusCode !== 200) {
            response.destroy();
            reject(failed(`status ${String(response.statusCode)}`));
            return;
          }
          const parts: Buffer[] = [];
          let length = 0;
          response.on('data', (part: Buffer) => {
            parts.push(part);
            length += part.length;
            if (length > LONGEST_ANSWER) response.destroy(failed('the answer is too long'));
          });
          response.once('end', () => {
            resolve(Buffer.concat(parts).toString('utf8'));
          });
          response.once('error', reject);
        },
      );
      sent.once('error', (error) => {
        reject(error instanceof Error && 'mend' in error ? error : failed(reasonOf(error)));
      });
      sent.end(body);
    });
  }
}

/** The code of a network error, which holds no words of callers. */
const reasonOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : error.name;

const failed = (detail: string): Error => understandingErrors.make('MODEL_FAILED', { detail });

function keyIn(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw understandingErrors.make('MODEL_KEY_UNREADABLE', { place: file, cause });
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw failed('the answer is not JSON');
  }
}

/** Resolves names as ever, and refuses what does not lie in the office's own network. */
const ownLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = error === null ? addresses : [];
    if (first === undefined) {
      callback(error ?? failed('no address'), '', 4);
    } else if (!addresses.every(({ address }) => isOwnNetwork(address))) {
      callback(understandingErrors.make('MODEL_OUTSIDE'), '', 4);
    } else if (options.all === true) {
      callback(null, addresses);
    } else {
      callback(null, first.address, first.family);
    }
  });
};
