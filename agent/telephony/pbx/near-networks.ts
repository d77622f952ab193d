import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { PbxSettings } from './settings.js';

/** This machine's own addresses, each as a network. */
const ownAddresses = (): readonly string[] => {
  const found = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const addresses = ['127.0.0.1', ...found.map(({ address }) => address)];
  return [...new Set(addresses)].map((one) => `${one}/${isIP(one) === 6 ? '128' : '32'}`);
};

/**
 * Networks to whose addresses Asterisk tells our own address, and not the advertised one. Where there are any, it puts
 * the advertised one only in place of an address that is in one of them, so ours are among them; where there are none
 * it always does.
 */
export const nearNetworks = ({ sip }: PbxSettings): readonly string[] =>
  sip.advertised === undefined || sip.localNetworks.length === 0
    ? sip.localNetworks
    : [...new Set([...sip.localNetworks, ...ownAddresses()])];
