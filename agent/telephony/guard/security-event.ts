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

/** `[2026-11-30 09:00:00.000] SECURITY[7] res_security_log.c: SecurityEvent="…",…,Service="…",` */
const BEGINS =
  /^\[[^\]]*\] SECURITY\[\d+\](?:\[[^\]]*\])? \S+ SecurityEvent="(\w+)",(?:\w+="[^"]*",)*?Service="(\w+)",/u;
/** The last address of a line, with nothing but whole pairs behind it. */
const FROM = /^.*,RemoteAddress="([^"\\]*)"(?:,\w+="(?:[^"\\]|\\.)*")*$/u;

/**
 * Reads a line of Asterisk's security log: `Key="value"` pairs in an order of their own (main/security_events.c),
 * whose values are written as they came (res/res_security_log.c). Before the address stands what a stranger may
 * fill with pairs that look like Asterisk's own, the Call-ID; behind it stand only values in which a quotation
 * mark has a backslash before it, as SIP wants it (RFC 3261, 25.1). So the last address is the one that the
 * request came from.
 * @returns undefined for a line that is no event, or tells no address
 */
export function securityEventIn(line: string): SecurityEvent | undefined {
  const [, kind, service] = BEGINS.exec(line) ?? [];
  const address = addressIn(FROM.exec(line)?.[1] ?? '');
  if (kind === undefined || service === undefined || address === undefined) return undefined;
  return { kind, service, address };
}

/** `IPV4/UDP/192.0.2.7/5060` → `192.0.2.7`. */
function addressIn(remote: string): string | undefined {
  const [, , host = ''] = remote.split('/');
  const bare = host.replace(/^\[|\]$/gu, '').replace(/%\w+$/u, '');
  return isIP(bare) === 0 ? undefined : bare;
}
