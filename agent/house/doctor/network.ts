import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';
import { fail, ok, skipped, warn, type Check } from './check.js';

/** Addresses that no provider on the internet can send to (RFC 1918, RFC 6598, RFC 3927, RFC 4193). */
const PRIVATE =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|169\.254\.|127\.|f[cd][0-9a-f]{2}:|fe80:|::1$)/iu;
/** Names that only a network of one's own knows (RFC 6762, RFC 8375), or an address as above. */
const isInside = (host: string): boolean =>
  PRIVATE.test(host) || /^[^.:]+$|\.(?:local|lan|internal|home\.arpa)$/iu.test(host);
const ANY = /^(?:0\.0\.0\.0|::)$/u;

const nat: Check = {
  id: 'network.nat',
  title: 'addresses that sound is sent to',
  why: 'whoever is told a wrong address sends the sound there, and the line is silent one way',
  needs: 'configuration',
  run({ settings, machine }) {
    const { bind, advertised, localNetworks } = settings.pbx.sip;
    const outside = settings.pbx.trunks.find(({ host }) => !isInside(host));
    if (advertised === undefined) {
      // Who listens on 0.0.0.0 is not reached by the IPv6 address that a machine behind NAT often has too.
      const reached = (one: string): boolean => bind !== '0.0.0.0' || isIP(one) === 4;
      const ours = ANY.test(bind) ? machine.addresses.filter(reached) : [bind];
      if (outside !== undefined && !ours.some((one) => isIP(one) !== 0 && !PRIVATE.test(one))) {
        return fail(
          `trunk ${outside.id} is outside, and is told a private address`,
          'Set pbx.sip.advertised to the address that your router has outside',
        );
      }
      return ok(`as they are: ${bind}`);
    }
    if (PRIVATE.test(advertised) && outside !== undefined) {
      return fail(
        `trunk ${outside.id} is outside, and ${advertised} can only be reached inside`,
        'Set pbx.sip.advertised to the address that your router has outside',
      );
    }
    // An inside address that is not ours is that of the machine around a container: everybody needs it.
    const around = PRIVATE.test(advertised) || machine.addresses.includes(advertised);
    if (localNetworks.length === 0 && !around) {
      return warn(
        `everybody is told ${advertised}, the telephones in the office too`,
        'Name the networks of the office in pbx.sip.localNetworks, such as 192.168.1.0/24',
      );
    }
    return ok(`outside ${advertised}, inside ${bind}`);
  },
};

const rtp: Check = {
  id: 'network.rtp',
  title: 'sound gets in and out of this machine',
  why: 'a firewall on this machine that stops the ports of sound makes calls silent, one way or both',
  needs: 'configuration',
  async run({ settings, machine }) {
    const { from, to } = settings.pbx.rtp;
    const { bind } = settings.pbx.sip;
    const inside = machine.addresses.find((one) => isIP(one) === 4) ?? '127.0.0.1';
    const host = ANY.test(bind) ? inside : bind;
    const range = `UDP ${String(from)}-${String(to)}`;
    switch (await machine.soundPasses(host, from, to)) {
      case 'both':
        return ok(`${range} on ${host}, there and back`);
      case 'none':
        return fail(
          `packets do not pass through ${range} on ${host}`,
          `Open ${range} in the firewall of this machine (nft list ruleset), in and out`,
        );
      case 'busy':
        return skipped('no two ports are free to try it with, or the address is not ours');
    }
  },
};

export const networkChecks: readonly Check[] = [nat, rtp];

const PACKETS = 5;
const WAIT_MS = 500;
const TRIES = 20;

/** Whether packets get from one port between `from` and `to` on `host` to another and back. */
export async function soundPasses(
  host: string,
  from: number,
  to: number,
): Promise<'both' | 'none' | 'busy'> {
  const sockets: Awaited<ReturnType<typeof bound>>[] = [];
  try {
    const step = Math.max(1, Math.floor((to - from) / TRIES));
    for (let port = from; port <= to && sockets.length < 2; port += step) {
      const socket = await bound(host, port);
      if (socket !== undefined) sockets.push(socket);
    }
    const [near, far] = sockets;
    if (near === undefined || far === undefined) return 'busy';
    far.on('message', (bytes, { port, address }) => {
      far.send(bytes, port, address);
    });
    return await new Promise((resolve) => {
      const late = setTimeout(() => {
        resolve('none');
      }, WAIT_MS);
      near.once('message', () => {
        clearTimeout(late);
        resolve('both');
      });
      // A single packet may be lost anywhere.
      for (let packet = 0; packet < PACKETS; packet += 1) {
        near.send(Buffer.alloc(172), far.address().port, host);
      }
    });
  } finally {
    for (const socket of sockets) socket?.close();
  }
}

function bound(host: string, port: number): Promise<ReturnType<typeof createSocket> | undefined> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  return new Promise((resolve) => {
    socket.once('error', () => {
      socket.close();
      resolve(undefined);
    });
    socket.bind({ address: host, port, exclusive: true }, () => {
      // From here on a refused packet is one that does not come back.
      socket.removeAllListeners('error');
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });
}
