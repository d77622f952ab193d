import { FRAME_MS, FRAME_SAMPLES, bytesOfPcm, type Pcm } from '../audio/frame.js';
import type { Clock } from '../clock.js';
import type { Playback, Played } from './line.js';
import type { MediaSocket } from './media-socket.js';

/** Frames sent ahead of what is being played: enough to ride out a busy event loop, soon flushed. */
const AHEAD_FRAMES = 20;
/** So many frames go out as one message while speech goes on: each costs both sides the same. */
const MESSAGE_FRAMES = 5;
/** What was played is told this many frames late, so that a flush's exact answer can still correct it. */
const TELL_LATE_FRAMES = 4;

/** What a mouth needs of its socket. */
export type MouthSocket = Pick<MediaSocket, 'send' | 'reportDrained' | 'flush'>;

/**
 * What we say on one media socket: one playback at a time, sent no more than 400 ms ahead, its
 * played part reported as it was heard and not as it was queued.
 */
export class Mouth {
  readonly #socket: MouthSocket;
  readonly #clock: Clock;
  readonly #told: (pcm: Pcm, playedAt: number) => void;
  #current: Speech | undefined;
  #held = false;

  /** `told` hears each played frame with the monotonic time at which its playing began. */
  constructor(socket: MouthSocket, clock: Clock, told: (pcm: Pcm, playedAt: number) => void) {
    this.#socket = socket;
    this.#clock = clock;
    this.#told = told;
  }

  play(): Playback {
    void this.#current?.stop();
    const speech = new Speech(this.#socket, this.#clock, this.#told, () => this.#held);
    this.#current = speech;
    return speech;
  }

  /** Resolves when what is being said was heard or stopped; undefined if nothing was ever said. */
  get said(): Promise<Played> | undefined {
    return this.#current?.done;
  }

  /** Stops what is being said. */
  async hush(): Promise<void> {
    await this.#current?.stop();
  }

  /** Asterisk's flow control. */
  held(full: boolean): void {
    this.#held = full;
  }

  drained(): void {
    this.#current?.drained();
  }

  /** The line is gone: whatever plays ends with what was heard. */
  close(): void {
    this.#current?.lineClosed();
  }
}

class Speech implements Playback {
  readonly done: Promise<Played>;
  readonly #socket: MouthSocket;
  readonly #clock: Clock;
  readonly #told: (pcm: Pcm, playedAt: number) => void;
  readonly #held: () => boolean;
  #resolve: (played: Played) => void = () => undefined;
  readonly #waiting: Pcm[] = [];
  #partial: Pcm = new Int16Array(0);
  readonly #sent: { pcm: Pcm; playsAt: number }[] = [];
  #toldCount = 0;
  #ended = false;
  #finished = false;
  #askedDrain = false;
  #cancelPump: () => void = () => undefined;

  constructor(
    socket: MouthSocket,
    clock: Clock,
    told: (pcm: Pcm, playedAt: number) => void,
    held: () => boolean,
  ) {
    this.#socket = socket;
    this.#clock = clock;
    this.#told = told;
    this.#held = held;
    this.done = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  /** Keeps parts of `pcm`, which may not be written into any more. */
  write(pcm: Pcm): void {
    if (this.#ended || this.#finished) return;
    let rest = pcm;
    if (this.#partial.length > 0) {
      rest = new Int16Array(this.#partial.length + pcm.length);
      rest.set(this.#partial);
      rest.set(pcm, this.#partial.length);
    }
    let at = 0;
    for (; at + FRAME_SAMPLES <= rest.length; at += FRAME_SAMPLES) {
      this.#waiting.push(rest.subarray(at, at + FRAME_SAMPLES));
    }
    this.#partial = rest.subarray(at);
    this.#pump();
  }

  end(): void {
    if (this.#ended || this.#finished) return;
    this.#ended = true;
    if (this.#partial.length > 0) {
      const last = new Int16Array(FRAME_SAMPLES);
      last.set(this.#partial);
      this.#waiting.push(last);
    }
    this.#pump();
  }

  async stop(): Promise<Played> {
    if (!this.#finished) {
      this.#finished = true;
      this.#cancelPump();
      const heard = this.#playedBy(this.#clock.monotonic());
      const unplayed = await this.#socket.flush();
      this.#finish(unplayed === undefined ? heard : this.#sent.length - unplayed, false);
    }
    return this.done;
  }

  drained(): void {
    if (!this.#askedDrain || this.#finished) return;
    const now = this.#clock.monotonic();
    if (this.#playedBy(now + TELL_LATE_FRAMES * FRAME_MS) < this.#sent.length) {
      // That was the playback before this one, which a flush had emptied.
      this.#socket.reportDrained();
      return;
    }
    this.#finished = true;
    this.#cancelPump();
    this.#finish(this.#sent.length, true);
  }

  lineClosed(): void {
    if (this.#finished) return;
    this.#finished = true;
    this.#cancelPump();
    this.#finish(this.#playedBy(this.#clock.monotonic()), false);
  }

  #pump(): void {
    this.#cancelPump();
    if (this.#finished) return;
    const now = this.#clock.monotonic();
    const played = this.#playedBy(now);
    const free = AHEAD_FRAMES - (this.#sent.length - played);
    if (!this.#held() && free >= MESSAGE_FRAMES) this.#send(this.#waiting.splice(0, free), now);
    this.#tell(this.#playedBy(now - TELL_LATE_FRAMES * FRAME_MS));
    if (this.#waiting.length > 0) {
      this.#again();
    } else if (this.#ended && !this.#askedDrain) {
      if (this.#sent.length === 0) {
        this.#finished = true;
        this.#finish(0, true);
        return;
      }
      this.#askedDrain = true;
      this.#socket.reportDrained();
      // An echo of the last words is known only if they are told as they are played.
      this.#again();
    } else if (this.#toldCount < this.#sent.length) {
      this.#again();
    }
  }

  #send(frames: readonly Pcm[], now: number): void {
    if (frames.length === 0) return;
    const message = new Int16Array(frames.length * FRAME_SAMPLES);
    for (const [at, pcm] of frames.entries()) {
      message.set(pcm, at * FRAME_SAMPLES);
      const before = this.#sent.at(-1);
      // After a gap in what we had to say, the queue was empty and this frame plays at once.
      const playsAt = Math.max(now, before === undefined ? now : before.playsAt + FRAME_MS);
      this.#sent.push({ pcm, playsAt });
    }
    this.#socket.send(bytesOfPcm(message));
  }

  #again(): void {
    this.#cancelPump = this.#clock.after(FRAME_MS, () => {
      this.#pump();
    });
  }

  /** How many of the sent frames have been played to their end at `now`. */
  #playedBy(now: number): number {
    let played = this.#sent.length;
    while (played > 0 && (this.#sent[played - 1] as { playsAt: number }).playsAt + FRAME_MS > now) {
      played -= 1;
    }
    return played;
  }

  #tell(upTo: number): void {
    for (; this.#toldCount < upTo; this.#toldCount += 1) {
      const frame = this.#sent[this.#toldCount] as { pcm: Pcm; playsAt: number };
      this.#told(frame.pcm, frame.playsAt);
    }
  }

  #finish(heardFrames: number, whole: boolean): void {
    this.#tell(Math.max(0, heardFrames));
    this.#waiting.length = 0;
    this.#resolve({ heardMs: Math.max(0, heardFrames) * FRAME_MS, whole });
  }
}
