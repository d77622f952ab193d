import { createHash, randomBytes } from 'node:crypto';
import type { SipMessage } from './sip-message.js';

/** What a SIP server is answered with when it challenges. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

const ALGORITHMS: Readonly<Record<string, string>> = {
  '': 'md5',
  MD5: 'md5',
  'SHA-256': 'sha256',
  'SHA-512-256': 'sha512-256',
};

const parameters = (challenge: string): Map<string, string> =>
  new Map(
    [...challenge.matchAll(/([a-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^",\s]+))/giu)].map(
      (match) => [(match[1] ?? '').toLowerCase(), match[2] ?? match[3] ?? ''],
    ),
  );

/**
 * The header that answers the first challenge of a 401 or 407 that we understand (RFC 8760,
 * RFC 7616); undefined if there is none.
 */
export function answerChallenge(
  response: SipMessage,
  method: string,
  uri: string,
  credentials: Credentials,
): readonly [name: string, value: string] | undefined {
  const proxy = response.status === 407;
  const challenges = response.headers.all(proxy ? 'proxy-authenticate' : 'www-authenticate');
  for (const challenge of challenges) {
    if (!/^digest\s/iu.test(challenge)) continue;
    const given = parameters(challenge.slice(7));
    const algorithm = (given.get('algorithm') ?? '').toUpperCase();
    const hashName = ALGORITHMS[algorithm];
    const realm = given.get('realm');
    const nonce = given.get('nonce');
    if (hashName === undefined || realm === undefined || nonce === undefined) continue;
    const qops = given.get('qop')?.split(/\s*,\s*/u);
    if (qops !== undefined && !qops.includes('auth')) continue;
    const hash = (text: string): string => createHash(hashName).update(text).digest('hex');
    const secret = hash(`${credentials.user}:${realm}:${credentials.password}`);
    const action = hash(`${method}:${uri}`);
    const cnonce = randomBytes(8).toString('hex');
    const count = '00000001';
    const proof =
      qops === undefined
        ? hash(`${secret}:${nonce}:${action}`)
        : hash(`${secret}:${nonce}:${count}:${cnonce}:auth:${action}`);
    const opaque = given.get('opaque');
    const value = [
      `Digest username="${credentials.user}"`,
      `realm="${realm}"`,
      `nonce="${nonce}"`,
      `uri="${uri}"`,
      `response="${proof}"`,
      ...(algorithm === '' ? [] : [`algorithm=${algorithm}`]),
      ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
      ...(qops === undefined ? [] : ['qop=auth', `nc=${count}`, `cnonce="${cnonce}"`]),
    ].join(', ');
    return [proxy ? 'Proxy-Authorization' : 'Authorization', value];
  }
  return undefined;
}
