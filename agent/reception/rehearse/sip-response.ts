import { formatSip, parameterOf, type HeaderList, type SipMessage } from './sip-message.js';
import type { Endpoint } from './sip-transactions.js';

/** A response to `request`, which came from `source`; `toTag` is ours if the request has none. */
export function formatResponse(
  request: SipMessage,
  source: Endpoint,
  toTag: string,
  status: number,
  reason: string,
  headers: HeaderList,
  body: string,
): Buffer {
  const copied = request.headers.entries
    .filter(([name]) => ['via', 'record-route', 'from', 'call-id', 'cseq'].includes(name))
    .map(([name, value]) => [name, value] as const);
  const first = copied.findIndex(([name]) => name === 'via');
  const top = copied[first];
  if (top !== undefined) {
    // RFC 3581: tell the sender where it was seen.
    const seen = /;rport(?=;|$)/iu.test(top[1])
      ? top[1].replace(/;rport(?=;|$)/iu, `;rport=${source.port}`)
      : top[1];
    copied[first] = ['via', `${seen};received=${source.host}`];
  }
  const to = request.headers.get('to') ?? '';
  const tagged = parameterOf(to, 'tag') !== undefined || status === 100 ? to : `${to};tag=${toTag}`;
  return formatSip({
    method: undefined,
    uri: '',
    status,
    reason,
    headers: [...copied, ['To', tagged], ...headers],
    body,
  });
}
