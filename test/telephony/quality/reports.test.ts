import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import t, { type Test } from 'tap';
import type { RtpStatistics } from '../../../agent/telephony/ari.js';
import { qualityOf, type CallQuality } from '../../../agent/telephony/quality/figures.js';
import { BootedPbx, lacking, until } from '../pbx/booted.js';
import { rawCall } from '../pbx/raw-call.js';

const HOST = '127.0.0.1';
/** Our own source of sound, in RTP and RTCP. */
const OURS = 0x5eed;

/** Two sockets of neighbouring ports: sound, and reports of it. */
async function pair(t: Test): Promise<readonly [rtp: Socket, rtcp: Socket]> {
  for (let port = 41_000; ; port += 2) {
    const sockets = [createSocket('udp4'), createSocket('udp4')] as const;
    try {
      for (const [at, socket] of sockets.entries()) {
        socket.bind(port + at, HOST);
        await once(socket, 'listening');
      }
      t.teardown(() => {
        for (const socket of sockets) socket.close();
      });
      return sockets;
    } catch {
      for (const socket of sockets) socket.close();
    }
  }
}

/** Silence in G.711, 20 ms of it. */
function sound(at: number): Buffer {
  const packet = Buffer.alloc(172, 0xff);
  packet.writeUInt16BE(0x8000, 0);
  packet.writeUInt16BE(at, 2);
  packet.writeUInt32BE(at * 160, 4);
  packet.writeUInt32BE(OURS, 8);
  return packet;
}

/** How the packets of `source` came (RFC 3550, 6.4.2): lost in all, 24 bits; jitter in units of 1/8000 s. */
function report(source: number, lost: number, jitter: number): Buffer {
  const packet = Buffer.alloc(32);
  packet.writeUInt32BE(0x81c90007, 0);
  packet.writeUInt32BE(OURS, 4);
  packet.writeUInt32BE(source, 8);
  packet.writeUInt32BE(lost, 12);
  packet.writeUInt32BE(jitter, 20);
  return packet;
}

void t.test(
  'what the other end reports is known, in its units; what it does not is unknown',
  { skip: lacking },
  async (t) => {
    const pbx = await BootedPbx.boot(t);
    const [rtp, rtcp] = await pair(t);
    const { port } = await rawCall(t, pbx, HOST, rtp.address().port);
    let source: number | undefined;
    rtp.on('message', (packet) => {
      source ??= packet.readUInt32BE(8);
    });
    let at = 0;
    const speaking = setInterval(() => {
      rtp.send(sound((at += 1)), port, HOST);
    }, 20);
    t.teardown(() => {
      clearInterval(speaking);
    });
    const [channel] = await pbx.channels();
    const told = async (): Promise<CallQuality | undefined> => {
      const { body } = await pbx.ari('GET', `/channels/${channel?.id ?? ''}/rtp_statistics`);
      return qualityOf(body as RtpStatistics, 10_000);
    };
    await until(
      async () => (await told()) !== undefined,
      'two seconds of sound went there and back',
    );
    t.match(await told(), { oneWay: 'none', lossOut: undefined, roundTripMs: undefined });
    const alone = await told();
    t.not(alone?.mos, undefined, 'an estimate of the way that is known');
    const { jitterInMs = 0 } = alone ?? {};
    t.ok(jitterInMs > 0 && jitterInMs < 1_000, 'that of what comes here is known, in seconds');

    rtcp.send(report(source ?? 0, 10, 160), port + 1, HOST);
    const reported = await until(async () => {
      const quality = await told();
      return quality?.lossOut !== undefined && quality;
    }, 'a report came');
    t.equal(reported.jitterOutMs, 20, '160 units of 1/8000 s');
    t.not(reported.jitterInMs, 20, 'and is not that of what comes here');
    t.ok((reported.lossOut ?? 0) > 0.02 && (reported.lossOut ?? 1) <= 0.1, 'ten of all that went');
    t.ok((reported.mos ?? 5) < 4.3, 'and the estimate is of it');

    rtcp.send(report(source ?? 0, 0xffffff, 80), port + 1, HOST);
    const twice = await until(async () => {
      const quality = await told();
      return quality?.jitterOutMs === 15 && quality;
    }, 'another one came, and the average is of both');
    t.equal(twice.lossOut, 0, 'one that came twice is no loss');
  },
);
