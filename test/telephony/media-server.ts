import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Test } from 'tap';
import { WebSocketServer, type WebSocket } from 'ws';

/** A fake of Asterisk's side of a media socket. */
export interface MediaServer {
  readonly url: string;
  /** What came, in order: frames as `frame`, commands by their name. */
  readonly came: string[];
  /** The length of each binary message. */
  readonly lengths: number[];
  /** Called for each command. */
  onCommand: (command: string) => void;
  event(event: string, more?: object): void;
  audio(bytes: Buffer): void;
  text(text: string): void;
  /** Resolves with the connection once it is there. */
  connected(): Promise<WebSocket>;
  /** Resolves once `count` things came. */
  untilCame(count: number): Promise<void>;
}

/** A fake media channel on an ephemeral port, ended with the test. */
export async function mediaServer(t: Test): Promise<MediaServer> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  t.teardown(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  const connection = (once(server, 'connection') as Promise<[WebSocket]>).then(([one]) => one);
  let socket: WebSocket | undefined;
  let look: () => void = () => undefined;
  const fake: MediaServer = {
    url: `ws://127.0.0.1:${String((server.address() as AddressInfo).port)}/media/id`,
    came: [],
    lengths: [],
    onCommand: () => undefined,
    event: (event, more = {}) => socket?.send(JSON.stringify({ event, ...more })),
    audio: (bytes) => socket?.send(bytes),
    text: (text) => socket?.send(text),
    connected: () => connection,
    untilCame: async (count) => {
      while (fake.came.length < count) await new Promise<void>((resolve) => (look = resolve));
    },
  };
  void connection.then((one) => {
    socket = one;
    one.on('message', (data: Buffer, binary) => {
      if (binary) {
        fake.came.push('frame');
        fake.lengths.push(data.length);
      } else {
        const { command } = JSON.parse(data.toString('utf8')) as { command: string };
        fake.came.push(command);
        fake.onCommand(command);
      }
      look();
    });
  });
  return fake;
}
