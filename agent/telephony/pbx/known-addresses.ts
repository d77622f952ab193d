import type { PbxSettings } from './settings.js';

/** Addresses, networks and names of other PBXs and providers: the office lives on their calls. */
export const knownAddresses = ({
  trunks,
  emergency,
}: Pick<PbxSettings, 'trunks' | 'emergency'>): readonly string[] =>
  [
    ...trunks.flatMap(({ host, addresses }) => [host, ...addresses]),
    ...(emergency.trunk === undefined ? [] : [emergency.trunk]),
  ].map(withoutPort);

/** `[2001:db8::1]:5060` → `2001:db8::1`, `sip.provider.example:5060` → `sip.provider.example`. */
const withoutPort = (host: string): string =>
  host.replace(/^\[([^\]]*)\].*$/u, '$1').replace(/^([^:]*):\d+$/u, '$1');
