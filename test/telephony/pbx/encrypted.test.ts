import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import t, { type Test } from 'tap';
import { encodeWav, readWav } from '../../../agent/audio/wav.js';
import { makeCertificate } from '../../../agent/wire/certificates.js';
import { baresipCalls, noBaresip } from '../../calls/baresip.js';
import { BootedPbx, freePort, lacking } from './booted.js';

const TONE_HZ = 1_000;
/** Packets of a call, both directions together, that are enough to judge it: two seconds. */
const ENOUGH = 200;
/** A call that has not carried them by then carries none: a handshake by DTLS takes seconds on a busy machine. */
const SECONDS = 30;
const noCapture =
  spawnSync('tcpdump', ['--version']).status === 0 && process.getuid?.() === 0
    ? false
    : 'no tcpdump, or not root: nothing can be captured';
const options = { skip: lacking || noBaresip || noCapture, timeout: 120_000 };

/** Ports of one side, the last one included. */
interface Ports {
  readonly from: number;
  readonly to: number;
}

const isIn = ({ from, to }: Ports, port: number): boolean => port >= from && port <= to;

/** UDP payloads of a capture file (pcap, link type Ethernet) between those two: others call beside us. */
function udpBetween(file: string, one: Ports, other: Ports): readonly Buffer[] {
  if (!existsSync(file)) return [];
  const data = readFileSync(file);
  const payloads: Buffer[] = [];
  for (let at = 24; at + 16 <= data.length;) {
    const length = data.readUInt32LE(at + 8);
    const packet = data.subarray(at + 16, at + 16 + length);
    at += 16 + length;
    // Ethernet, IPv4 without options, UDP: loopback has no others.
    if (packet.length < 42 || packet.readUInt16BE(12) !== 0x0800 || packet[23] !== 17) continue;
    const [source, target] = [packet.readUInt16BE(34), packet.readUInt16BE(36)];
    const there = isIn(one, source) && isIn(other, target);
    if (there || (isIn(other, source) && isIn(one, target))) payloads.push(packet.subarray(42));
  }
  return payloads;
}

/** Packets of sound (RTP, RFC 3550) in which a tone can be heard: few values, over and over. */
const clearSound = (payloads: readonly Buffer[]): number =>
  payloads.filter(
    (one) =>
      one.length >= 172 &&
      ((one[0] ?? 0) & 0xc0) === 0x80 &&
      // PCMU: a tone of 1 kHz at 8 kHz takes eight values.
      ((one[1] ?? 0) & 0x7f) === 0 &&
      new Set(one.subarray(12, 172)).size <= 24,
  ).length;

/** A call of a real telephone, and what of it could be read on the way. */
async function overheard(
  t: Test,
  pbx: BootedPbx,
  encryption: 'srtp-mand' | 'dtls_srtp' | undefined,
  port: number,
  to = 'echo',
) {
  const folder = mkdtempSync(join(tmpdir(), 'vb-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const says = join(folder, 'tone.wav');
  const tone = Int16Array.from({ length: 48_000 * SECONDS }, (_, at) =>
    Math.round(8_000 * Math.sin((2 * Math.PI * TONE_HZ * at) / 48_000)),
  );
  writeFileSync(says, encodeWav([tone], 48_000));
  const file = join(folder, 'capture.pcap');
  const capture = spawn('tcpdump', ['-i', 'lo', '-U', '-w', file, '-s', '0', 'udp'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // It says on stderr that it listens, and says nothing before.
  await once(capture.stderr, 'data');
  mkdirSync(join(folder, 'phone'));
  // Sound goes by even ports: of a range that began with an odd one, baresip may take the one before it.
  const first = (await freePort()) & ~1;
  const rtp = { from: first, to: first + 9 };
  const { heard, log } = await baresipCalls({
    folder: join(folder, 'phone'),
    server: { host: '127.0.0.1', port },
    ...{ to, from: 'caller', codecs: ['PCMU/8000/1'], says, seconds: SECONDS, rtp },
    until: () => udpBetween(file, pbx.rtp, rtp).length > ENOUGH,
    ...(encryption === undefined ? {} : { encryption }),
  });
  const ended = new Promise((resolve) => capture.once('exit', resolve));
  capture.kill('SIGINT');
  await ended;
  const packets = udpBetween(file, pbx.rtp, rtp);
  const sound = heard === undefined ? new Int16Array() : (await readWav(heard)).channels[0];
  const loudest = (sound ?? new Int16Array()).reduce(
    (most, one) => Math.max(most, Math.abs(one)),
    0,
  );
  return { packets: packets.length, clear: clearSound(packets), loudest, log };
}

/** A certificate for 127.0.0.1, who signed it, and the port on which SIP is taken over TLS. */
async function tlsOf(t: Test) {
  const folder = mkdtempSync(join(tmpdir(), 'vt-tls-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const { files } = await makeCertificate(folder, ['127.0.0.1'], 30, 'Test CA');
  const { ca, certificate, key } = files;
  return { ca, tls: { port: await freePort(), certificate, key } };
}

for (const [what, encryption, by] of [
  ['a trunk: nothing of its calls can be heard on the way', 'sdes', 'srtp-mand'],
  ['a trunk by DTLS: nothing of its calls can be heard on the way', 'dtls', 'dtls_srtp'],
] as const) {
  void t.test(what, options, async (t) => {
    const { ca, tls } = await tlsOf(t);
    const trunk = { id: 'carrier', host: '127.0.0.1', caFile: ca } as const;
    const pbx = await BootedPbx.boot(t, {
      sip: { tls, strangers: false },
      trunks: [{ ...trunk, transport: 'tls', encryption }],
      fallbackRing: [],
    });
    const secret = await overheard(t, pbx, by, tls.port, 'reception');
    t.ok(secret.packets > ENOUGH, `sound went to and fro: ${secret.log.slice(-1500)}`);
    t.ok(secret.loudest > 1_000, 'and was heard');
    t.equal(secret.clear, 0, 'none of it in clear');
  });
}

for (const [what, kind, encryption] of [
  ['SDES: nothing of a call can be heard on the way', 'sdes', 'srtp-mand'],
  ['DTLS: nothing of a call can be heard on the way', 'dtls', 'dtls_srtp'],
] as const) {
  void t.test(what, options, async (t) => {
    const { tls } = await tlsOf(t);
    const tlsPort = tls.port;
    const pbx = await BootedPbx.boot(t, { sip: { tls, encryption: kind } });
    const secret = await overheard(t, pbx, encryption, tlsPort);
    t.ok(secret.packets > ENOUGH, `sound went to and fro: ${secret.log.slice(-1500)}`);
    t.ok(secret.loudest > 1_000, 'and was heard');
    t.equal(secret.clear, 0, 'none of it in clear');
    t.comment(`${kind}: ${String(secret.clear)} of ${String(secret.packets)} packets in clear`);
    if (kind !== 'sdes') return;
    const open = await overheard(t, pbx, undefined, pbx.sipPort);
    t.ok(open.clear > 100, 'what is not encrypted would have been noticed');
    t.comment(`without encryption ${String(open.clear)} of ${String(open.packets)}`);
    const versions = await Promise.all(
      (['TLSv1.1', 'TLSv1.2'] as const).map(
        (version) =>
          new Promise<string | null>((resolve) => {
            const socket = connect({
              ...{ host: '127.0.0.1', port: tlsPort, rejectUnauthorized: false },
              ...{ minVersion: 'TLSv1', maxVersion: version, ciphers: 'ALL:@SECLEVEL=0' },
            });
            socket.once('secureConnect', () => {
              resolve(socket.getProtocol());
              socket.destroy();
            });
            socket.once('error', () => {
              resolve(null);
            });
          }),
      ),
    );
    t.same(versions, [null, 'TLSv1.2'], 'nothing below TLS 1.2');
  });
}
