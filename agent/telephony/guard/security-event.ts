import { isIP } from 'node:net';

/** A security event of Asterisk, as far as the guard looks: who did what, never to which account. */
export interface SecurityEvent {
  /** Such as InvalidPassword, ChallengeSent. */
  readonly kind: string;
  readonly service: string;
  /** Where the packet came from. */
  readonly address: string;
}

/** What counts against an address; a challenge counts until it is answered rightly. */
export const OFFENCES: ReadonlySet<string> = new Set([
  ...['ChallengeSent', 'ChallengeResponseFailed', 'InvalidAccountID', 'InvalidPassword'],
  ...['RequestBadFormat', 'RequestNotAllowed', 'RequestNotSupported', 'UnexpectedAddress'],
]);
export const REHABILITATION = 'SuccessfulAuth';

/**
 * Reads a line of Asterisk's security log (main/security_events.c): `Key="value"` pairs. Values hold
 * what a stranger sent, with quotes escaped: pairs are read one by one, so that none can be forged by
 * a value.
 * @returns undefined for a line that is no event, or tells no address
 */
export function securityEventIn(line: string): SecurityEvent | undefined {
  const start = line.indexOf('SecurityEvent="');
  if (start < 0) return undefined;
  const fields = new Map<string, string>();
  const pair = /(\w+)="((?:[^"\\]|\\.)*)"(?:,|$)/uy;
  pair.lastIndex = start;
  for (let found = pair.exec(line); found !== null; found = pair.exec(line)) {
    const [, name = '', value = ''] = found;
    // The first one counts: Asterisk writes its own fields before a stranger's.
    if (!fields.has(name)) fields.set(name, value);
  }
  const kind = fields.get('SecurityEvent');
  const address = addressIn(fields.get('RemoteAddress') ?? '');
  if (kind === undefined || address === undefined) return undefined;
  return { kind, service: fields.get('Service') ?? '', address };
}

/** `IPV4/UDP/192.0.2.7/5060` → `192.0.2.7`. */
function addressIn(remote: string): string | undefined {
  const [, , host = ''] = remote.split('/');
  const bare = host.replace(/^\[|\]$/gu, '').replace(/%\w+$/u, '');
  return isIP(bare) === 0 ? undefined : bare;
}
