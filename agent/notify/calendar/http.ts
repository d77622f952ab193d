import { readFileSync } from 'node:fs';
import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { calendarErrors } from './errors.js';

/** A larger answer is no calendar, in bytes. */
const LARGEST = 20_000_000;
/** A server that says nothing for so long is gone, in milliseconds. */
const SILENT_MS = 6_000;

/**
 * `fetch` for one server: trusts its authority alone if one is given, follows no redirection (the
 * password is for this address only) and reads no more than it should.
 * @param ca file of the authority's certificate
 * @throws CALENDAR_UNREACHABLE
 */
export function fetchFrom(ca: string | undefined): typeof globalThis.fetch {
  const trusted = ca === undefined ? undefined : readFileSync(ca);
  return (input, init = {}) =>
    new Promise<Response>((resolve, reject) => {
      const url = new URL(input instanceof Request ? input.url : input);
      const fail = (cause: unknown): void => {
        reject(calendarErrors.make('UNREACHABLE', { place: url.host, cause }));
      };
      const ask = url.protocol === 'https:' ? overHttps : overHttp;
      const request = ask(
        url,
        {
          method: init.method ?? 'GET',
          headers: Object.fromEntries(new Headers(init.headers)),
          timeout: SILENT_MS,
          ...(init.signal ? { signal: init.signal } : {}),
          ...(trusted === undefined ? {} : { ca: trusted }),
        },
        (answer) => {
          const parts: Buffer[] = [];
          let size = 0;
          answer.on('data', (part: Buffer) => {
            size += part.length;
            if (size > LARGEST) request.destroy(new Error('the answer is too large'));
            else parts.push(part);
          });
          answer.on('error', fail);
          answer.on('end', () => {
            const status = answer.statusCode ?? 500;
            const headers = Object.entries(answer.headers).flatMap(([name, value]) =>
              value === undefined ? [] : [[name, String(value)] as [string, string]],
            );
            const body = status === 204 || status === 304 ? null : Buffer.concat(parts);
            resolve(new Response(body, { status, headers }));
          });
        },
      );
      request.on('timeout', () => request.destroy(new Error('no answer in time')));
      request.on('error', fail);
      request.end(init.body as string | undefined);
    });
}
