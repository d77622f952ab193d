import { samplesIn } from '../audio/frame.js';
import type { Pcm } from '../audio/frame.js';
import { RingBuffer } from '../audio/ring-buffer.js';
import { speechErrors } from './errors.js';
import type { Recognised, RecogniseSettings, Recogniser, Utterance } from './ports.js';
import type { RecognizeReply, RecognizeResult } from './protocol.js';
import type { PooledWorker, RecogniserPool } from './recogniser-pool.js';
import type { RecogniserStream } from './recogniser-wire.js';
import { Backoff } from './retry.js';

/** What is kept of an utterance to be sent again when its worker dies. */
const KEPT_MS = 15_000;
/** A second in frames: while the worker has not taken that much, the rest waits in the ring. */
const MOST_OUTSTANDING = 50;
/** Messages stay well below gRPC's 4 MB. */
const MOST_SAMPLES = samplesIn(1000);
/** How long an answer may take, with all repetitions, in milliseconds. */
const PATIENCE = 8000;

/** Recognition by a pool of workers; one stream per utterance. */
export class WorkerRecogniser implements Recogniser {
  readonly #pool: RecogniserPool;

  constructor(pool: RecogniserPool) {
    this.#pool = pool;
  }

  listen(settings: RecogniseSettings, onPartial?: (text: string) => void): Utterance {
    return new WorkerUtterance(this.#pool, settings, onPartial);
  }
}

/** A question that the worker has not answered yet. */
interface Asked {
  readonly kind: 'speculate' | 'finish';
  readonly resolve: (result: RecognizeResult) => void;
  readonly reject: (error: Error) => void;
}

interface OpenStream {
  readonly worker: PooledWorker;
  readonly sender: RecogniserStream;
}

class WorkerUtterance implements Utterance {
  readonly #pool: RecogniserPool;
  readonly #settings: RecogniseSettings;
  readonly #onPartial: ((text: string) => void) | undefined;
  readonly #ring = new RingBuffer(samplesIn(KEPT_MS));
  readonly #backoff = new Backoff();
  #stream: OpenStream | undefined;
  /** Position in the ring up to which the present stream has the audio. */
  #sent = 0;
  #asked: Asked[] = [];
  /** The last speculation and how much audio it saw. */
  #guess: { at: number; result: Promise<RecognizeResult> } | undefined;
  #final: Promise<Recognised> | undefined;
  #over = false;
  #cancelTimer: (() => void) | undefined;
  #cancelDeadline: (() => void) | undefined;

  constructor(
    pool: RecogniserPool,
    settings: RecogniseSettings,
    onPartial: ((text: string) => void) | undefined,
  ) {
    this.#pool = pool;
    this.#settings = settings;
    this.#onPartial = onPartial;
    this.#open();
  }

  push(pcm: Pcm): void {
    if (this.#over || this.#final !== undefined) return;
    // What would fall out of the ring unsent is sent in any case: whoever pushes a whole file at once
    // must not lose its middle.
    const unsent = this.#ring.end - Math.max(this.#sent, this.#ring.start);
    if (unsent + pcm.length > samplesIn(KEPT_MS)) this.#send(Infinity);
    this.#ring.push(pcm);
    this.#send(MOST_OUTSTANDING);
  }

  speculate(): Promise<Recognised> {
    if (this.#final !== undefined) return this.#final;
    if (this.#guess?.at === this.#ring.end) return this.#guess.result;
    const result = this.#ask('speculate');
    this.#guess = { at: this.#ring.end, result };
    return result;
  }

  finish(): Promise<Recognised> {
    this.#final ??= this.#finish();
    return this.#final;
  }

  cancel(): void {
    this.#end(speechErrors.make('CANCELLED'));
  }

  async #finish(): Promise<Recognised> {
    if (this.#guess?.at === this.#ring.end && !this.#over) {
      // A guess that fails is no reason not to ask properly.
      const guessed = await this.#guess.result.catch(() => undefined);
      if (guessed !== undefined && !guessed.provisional) {
        this.#end(undefined);
        return guessed;
      }
    }
    return this.#ask('finish');
  }

  #ask(kind: Asked['kind']): Promise<RecognizeResult> {
    if (this.#over) return Promise.reject(speechErrors.make('CANCELLED'));
    return new Promise((resolve, reject) => {
      this.#asked.push({ kind, resolve, reject });
      this.#cancelDeadline ??= this.#pool.clock.after(PATIENCE, () => {
        this.#end(speechErrors.make('WORKER_UNREACHABLE', { place: 'recogniser' }));
      });
      if (this.#stream === undefined) return;
      this.#send(Infinity);
      this.#stream.sender[kind]();
    });
  }

  /** Opens a stream and sends everything that is kept, and every question without an answer. */
  #open(): void {
    this.#cancelTimer = undefined;
    const worker = this.#pool.take();
    if (worker === undefined) {
      this.#end(speechErrors.make('STOPPED'));
      return;
    }
    const sender = worker.wire.open(this.#settings, {
      message: (reply) => {
        this.#hear(reply);
      },
      end: () => {
        this.#lost('ended');
      },
      error: (error) => {
        this.#lost(error.code);
      },
    });
    this.#stream = { worker, sender };
    this.#sent = this.#ring.start;
    this.#send(this.#asked.length > 0 ? Infinity : MOST_OUTSTANDING);
    for (const { kind } of this.#asked) sender[kind]();
  }

  /** Sends what the worker does not have yet, while it has less than `most` messages to take. */
  #send(most: number): void {
    const sender = this.#stream?.sender;
    if (sender === undefined) return;
    this.#sent = Math.max(this.#sent, this.#ring.start);
    while (this.#sent < this.#ring.end && sender.outstanding < most) {
      const pcm = this.#ring.read(this.#sent, this.#sent + MOST_SAMPLES);
      sender.audio(pcm);
      this.#sent += pcm.length;
    }
  }

  #hear(reply: RecognizeReply): void {
    this.#backoff.reset();
    if (reply.partial) this.#onPartial?.(reply.partial.text);
    if (reply.speculative) this.#answer('speculate', reply.speculative);
    if (reply.final) {
      this.#answer('finish', reply.final);
      this.#end(undefined);
    }
  }

  #answer(kind: Asked['kind'], result: RecognizeResult): void {
    const at = this.#asked.findIndex((asked) => asked.kind === kind);
    const [asked] = at < 0 ? [] : this.#asked.splice(at, 1);
    if (this.#asked.length === 0) {
      this.#cancelDeadline?.();
      this.#cancelDeadline = undefined;
    }
    asked?.resolve(result);
  }

  /** The worker died or refused: another takes over with what is kept. */
  #lost(reason: string): void {
    const stream = this.#stream;
    this.#stream = undefined;
    if (this.#over || stream === undefined) return;
    this.#pool.release(stream.worker, true);
    const ms = this.#backoff.next();
    this.#pool.log.warn('recogniser lost', { worker: stream.worker.name, reason, ms });
    this.#cancelTimer = this.#pool.clock.after(ms, () => {
      this.#open();
    });
  }

  #end(error: Error | undefined): void {
    if (this.#over) return;
    this.#over = true;
    this.#cancelTimer?.();
    this.#cancelDeadline?.();
    const stream = this.#stream;
    this.#stream = undefined;
    if (stream !== undefined) {
      stream.sender.cancel();
      this.#pool.release(stream.worker, false);
    }
    const asked = this.#asked;
    this.#asked = [];
    for (const { reject } of asked) reject(error ?? speechErrors.make('CANCELLED'));
    this.#ring.clear();
  }
}
