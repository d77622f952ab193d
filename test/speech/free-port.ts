import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** Below the ports that the system gives to whoever asks for any: nobody else is given one of these. */
const [FROM, TO, SOUND_TO] = [16_500, 25_000, 32_000] as const;

/** A port of loopback that is free now, TCP and UDP; the first of `count` in a row. */
export async function freePort(count = 1): Promise<number> {
  for (;;) {
    const port = randomInt(FROM, TO - count);
    const row = Array.from({ length: count }, (_, at) => port + at);
    const free = await Promise.all(
      row.map(async (one) => (await tcpIsFree(one)) && (await udpIsFree(one))),
    );
    if (free.every(Boolean)) return port;
  }
}

/** Where a PBX may begin to take ports for sound: at least 500 of them. */
export const soundPort = (): number => randomInt(TO, SOUND_TO);

const tcpIsFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(true);
      });
    });
  });

const udpIsFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => {
      socket.close();
      resolve(false);
    });
    socket.bind(port, '127.0.0.1', () => {
      socket.close(() => {
        resolve(true);
      });
    });
  });
