import { createSocket } from 'node:dgram';
import { rehearseErrors } from './errors.js';
import type { Endpoint } from './sip-transactions.js';

/** Our own address towards `server`. Throws REHEARSE_BAD_ADDRESS. */
export async function localHostTowards(server: Endpoint): Promise<string> {
  const socket = createSocket('udp4');
  try {
    // Connecting a UDP socket sends nothing; it asks the system for the route.
    return await new Promise<string>((resolve, reject) => {
      socket.once('error', reject);
      socket.connect(server.port, server.host, () => {
        resolve(socket.address().address);
      });
    });
  } catch (cause) {
    throw rehearseErrors.make('BAD_ADDRESS', { place: `${server.host}:${server.port}`, cause });
  } finally {
    socket.close();
  }
}
