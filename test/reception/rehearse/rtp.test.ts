import t from 'tap';
import { eventPackets, isKey, KeyReceiver } from '../../../agent/reception/rehearse/dtmf.js';
import { Playout } from '../../../agent/reception/rehearse/playout.js';
import { StereoRecording } from '../../../agent/reception/rehearse/recording.js';
import { formatRtp, parseRtp } from '../../../agent/reception/rehearse/rtp.js';
import {
  formatSdp,
  G722,
  mirrored,
  parseSdp,
  PCMA,
  PCMU,
} from '../../../agent/reception/rehearse/sdp.js';
import { tone } from './tone.js';

void t.test('RTP packets', (t) => {
  const packet = {
    payloadType: 101,
    marker: true,
    sequence: 65_535,
    timestamp: 4_294_967_295,
    ssrc: 0xdeadbeef,
    payload: Uint8Array.of(1, 2, 3),
  };
  t.strictSame(parseRtp(formatRtp(packet)), packet);
  // One contributing source, an extension of one word, two bytes of padding.
  const full = Buffer.from(
    'b1000001000000a000000001' + '00000009' + 'bede0001' + '11223344' + 'aabb' + '0002',
    'hex',
  );
  t.strictSame([...parseRtp(full)!.payload], [0xaa, 0xbb]);
  for (const noise of ['', '80', '40000001000000a000000001', '8f000001000000a000000001']) {
    t.equal(parseRtp(Buffer.from(noise, 'hex')), undefined);
  }
  t.end();
});

void t.test('keys as RFC 4733 events', (t) => {
  const packets = eventPackets('*', 100);
  t.equal(packets.length, 8);
  t.strictSame(
    packets.map((packet) => packet.marker),
    [true, false, false, false, false, false, false, false],
  );
  t.strictSame([...packets[0]!.payload], [10, 10, 0, 160]);
  t.strictSame([...packets[7]!.payload], [10, 0x8a, 3, 32]);
  const receiver = new KeyReceiver();
  const heard = packets.map((packet) => receiver.push(packet.payload, 800));
  t.strictSame(heard, ['*', ...Array<undefined>(7).fill(undefined)], 'heard once');
  t.equal(receiver.push(packets[7]!.payload, 4000), '*', 'the end alone is enough');
  t.equal(receiver.push(Uint8Array.of(16, 10, 0, 160), 8000), undefined, 'hook flash is no key');
  t.equal(receiver.push(Uint8Array.of(1), 9000), undefined);
  t.strictSame(['0', '#', 'D', 'E', '', '10'].map(isKey), [true, true, true, false, false, false]);
  t.end();
});

void t.test('SDP is written and read', (t) => {
  const own = { host: '127.0.0.1', port: 4000, direction: 'sendrecv', version: 1 } as const;
  t.strictSame(parseSdp(formatSdp({ ...own, codecs: [PCMU, PCMA], events: 101 })), {
    host: '127.0.0.1',
    port: 4000,
    codecs: [PCMU, PCMA],
    events: 101,
    direction: 'sendrecv',
  });
  const asterisk = [
    'v=0',
    'o=- 1 2 IN IP4 10.0.0.1',
    's=x',
    'c=IN IP4 10.0.0.1',
    't=0 0',
    'a=sendonly',
    'm=video 1 RTP/AVP 99',
    'm=audio 17000 RTP/AVP 9 8 96',
    'c=IN IP4 10.0.0.2',
    'a=rtpmap:9 G722/8000',
    'a=rtpmap:96 telephone-event/8000',
    'm=text 2 RTP/AVP 0',
  ].join('\r\n');
  t.strictSame(parseSdp(asterisk), {
    host: '10.0.0.2',
    port: 17_000,
    codecs: [G722, PCMA],
    events: 96,
    direction: 'sendonly',
  });
  t.match(
    formatSdp({ ...own, codecs: [G722], events: undefined }),
    /RTP\/AVP 9\r\na=rtpmap:9 G722\/8000\r\n/u,
    'its clock is said to be 8000, as ever',
  );
  t.equal(mirrored('sendonly'), 'recvonly');
  t.equal(parseSdp('v=0'), undefined);
  t.equal(parseSdp('m=audio 1 RTP/AVP 0'), undefined, 'no address');
  t.end();
});

void t.test('the playout keeps speech whole and follows the other side', (t) => {
  const playout = new Playout();
  const loud = tone(500, 20);
  const quiet = new Int16Array(160);
  const base = 4_294_967_200;
  const at = (n: number): number => (base + n * 160) >>> 0;
  t.equal(playout.place(1, at(0), loud, 1000), 1000);
  t.equal(playout.place(1, at(1), loud, 1035), 1020, 'late by 15 ms: jitter');
  t.equal(playout.place(1, at(3), loud, 1060), 1060, 'one is missing: its place stays empty');
  t.equal(playout.place(1, at(2), loud, 1062), 1040, 'overtaken');
  t.equal(playout.place(1, at(4), loud, 1280), 1280, 'a stall of 200 ms is heard');
  t.equal(playout.place(1, at(5), loud, 1281), 1300);
  t.equal(playout.place(1, at(6), loud, 1282), 1320, 'speech is never left out');
  t.equal(playout.place(1, at(7), quiet, 1283), undefined, 'silence is, to catch up');
  t.equal(playout.place(1, at(8), loud, 1320), 1340);
  t.equal(playout.place(2, 77, loud, 1400), 1400, 'a new source');
  t.equal(playout.place(2, 77 + 80_000, loud, 1420), 1420, 'a jump of its clock');
  t.end();
});

void t.test('the recording keeps times, and silence between', (t) => {
  const recording = new StereoRecording();
  recording.heard(100, Int16Array.of(1, 2, 3));
  recording.said(0, Int16Array.of(7));
  recording.heard(-50, Int16Array.of(9));
  t.equal(recording.channels().said.length, 803);
  t.strictSame([...recording.heardBetween(99.75, 100.5)], [0, 0, 1, 2, 3, 0]);
  t.strictSame([...recording.heardBetween(-1, 0)], Array<number>(8).fill(0));
  recording.said(120_000, Int16Array.of(5));
  t.equal(recording.channels().said.at(-1), 5, 'it grows');
  t.end();
});
