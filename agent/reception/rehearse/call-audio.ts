import type { Clock } from '../../clock.js';
import { AgentEar, type Turn } from './agent-ear.js';
import { eventPackets, KeyReceiver, type EventPacket } from './dtmf.js';
import { comfortNoise, DtxGate } from './dtx.js';
import { rehearseErrors } from './errors.js';
import { Surroundings, type Impairments } from './impairments.js';
import { lineCodec, rateOf, type LineCodec } from './line-codec.js';
import { LossyPath } from './lossy-path.js';
import { PACKET_MS, PACKET_SAMPLES, Pacer } from './pacer.js';
import { Playout } from './playout.js';
import { StereoRecording } from './recording.js';
import { RtpSession, type RtpCounts, type RtpPacket } from './rtp.js';
import {
  COMFORT_NOISE_PAYLOAD_TYPE,
  EVENT_PAYLOAD_TYPE,
  formatSdp,
  mirrored,
  parseSdp,
  PCMA,
  PCMU,
  type Codec,
  type CodecName,
  type Direction,
} from './sdp.js';

export interface CallAudioSettings {
  readonly clock: Clock;
  /** Our own address. */
  readonly host: string;
  readonly impairments: Impairments;
  /** Seed of the impairments. */
  readonly seed: number;
  /** Offered codecs, best first, all of one sample rate; µ-law and A-law by default. */
  readonly codecs?: readonly Codec[];
  /** Silence in milliseconds after which the other side has finished. */
  readonly pauseMs: number;
}

export interface AudioListener {
  /** The other side has finished a stretch of speech. */
  turn(turn: Turn): void;
  /** The other side pressed a key. */
  key(key: string, atMs: number): void;
}

/** When something was said, in milliseconds of the recording; `whole` is false if it was cut. */
export interface Said {
  readonly startMs: number;
  readonly endMs: number;
  readonly whole: boolean;
}

interface Utterance {
  readonly pcm: Int16Array;
  readonly done: (said: Said) => void;
  at: number;
  startMs: number;
}

/** How far behind the present the ear listens, so that late packets are in their places. */
const EAR_DELAY_MS = 40;

/** Mouth and ears of the simulated caller for one call: RTP both ways, keys, and the recording. */
export class CallAudio {
  readonly recording: StereoRecording;
  readonly ear: AgentEar;
  readonly #settings: CallAudioSettings;
  readonly #listener: AudioListener;
  readonly #surroundings: Surroundings;
  readonly #dtx: DtxGate;
  readonly #rtp: RtpSession;
  readonly #pacer: Pacer;
  readonly #playout: Playout;
  readonly #codecs: readonly Codec[];
  readonly #coding: ReadonlyMap<CodecName, LineCodec>;
  readonly #silence: Int16Array;
  readonly #keys = new KeyReceiver();
  readonly #originMs: number;
  readonly #utterances: Utterance[] = [];
  readonly #events: (EventPacket & { readonly done: (() => void) | undefined })[] = [];
  readonly #waiting = new Set<() => void>();
  #port = 0;
  #version = 0;
  #codec: Codec | undefined;
  #remoteEvents: number | undefined;
  #direction: Direction = 'sendrecv';
  #timestamp = 0;
  #eventTimestamp = 0;
  #silentBefore = true;

  /** The recording begins now. */
  constructor(settings: CallAudioSettings, listener: AudioListener) {
    this.#settings = settings;
    this.#listener = listener;
    this.#originMs = settings.clock.monotonic();
    this.#codecs = settings.codecs ?? [PCMU, PCMA];
    this.#coding = new Map(this.#codecs.map(({ name }) => [name, lineCodec(name)]));
    const rate = rateOf(this.#codecs[0] ?? PCMU);
    this.recording = new StereoRecording(rate);
    this.#playout = new Playout(rate);
    this.#silence = new Int16Array((rate * PACKET_MS) / 1000);
    const { impairments, seed } = settings;
    this.#surroundings = new Surroundings(impairments, seed, rate);
    this.#dtx = new DtxGate(impairments.dtx);
    const paths = {
      sending: new LossyPath(impairments.sending, seed),
      receiving: new LossyPath(impairments.receiving, seed + 1),
    };
    this.#rtp = new RtpSession(settings.clock, settings.host, paths, (packet, atMs) => {
      this.#receive(packet, atMs);
    });
    this.ear = new AgentEar(settings.pauseMs, (turn) => {
      listener.turn(turn);
    });
    this.#pacer = new Pacer(settings.clock, (dueMs) => {
      this.#tick(dueMs);
    });
  }

  /** Milliseconds since the start of the recording. */
  get nowMs(): number {
    return this.#settings.clock.monotonic() - this.#originMs;
  }

  get counts(): RtpCounts {
    return this.#rtp.counts;
  }

  /** Opens the socket. Throws REHEARSE_SOCKET_FAILED. */
  async start(): Promise<void> {
    this.#port = await this.#rtp.start();
  }

  async stop(): Promise<void> {
    this.#pacer.stop();
    this.ear.close();
    const endMs = this.nowMs;
    for (const utterance of this.#utterances.splice(0)) {
      const startMs = utterance.at === 0 ? endMs : utterance.startMs;
      utterance.done({ startMs, endMs, whole: false });
    }
    for (const event of this.#events.splice(0)) event.done?.();
    for (const check of [...this.#waiting]) check();
    await this.#rtp.stop();
  }

  /** SDP with all our codecs, or with the one agreed. */
  describe(): string {
    const { host } = this.#settings;
    return formatSdp({
      host,
      port: this.#port,
      codecs: this.#codec === undefined ? this.#codecs : [this.#codec],
      comfortNoise: this.#settings.impairments.dtx === 'comfort-noise',
      events: this.#codec === undefined ? EVENT_PAYLOAD_TYPE : this.#remoteEvents,
      direction: mirrored(this.#direction),
      version: ++this.#version,
    });
  }

  /** Takes the other side's offer or answer and talks from then on. Throws REHEARSE_NO_CODEC. */
  agree(sdp: string): void {
    const remote = parseSdp(sdp);
    const known = new Set(this.#codecs.map(({ name }) => name));
    const codec = remote?.codecs.find(({ name }) => known.has(name));
    if (remote === undefined || codec === undefined) throw rehearseErrors.make('NO_CODEC');
    this.#codec = codec;
    this.#remoteEvents = remote.events;
    this.#direction = remote.direction;
    const listens = remote.direction === 'sendrecv' || remote.direction === 'recvonly';
    // Port 0 and address 0.0.0.0 are the old ways to say "on hold".
    const held = !listens || remote.port === 0 || remote.host === '0.0.0.0';
    this.#rtp.aim(held ? undefined : remote);
    this.#pacer.start();
  }

  /** Says `pcm` (mono, at the recording's rate) after what is being said; resolves when its last packet has gone. */
  async say(pcm: Int16Array): Promise<Said> {
    return new Promise((done) => {
      this.#utterances.push({ pcm, done, at: 0, startMs: 0 });
    });
  }

  /** Presses a key for 120 ms; resolves when its last packet has gone. */
  async press(key: string): Promise<void> {
    await new Promise<void>((resolve) => {
      const packets = eventPackets(key);
      this.#events.push(
        ...packets.map((packet, i) => ({
          ...packet,
          done: i === packets.length - 1 ? resolve : undefined,
        })),
      );
    });
  }

  /** Resolves true as soon as `condition` holds, false after `timeoutMs`; looks every 20 ms. */
  async until(condition: () => boolean, timeoutMs: number): Promise<boolean> {
    if (condition()) return true;
    const endMs = this.nowMs + timeoutMs;
    return new Promise((resolve) => {
      const check = (): void => {
        const holds = condition();
        if (!holds && this.nowMs < endMs) return;
        this.#waiting.delete(check);
        cancel();
        resolve(holds);
      };
      this.#waiting.add(check);
      // The pacer looks while there is audio; the timer is for when there is none.
      const cancel = this.#settings.clock.after(timeoutMs + PACKET_MS, check);
    });
  }

  #tick(dueMs: number): void {
    const atMs = dueMs - this.#originMs;
    const said = this.#nextFrame(atMs);
    this.recording.said(atMs, said);
    const heard = this.recording.heardBetween(atMs - PACKET_MS, atMs);
    const out = this.#surroundings.frame(said, heard);
    const event = this.#events.shift();
    if (event !== undefined && this.#remoteEvents !== undefined) {
      // All packets of a press carry the time of its beginning (RFC 4733 section 2.5.1.2).
      if (event.marker) this.#eventTimestamp = this.#timestamp;
      this.#rtp.send(this.#remoteEvents, event.marker, this.#eventTimestamp, event.payload);
    } else if (this.#codec !== undefined) {
      this.#sendFrame(this.#codec, out);
    }
    event?.done?.();
    this.#timestamp = (this.#timestamp + PACKET_SAMPLES) >>> 0;
    const earMs = atMs - EAR_DELAY_MS - PACKET_MS;
    this.ear.push(this.recording.heardBetween(earMs, earMs + PACKET_MS), earMs);
    for (const check of [...this.#waiting]) check();
  }

  /** The first packet of a stretch of audio is marked (RFC 3551 section 4.1). */
  #sendFrame({ name, payloadType }: Codec, frame: Int16Array): void {
    const sending = this.#dtx.push(frame);
    if (sending === 'audio') {
      const payload = this.#coding.get(name)?.encode(frame) ?? new Uint8Array();
      this.#rtp.send(payloadType, this.#silentBefore, this.#timestamp, payload);
    } else if (sending === 'comfort-noise') {
      this.#rtp.send(COMFORT_NOISE_PAYLOAD_TYPE, false, this.#timestamp, comfortNoise(frame));
    }
    this.#silentBefore = sending !== 'audio';
  }

  #nextFrame(atMs: number): Int16Array {
    const utterance = this.#utterances[0];
    if (utterance === undefined) return this.#silence;
    if (utterance.at === 0) utterance.startMs = atMs;
    const frame = new Int16Array(this.#silence.length);
    frame.set(utterance.pcm.subarray(utterance.at, utterance.at + frame.length));
    utterance.at += frame.length;
    if (utterance.at >= utterance.pcm.length) {
      this.#utterances.shift();
      const endMs = atMs + PACKET_MS;
      utterance.done({ startMs: utterance.startMs, endMs, whole: true });
    }
    return frame;
  }

  #receive(packet: RtpPacket, arrivedMs: number): void {
    if (packet.payloadType === this.#remoteEvents || packet.payloadType === EVENT_PAYLOAD_TYPE) {
      const key = this.#keys.push(packet.payload, packet.timestamp);
      if (key !== undefined) this.#listener.key(key, arrivedMs - this.#originMs);
      return;
    }
    // Whoever was offered both laws may send either.
    const codec = this.#codecs.find(({ payloadType }) => payloadType === packet.payloadType);
    const pcm = codec && this.#coding.get(codec.name)?.decode(packet.payload);
    if (pcm === undefined) return;
    const placed = this.#playout.place(packet.ssrc, packet.timestamp, pcm, arrivedMs);
    if (placed !== undefined) this.recording.heard(placed - this.#originMs, pcm);
  }
}
