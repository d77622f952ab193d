import { BlockList, isIP, isIPv6 } from 'node:net';

/** Loopback, private, link-local and shared addresses (RFC 1918, 3927, 4193, 4291, 6598). */
const OWN = new BlockList();
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
] as const) {
  OWN.addSubnet(network, prefix, 'ipv4');
}
OWN.addAddress('::1', 'ipv6');
OWN.addSubnet('fc00::', 7, 'ipv6');
OWN.addSubnet('fe80::', 10, 'ipv6');

/** Whether an IP address cannot be one of the internet. */
export const isOwnNetwork = (address: string): boolean =>
  isIP(address) !== 0 && OWN.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
