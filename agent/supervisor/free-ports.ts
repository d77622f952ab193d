import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import type { Listens } from './plan.js';

/**
 * Finds which of `addresses` another program has. Asterisk starts without a transport that it
 * cannot bind and says so only in its log; callers would find nobody.
 */
export async function takenOf(addresses: readonly Listens[]): Promise<readonly Listens[]> {
  const free = await Promise.all(addresses.map(isFree));
  return addresses.filter((_, index) => free[index] === false);
}

/** Any other fault than "taken", such as an address that is not ours, is Asterisk's to report. */
const isTaken = (error: NodeJS.ErrnoException): boolean =>
  error.code === 'EADDRINUSE' || error.code === 'EACCES';

function isFree({ protocol, host, port }: Listens): Promise<boolean> {
  return new Promise((resolve) => {
    if (protocol === 'udp') {
      const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
      socket.once('error', (error) => {
        socket.close();
        resolve(!isTaken(error));
      });
      socket.bind({ address: host, port, exclusive: true }, () => {
        socket.close(() => {
          resolve(true);
        });
      });
      return;
    }
    const server = createServer();
    server.once('error', (error) => {
      resolve(!isTaken(error));
    });
    server.listen({ host, port, exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
