import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AriPlan } from './plan.js';

/** What Asterisk answered: whether it did what was asked, and the answer's JSON. */
export interface Answer {
  readonly done: boolean;
  readonly body: unknown;
}

export type Ask = (method: 'GET' | 'POST' | 'DELETE', path: string) => Promise<Answer>;

const ANSWER_WITHIN_MS = 1_000;

/**
 * Asks ARI over plain HTTP: the way that needs no event socket and no library. Rejects when no
 * whole answer comes within a second.
 */
export function askerOf({ url, user, passwordFile }: AriPlan): Ask {
  const auth = `${user}:${readFileSync(passwordFile, 'utf8').trim()}`;
  return (method, path) =>
    new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
      const asked = request(`${url}/ari${path}`, { method, auth, signal }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const done = (response.statusCode ?? 500) < 300;
          try {
            const text = Buffer.concat(parts).toString('utf8');
            resolve({ done, body: text === '' ? undefined : JSON.parse(text) });
          } catch {
            reject(new Error('the answer is no JSON'));
          }
        });
      });
      asked.on('error', (error) => {
        reject(signal.aborted ? new Error('Asterisk does not answer') : error);
      });
      asked.end();
    });
}
