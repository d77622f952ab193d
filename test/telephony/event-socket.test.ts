import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import t, { type Test } from 'tap';
import { WebSocketServer, type WebSocket } from 'ws';
import { EventSocket } from '../../agent/telephony/event-socket.js';
import { FakeClock } from './fake-clock.js';

/** An event socket on a fake Asterisk; `until` awaits that so many things were told. */
async function opened(t: Test, autoPong = true) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, autoPong });
  await once(server, 'listening');
  t.teardown(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  const clock = new FakeClock();
  const told: unknown[] = [];
  let look: () => void = () => undefined;
  const tell = (what: unknown): void => {
    told.push(what);
    look();
  };
  const { port } = server.address() as AddressInfo;
  const socket = new EventSocket(
    `ws://127.0.0.1:${String(port)}/ari/events`,
    {
      up: () => {
        tell('up');
      },
      event: tell,
      down: (reason) => {
        tell(`down: ${reason}`);
      },
    },
    clock,
  );
  t.teardown(() => {
    socket.close();
  });
  const until = async (count: number): Promise<void> => {
    while (told.length < count) await new Promise<void>((resolve) => (look = resolve));
  };
  const connection = once(server, 'connection') as Promise<[WebSocket]>;
  socket.open();
  const [asterisk] = await connection;
  await until(1);
  return { asterisk, clock, told, until, socket };
}

void t.test('events are told in order; what is none is passed over', async (t) => {
  const { asterisk, told, until } = await opened(t);
  for (const text of ['{"type":"A"}', 'not json', '7', 'null', '{"type":"B","n":1}']) {
    asterisk.send(text);
  }
  await until(3);
  t.strictSame(told, ['up', { type: 'A' }, { type: 'B', n: 1 }]);
});

void t.test('a half-open socket is noticed by the missing pongs', async (t) => {
  const { asterisk, clock, told, until } = await opened(t, false);
  for (let ping = 1; ping <= 3; ping += 1) {
    const came = once(asterisk, 'ping');
    clock.advance(2_000);
    await came;
    t.strictSame(told, ['up'], `${String(ping * 2)} s of silence are believed`);
  }
  clock.advance(2_000);
  await until(2);
  t.strictSame(told, ['up', 'down: no pong']);
  await once(asterisk, 'close');
  clock.advance(60_000);
  t.strictSame(told, ['up', 'down: no pong'], 'told once');
  t.equal(clock.waiting, 0, 'no timer is left');
});

void t.test('a socket that answers is kept for as long as it does', async (t) => {
  const { asterisk, clock, told, socket } = await opened(t, false);
  for (let round = 0; round < 10; round += 1) {
    const came = once(asterisk, 'ping');
    clock.advance(2_000);
    await came;
    // An event is as good a sign of life as a pong; its telling shows that it was heard.
    const count = told.length;
    asterisk.send(`{"round":${String(round)}}`);
    while (told.length === count) await new Promise((resolve) => setImmediate(resolve));
  }
  t.strictSame(
    told.slice(1),
    Array.from({ length: 10 }, (_, round) => ({ round })),
  );
  socket.close();
  t.equal(clock.waiting, 0, 'no timer is left');
});

void t.test('a pong is a sign of life', async (t) => {
  const { asterisk, clock, told } = await opened(t, false);
  clock.advance(6_000);
  asterisk.pong();
  // The answer to a ping behind the pong shows that the pong has been heard.
  const heard = once(asterisk, 'pong');
  asterisk.ping();
  await heard;
  clock.advance(6_000);
  t.strictSame(told, ['up']);
});

void t.test('a close by Asterisk is told once, our own not at all', async (t) => {
  const first = await opened(t);
  first.asterisk.close(1001);
  await first.until(2);
  first.socket.close();
  t.strictSame(first.told, ['up', 'down: closed 1001']);
  const second = await opened(t);
  second.socket.close();
  await once(second.asterisk, 'close');
  second.clock.advance(60_000);
  t.strictSame(second.told, ['up']);
});

void t.test('an Asterisk that is not there is one down', async (t) => {
  const { told, until, socket } = refused();
  socket.open();
  await until();
  t.match(told, [/^down: .*ECONNREFUSED/u]);
});

/** An event socket to a port where nobody listens: port 1 of loopback. */
function refused() {
  const told: string[] = [];
  let look: () => void = () => undefined;
  const tell = (what: string): void => {
    told.push(what);
    look();
  };
  const socket = new EventSocket(
    'ws://127.0.0.1:1/ari/events',
    {
      up: () => {
        tell('up');
      },
      event: () => {
        tell('event');
      },
      down: (reason) => {
        tell(`down: ${reason}`);
      },
    },
    new FakeClock(),
  );
  const until = () => new Promise<void>((resolve) => (look = resolve));
  return { told, until, socket };
}
