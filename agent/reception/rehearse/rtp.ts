import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import type { Clock } from '../../clock.js';
import { rehearseErrors } from './errors.js';
import type { LossyPath } from './lossy-path.js';
import type { Endpoint } from './sip-transactions.js';

/** An RTP packet (RFC 3550 section 5.1). */
export interface RtpPacket {
  readonly payloadType: number;
  readonly marker: boolean;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payload: Uint8Array;
}

/** Parses a datagram; undefined for what is not RTP version 2. */
export function parseRtp(datagram: Uint8Array): RtpPacket | undefined {
  if (datagram.length < 12) return undefined;
  const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  const first = view.getUint8(0);
  if (first >> 6 !== 2) return undefined;
  let start = 12 + (first & 0x0f) * 4;
  if (first & 0x10) {
    if (datagram.length < start + 4) return undefined;
    start += 4 + view.getUint16(start + 2) * 4;
  }
  const padding = first & 0x20 ? view.getUint8(datagram.length - 1) : 0;
  const end = datagram.length - padding;
  if (start > end) return undefined;
  const second = view.getUint8(1);
  return {
    payloadType: second & 0x7f,
    marker: (second & 0x80) !== 0,
    sequence: view.getUint16(2),
    timestamp: view.getUint32(4),
    ssrc: view.getUint32(8),
    payload: datagram.subarray(start, end),
  };
}

export function formatRtp(packet: RtpPacket): Uint8Array {
  const out = new Uint8Array(12 + packet.payload.length);
  const view = new DataView(out.buffer);
  view.setUint8(0, 0x80);
  view.setUint8(1, (packet.marker ? 0x80 : 0) | packet.payloadType);
  view.setUint16(2, packet.sequence);
  view.setUint32(4, packet.timestamp);
  view.setUint32(8, packet.ssrc);
  out.set(packet.payload, 12);
  return out;
}

/** What was sent and received. */
export interface RtpCounts {
  readonly sent: number;
  /** Our packets that the impairments dropped. */
  readonly dropped: number;
  readonly received: number;
  /** Packets of the other side that never came, by their sequence numbers. */
  readonly missing: number;
}

/** One RTP stream in each direction over a UDP socket of its own. */
export class RtpSession {
  readonly #clock: Clock;
  readonly #host: string;
  readonly #sending: LossyPath;
  readonly #receiving: LossyPath;
  readonly #onPacket: (packet: RtpPacket, atMs: number) => void;
  readonly #late = new Set<() => void>();
  readonly #ssrc = randomBytes(4).readUInt32BE();
  #sequence = randomBytes(2).readUInt16BE();
  #socket: Socket | undefined;
  #remote: Endpoint | undefined;
  #sent = 0;
  #received = 0;
  /** Of the current source: the span of its sequence numbers and how many came. */
  #source = { ssrc: -1, first: 0, highest: 0, count: 0 };
  #missingBefore = 0;

  /** What goes out and what comes in each take their path; `onPacket` gets the arrival time on the monotonic clock. */
  constructor(
    clock: Clock,
    host: string,
    paths: { readonly sending: LossyPath; readonly receiving: LossyPath },
    onPacket: (packet: RtpPacket, atMs: number) => void,
  ) {
    this.#clock = clock;
    this.#host = host;
    this.#sending = paths.sending;
    this.#receiving = paths.receiving;
    this.#onPacket = onPacket;
  }

  /** Binds a free port and returns it. Throws REHEARSE_SOCKET_FAILED. */
  async start(): Promise<number> {
    if (this.#socket !== undefined) return this.#socket.address().port;
    const socket = createSocket(this.#host.includes(':') ? 'udp6' : 'udp4');
    await new Promise<void>((resolve, reject) => {
      socket.once('error', (cause) => {
        reject(rehearseErrors.make('SOCKET_FAILED', { place: this.#host, cause }));
      });
      socket.bind(0, this.#host, resolve);
    });
    socket.removeAllListeners('error');
    // ICMP errors say that the other side is gone; SIP tells that properly.
    socket.on('error', () => undefined);
    socket.on('message', (datagram) => {
      this.#after(this.#receiving.fate(), () => {
        this.#receive(datagram);
      });
    });
    this.#socket = socket;
    return socket.address().port;
  }

  async stop(): Promise<void> {
    const socket = this.#socket;
    this.#socket = undefined;
    for (const cancel of this.#late) cancel();
    this.#late.clear();
    if (socket === undefined) return;
    await new Promise<void>((resolve) => {
      socket.close(() => {
        resolve();
      });
    });
  }

  /** Where to send; undefined sends nothing. */
  aim(remote: Endpoint | undefined): void {
    this.#remote = remote;
  }

  send(payloadType: number, marker: boolean, timestamp: number, payload: Uint8Array): void {
    const remote = this.#remote;
    const sequence = this.#sequence;
    this.#sequence = (sequence + 1) & 0xffff;
    if (remote === undefined) return;
    this.#sent++;
    const packet = formatRtp({
      payloadType,
      marker,
      sequence,
      timestamp: timestamp >>> 0,
      ssrc: this.#ssrc,
      payload,
    });
    this.#after(this.#sending.fate(), () => {
      this.#socket?.send(packet, remote.port, remote.host, () => undefined);
    });
  }

  get counts(): RtpCounts {
    return {
      sent: this.#sent,
      dropped: this.#sending.lost,
      received: this.#received,
      missing: this.#missingBefore + this.#missing(),
    };
  }

  /** Lets a packet pass after `delay` milliseconds; never if that is undefined. */
  #after(delay: number | undefined, pass: () => void): void {
    if (delay === undefined) return;
    if (delay < 1) {
      pass();
      return;
    }
    const cancel = this.#clock.after(delay, () => {
      this.#late.delete(cancel);
      pass();
    });
    this.#late.add(cancel);
  }

  #missing(): number {
    const { ssrc, first, highest, count } = this.#source;
    return ssrc < 0 ? 0 : Math.max(0, highest - first + 1 - count);
  }

  #receive(datagram: Uint8Array): void {
    const packet = parseRtp(datagram);
    if (packet === undefined) return;
    this.#received++;
    const source = this.#source;
    if (packet.ssrc !== source.ssrc) {
      this.#missingBefore += this.#missing();
      const { ssrc, sequence } = packet;
      this.#source = { ssrc, first: sequence, highest: sequence, count: 1 };
    } else {
      // Sequence numbers wrap at 65536: count on from the nearest to the highest so far.
      const step = ((packet.sequence - source.highest + 0x8000) & 0xffff) - 0x8000;
      source.count++;
      if (step > 0) source.highest += step;
    }
    this.#onPacket(packet, this.#clock.monotonic());
  }
}
