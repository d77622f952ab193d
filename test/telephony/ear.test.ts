import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import t, { type Test } from 'tap';
import { WebSocketServer, type WebSocket } from 'ws';
import { FRAME_SAMPLES, bytesOfPcm } from '../../agent/audio/frame.js';
import { Events } from '../../agent/events.js';
import { silentLog } from '../../agent/log.js';
import type { Ari, AriEvents } from '../../agent/telephony/ari.js';
import { earNames } from '../../agent/telephony/ear-channels.js';
import { Ear } from '../../agent/telephony/ear.js';
import { FakeClock } from './fake-clock.js';
import { mediaServer } from './media-server.js';

const CALL = '11111111-1111-4111-8111-111111111111-1';
const { snoop, media, bridge } = earNames(CALL);

/** An ear of `caller` in an Asterisk whose media socket is at `url`; what was ended there. */
function earAt(url: string, bridged: (events: Events<AriEvents>) => void = () => undefined) {
  const events = new Events<AriEvents>(silentLog);
  const ended: string[] = [];
  const end = (id: string): Promise<void> => {
    ended.push(id);
    return Promise.resolve();
  };
  const done = (): Promise<void> => Promise.resolve();
  const ari = {
    ...{ events, address: { url, app: 'vestibule' }, hangUp: end, destroyBridge: end },
    ...{ snoop: done, createBridge: done, startSilence: done },
    media: () => Promise.resolve('connection'),
    addToBridge: () => {
      bridged(events);
      return Promise.resolve();
    },
  };
  const clock = new FakeClock();
  const ear = new Ear(ari as unknown as Ari, 'caller', CALL, silentLog, clock);
  const starts = (id: string): void => {
    events.emit('stasis-start', { channel: { id } as never, args: [] });
  };
  return { ear, events, ended, starts, clock };
}

void t.test(
  'a caller who hangs up while the ear is made: opening ends, nothing is left',
  async (t) => {
    const { ear, events, ended, starts } = earAt('http://127.0.0.1:1');
    const opening = ear.open();
    starts(snoop);
    // The media channel never enters: the caller has gone.
    events.emit('stasis-end', { channelId: 'caller' });
    await t.rejects(opening, { code: 'TELEPHONY_EAR_LOST' }, 'and does not wait for ever');
    t.same(ended.sort(), [bridge, media, snoop].sort());
  },
);

void t.test('one who hangs up at the last moment of it is noticed, too', async (t) => {
  const { url } = await mediaServer(t);
  const { ear, ended, starts } = earAt(new URL(url).origin.replace('ws', 'http'), (events) => {
    events.emit('stasis-end', { channelId: 'caller' });
  });
  const opening = ear.open();
  starts(snoop);
  starts(media);
  await t.rejects(opening, { code: 'TELEPHONY_EAR_LOST' });
  t.same(ended.sort(), [bridge, media, snoop].sort());
});

/** Asterisk's side of all media sockets of an ear, in the order in which they came. */
async function mediaSockets(t: Test) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  t.teardown(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  const sockets: WebSocket[] = [];
  server.on('connection', (socket) => sockets.push(socket));
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return { origin, sockets };
}

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
};

/** A frame that alternates, so that it is known by its level. */
const frameOf = (level: number): Uint8Array =>
  bytesOfPcm(
    Int16Array.from({ length: FRAME_SAMPLES }, (_, at) => (at % 2 === 0 ? level : -level)),
  );

void t.test('after a line stood still fresh channels take over, and nothing is cut', async (t) => {
  const { origin, sockets } = await mediaSockets(t);
  const { ear, ended, starts, clock } = earAt(origin);
  t.teardown(() => ear.close());
  const levels: number[] = [];
  let lastAtMs = -20;
  ear.listen({
    frame: (pcm, atMs) => {
      levels.push(pcm[0] ?? 0);
      t.equal(atMs, (lastAtMs += 20), 'each in its place');
    },
    played: () => undefined,
    key: () => undefined,
    closed: () => t.fail('the line stays'),
  });
  const opening = ear.open();
  starts(snoop);
  starts(media);
  await opening;
  const [first] = sockets;
  const hears = async (socket: WebSocket | undefined, level: number, count: number) => {
    const before = levels.length;
    for (let one = 0; one < count; one += 1) socket?.send(frameOf(level));
    await until(() => levels.length === before + count);
  };
  await hears(first, 8, 5);
  const playback = ear.play();
  playback.write(new Int16Array(FRAME_SAMPLES * 50));
  playback.end();
  await hears(first, 0, 15);
  await hears(first, 9, 1);

  const fresh = earNames(`${CALL}-2`);
  await until(() => sockets.length > 1);
  starts(fresh.snoop);
  starts(fresh.media);
  await hears(first, 9, 20);
  const second = sockets[1];
  // What the fresh one hears meanwhile is heard once it has taken over.
  for (let one = 0; one < 30; one += 1) second?.send(frameOf(7));
  await until(() => levels.includes(7));
  await hears(first, 9, 0);
  t.same(ended, [], 'what is being said is said by those that began it');
  for (let one = 0; one < 5; one += 1) first?.send(frameOf(9));
  await until(() => levels.filter((level) => level === 7).length >= 15);
  t.notOk(levels.slice(levels.indexOf(7)).includes(9), 'nothing is heard twice');

  first?.on('message', (data: Buffer, binary) => {
    if (!binary && data.includes('GET_STATUS')) {
      first.send(JSON.stringify({ event: 'STATUS', queue_length: 12 }));
    }
  });
  const next = ear.play();
  t.same((await playback.done).whole, false, 'a new one stops what was said before');
  next.end();
  await until(() => {
    t.ok(ended.length === 0 || clock.monotonic() >= 500, 'what waits in Asterisk is heard, too');
    clock.advance(100);
    return ended.length === 3;
  });
  t.same(ended.sort(), [bridge, media, snoop].sort(), 'then they are ended');
});
