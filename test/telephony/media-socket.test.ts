import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import t, { type Test } from 'tap';
import { FRAME_BYTES } from '../../agent/audio/frame.js';
import { MediaSocket } from '../../agent/telephony/media-socket.js';
import { mediaServer } from './media-server.js';

/** What a socket told its listener, in order, and a way to await it. */
function toldBy() {
  const told: string[] = [];
  const frames: Buffer[] = [];
  let look: () => void = () => undefined;
  const tell = (what: string): void => {
    told.push(what);
    look();
  };
  return {
    told,
    frames,
    until: async (count: number): Promise<void> => {
      while (told.length < count) await new Promise<void>((resolve) => (look = resolve));
    },
    listener: {
      frame: (bytes: Buffer) => {
        frames.push(bytes);
        tell('frame');
      },
      held: (full: boolean) => {
        tell(full ? 'held' : 'free');
      },
      drained: () => {
        tell('drained');
      },
      closed: () => {
        tell('closed');
      },
    },
  };
}

async function opened(t: Test) {
  const server = await mediaServer(t);
  const heard = toldBy();
  const socket = new MediaSocket(server.url, heard.listener);
  t.teardown(() => {
    socket.close();
  });
  await socket.open();
  const connection = await server.connected();
  return { server, heard, socket, connection };
}

void t.test('audio is cut into frames, however it arrives', async (t) => {
  const { server, heard, connection } = await opened(t);
  t.equal(connection.protocol, 'media');
  const sound = Buffer.from(Array.from({ length: FRAME_BYTES * 3 + 5 }, (_, at) => at % 251));
  for (const [from, to] of [
    [0, 7],
    [7, FRAME_BYTES * 2 + 100],
    [FRAME_BYTES * 2 + 100, sound.length],
  ] as const) {
    server.audio(sound.subarray(from, to));
  }
  await heard.until(3);
  server.audio(Buffer.alloc(FRAME_BYTES - 5));
  await heard.until(4);
  t.ok(heard.frames.every((frame) => frame.length === FRAME_BYTES));
  t.ok(Buffer.concat(heard.frames.slice(0, 3)).equals(sound.subarray(0, FRAME_BYTES * 3)));
  t.ok(heard.frames[3]?.subarray(0, 5).equals(sound.subarray(FRAME_BYTES * 3)));
});

void t.test('a short frame is filled up with silence', async (t) => {
  const { server, socket } = await opened(t);
  socket.send(new Uint8Array(FRAME_BYTES).fill(1));
  socket.send(new Uint8Array(10).fill(1));
  await server.untilCame(2);
  t.strictSame(server.lengths, [FRAME_BYTES, FRAME_BYTES]);
});

void t.test('control messages reach the listener; what is none is passed over', async (t) => {
  const { server, heard } = await opened(t);
  for (const text of ['not json', 'null', '7', '{}', '{"event":"MEDIA_START"}']) server.text(text);
  server.event('MEDIA_XOFF');
  server.event('MEDIA_XON');
  server.event('QUEUE_DRAINED');
  await heard.until(3);
  t.strictSame(heard.told, ['held', 'free', 'drained']);
});

void t.test('a flush asks first, and each answer goes to its own question', async (t) => {
  const { server, socket } = await opened(t);
  const answers = [socket.flush(), socket.flush()];
  await server.untilCame(4);
  t.strictSame(server.came, ['GET_STATUS', 'FLUSH_MEDIA', 'GET_STATUS', 'FLUSH_MEDIA']);
  server.event('STATUS', { queue_length: 12 });
  server.event('STATUS', { queue_length: 3 });
  t.strictSame(await Promise.all(answers), [12, 3]);
});

void t.test('an end is told once, and leaves no question open', async (t) => {
  const { heard, socket, connection } = await opened(t);
  const asked = socket.flush();
  connection.terminate();
  t.equal(await asked, undefined);
  await heard.until(1);
  socket.close();
  socket.close();
  t.strictSame(heard.told, ['closed']);
  t.equal(await socket.flush(), undefined);
  socket.send(new Uint8Array(FRAME_BYTES));
  socket.reportDrained();
});

void t.test('an address that does not answer rejects', async (t) => {
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const { port } = free.address() as AddressInfo;
  free.close();
  const heard = toldBy();
  const socket = new MediaSocket(`ws://127.0.0.1:${String(port)}/media/none`, heard.listener);
  await t.rejects(socket.open(), { code: 'ECONNREFUSED' });
  t.strictSame(heard.told, ['closed']);
});

void t.test('a message too long to be audio ends the socket', async (t) => {
  const { server, heard } = await opened(t);
  server.audio(Buffer.alloc(65_537));
  await heard.until(1);
  t.strictSame(heard.told, ['closed']);
});
