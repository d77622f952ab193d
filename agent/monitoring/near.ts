import { lookup, type LookupAddress } from 'node:dns';
import { readFileSync } from 'node:fs';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { monitoringErrors } from './errors.js';

/** This machine, and what RFC 1918, RFC 4193 and RFC 4291 (2.5.6) keep for local networks. */
const NEAR = new BlockList();
for (const [network, prefix, family] of [
  ['127.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['::1', 128, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
] as const) {
  NEAR.addSubnet(network, prefix, family);
}

/** Whether an IP address is this machine's own, or one of a local network. */
export const isNear = (address: string): boolean =>
  NEAR.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** The host of a URL as an IP address without brackets; undefined for a name. */
export function addressOf(url: URL): string | undefined {
  const host = url.hostname.replace(/^\[(.*)\]$/u, '$1');
  return isIP(host) === 0 ? undefined : host;
}

/**
 * Looks a name up as the system does, and gives nothing away that is outside: a name may lead elsewhere
 * tomorrow. The error is MONITORING_COLLECTOR_OUTSIDE.
 */
export const lookUpNear: LookupFunction = (host, options, callback) => {
  lookup(host, { ...options, all: true }, (fault, addresses: readonly LookupAddress[]) => {
    const [first] = fault === null ? addresses : [];
    if (fault !== null || first === undefined) {
      callback(fault, '', 0);
    } else if (!addresses.every(({ address }) => isNear(address))) {
      callback(monitoringErrors.make('COLLECTOR_OUTSIDE', { place: host }), '', 0);
    } else if (options.all === true) {
      callback(null, [...addresses]);
    } else {
      callback(null, first.address, first.family);
    }
  });
};

/** How connections to a collector are opened. @throws if the file of the authority cannot be read */
export const connections = ({ authority }: { readonly authority: string }) => ({
  lookup: lookUpNear,
  ...(authority === '' ? {} : { ca: readFileSync(authority) }),
});
