import { FRAME_MS, bytesOfPcm } from '../audio/frame.js';
import type { Pcm } from '../audio/frame.js';
import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import type { GrpcClient, Sender } from '../wire/grpc.js';
import type { VadLine, VadListener, VoiceActivity } from './ports.js';
import type { LineFrame, ListenReply, ListenTick } from './protocol.js';
import { Backoff } from './retry.js';

/**
 * Frames of different lines that arrive within this time share a message, in milliseconds. A message costs
 * as much as ten frames: with many lines each tick has one.
 */
const GATHER_MS = 10;
const GATHER_MANY_MS = 20;
const MANY = 4;
/** A second of ticks that the worker has not taken: it is stuck, and old audio is worthless. */
const MOST_OUTSTANDING = 50;
/** A worker that gets frames and says nothing for so long is stuck: the stream is opened anew. */
const STALLED_MS = 3000;
/** Frames of one line that may wait for the next message; a burst beyond it is dropped. */
const MOST_WAITING = 50;

/** What is kept of an open line. */
interface OpenLine {
  readonly listener: VadListener;
  /** Its number on the wire; a new one whenever the worker must start afresh with it. */
  wire: number;
  /** Milliseconds of the line before the first frame that went out under that number. */
  baseMs: number;
  /** Milliseconds of the line that were pushed, sent or not. */
  pushedMs: number;
  /** Whether frames were lost, so that the worker's idea of the line is out of date. */
  broken: boolean;
  waiting: Uint8Array[];
}

/**
 * Voice activity by the worker: one stream for the process, one message per tick with a frame of
 * every line. While the worker is away frames are dropped, and the times go on.
 */
export class WorkerVoiceActivity implements VoiceActivity {
  readonly #client: GrpcClient;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #lines = new Map<number, OpenLine>();
  readonly #backoff = new Backoff();
  #closing: number[] = [];
  #nextWire = 1;
  #stream: Sender<ListenTick> | undefined;
  /** When the first frame went out that nothing was heard of yet. */
  #unheardSince: number | undefined;
  #cancelTimer: (() => void) | undefined;
  #cancelFlush: (() => void) | undefined;
  #running = false;

  constructor(client: GrpcClient, clock: Clock, log: Log) {
    this.#client = client;
    this.#clock = clock;
    this.#log = log;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#connect();
  }

  stop(): void {
    this.#running = false;
    this.#cancelTimer?.();
    this.#cancelFlush?.();
    this.#cancelFlush = undefined;
    this.#stream?.cancel();
    this.#stream = undefined;
  }

  open(listener: VadListener): VadLine {
    const line: OpenLine = {
      ...{ listener, wire: this.#nextWire++, baseMs: 0, pushedMs: 0, broken: false, waiting: [] },
    };
    this.#lines.set(line.wire, line);
    let closed = false;
    return {
      push: (frame) => {
        if (!closed) this.#push(line, frame);
      },
      reset: () => {
        if (!closed) this.#renew(line);
      },
      close: () => {
        if (closed) return;
        closed = true;
        this.#lines.delete(line.wire);
        this.#closing.push(line.wire);
        this.#gather();
      },
    };
  }

  #push(line: OpenLine, frame: Pcm): void {
    line.pushedMs += FRAME_MS;
    const since = this.#unheardSince;
    if (since !== undefined && this.#clock.monotonic() - since >= STALLED_MS) {
      this.#stream?.cancel();
      this.#lost('stalled');
    }
    const stuck = (this.#stream?.outstanding ?? Infinity) > MOST_OUTSTANDING;
    if (stuck || line.waiting.length >= MOST_WAITING) {
      line.waiting = [];
      line.broken = true;
      return;
    }
    if (line.broken) this.#renew(line, FRAME_MS);
    line.waiting.push(bytesOfPcm(frame));
    this.#gather();
  }

  /** Lets the worker start afresh with a line; `lessMs` of it are pushed but not yet sent. */
  #renew(line: OpenLine, lessMs = 0): void {
    this.#lines.delete(line.wire);
    this.#closing.push(line.wire);
    line.wire = this.#nextWire++;
    this.#lines.set(line.wire, line);
    line.baseMs = line.pushedMs - lessMs;
    line.waiting = [];
    line.broken = false;
  }

  /** Sends at once when every line has its frame, else after a moment. */
  #gather(): void {
    if (this.#allWait()) this.#flush();
    else {
      const ms = this.#lines.size > MANY ? GATHER_MANY_MS : GATHER_MS;
      this.#cancelFlush ??= this.#clock.after(ms, () => {
        this.#flush();
      });
    }
  }

  /** Asked with every frame of every line: leaves at the first that has none. */
  #allWait(): boolean {
    for (const { waiting } of this.#lines.values()) if (waiting.length === 0) return false;
    return true;
  }

  #flush(): void {
    this.#cancelFlush?.();
    this.#cancelFlush = undefined;
    const closed = this.#closing.map((line): LineFrame => ({ line, close: true }));
    this.#closing = [];
    let frames = [...closed, ...this.#nextFrames()];
    // A burst leaves several frames of a line waiting: one message for each.
    while (frames.length > 0) {
      this.#stream?.send({ frames });
      if (this.#stream !== undefined) this.#unheardSince ??= this.#clock.monotonic();
      frames = this.#nextFrames();
    }
  }

  #nextFrames(): LineFrame[] {
    const frames: LineFrame[] = [];
    for (const [wire, line] of this.#lines) {
      const pcm = line.waiting.shift();
      if (pcm !== undefined) frames.push({ line: wire, pcm });
    }
    return frames;
  }

  #connect(): void {
    if (!this.#running) return;
    this.#stream = this.#client.duplex<ListenTick, ListenReply>('Listen', {
      message: (reply) => {
        this.#backoff.reset();
        this.#hear(reply);
      },
      end: () => {
        this.#lost('ended');
      },
      error: (error) => {
        this.#lost(error.code);
      },
    });
  }

  #hear(reply: ListenReply): void {
    this.#unheardSince = undefined;
    for (const { line: wire, probability, endMs } of reply.lines) {
      const line = this.#lines.get(wire);
      line?.listener(probability, line.baseMs + endMs);
    }
  }

  #lost(reason: string): void {
    this.#stream = undefined;
    this.#unheardSince = undefined;
    if (!this.#running) return;
    for (const line of this.#lines.values()) {
      line.broken = true;
      line.waiting = [];
    }
    this.#closing = [];
    const ms = this.#backoff.next();
    this.#log.warn('voice activity is away', { reason, ms });
    this.#cancelTimer = this.#clock.after(ms, () => {
      this.#connect();
    });
  }
}
