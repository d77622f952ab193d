import { samplesIn } from '../audio/frame.js';
import type { Pcm } from '../audio/frame.js';
import { RingBuffer } from '../audio/ring-buffer.js';
import { speechErrors } from './errors.js';
import type { Recognised, RecogniseSettings, Utterance } from './ports.js';
import { workerTimes } from './worker-times.js';
import type { RecognizeReply } from './protocol.js';
import type { PooledWorker, Question, RecogniserPool, Urgency } from './recogniser-pool.js';
import type { RecogniserStream } from './recogniser-wire.js';
import { Backoff } from './retry.js';

/** What is kept of an utterance to be sent again when its worker dies. */
const KEPT_MS = 15_000;
/** Audio goes out in pieces of this length: a message costs the same whatever is in it. */
const PIECE_MS = 200;
/** A second of pieces: while the worker has not taken that much, the rest waits in the ring. */
const MOST_OUTSTANDING = 1000 / PIECE_MS;
/** Messages stay well below gRPC's 4 MB. */
const MOST_SAMPLES = samplesIn(1000);
/** A worker that was asked and is silent for so long is stuck: another one is asked. */
const STALLED_MS = 3000;
/** For how long a worker that failed, or is stuck, is avoided while there is another. */
const AVOID_FAILED_MS = 1000;
const AVOID_STALLED_MS = 5000;
/** How long an answer may take, with all repetitions, in milliseconds. */
const PATIENCE = 8000;
/** What a worker says whose model cannot be used. */
const HELD = 'ENGINE_HELD';

/** A question that the worker has not answered yet. */
interface Asked {
  readonly kind: 'speculate' | 'finish';
  /** When, by the monotonic clock. */
  readonly at: number;
  readonly resolve: (result: Recognised) => void;
  readonly reject: (error: Error) => void;
}

interface OpenStream {
  readonly worker: PooledWorker;
  readonly sender: RecogniserStream;
}

/**
 * One utterance with a pool of workers. Workers that decode as they hear get its audio at once; others
 * get it with the first question, so that the one with the least to do can be chosen then.
 */
export class WorkerUtterance implements Utterance, Question {
  readonly #pool: RecogniserPool;
  readonly #settings: RecogniseSettings;
  readonly #onPartial: ((text: string) => void) | undefined;
  readonly #eager: boolean;
  readonly #ring = new RingBuffer(samplesIn(KEPT_MS));
  readonly #backoff = new Backoff();
  #stream: OpenStream | undefined;
  /** Position in the ring up to which the present stream has the audio. */
  #sent = 0;
  /** Questions without an answer; the first `#put` of them are with the worker. */
  #asked: Asked[] = [];
  #put = 0;
  #askedAt = 0;
  /** The last speculation and how much audio it saw. */
  #guess: { at: number; result: Promise<Recognised> } | undefined;
  #final: Promise<Recognised> | undefined;
  #over = false;
  #cancelTimer: (() => void) | undefined;
  #cancelStall: (() => void) | undefined;
  #cancelDeadline: (() => void) | undefined;

  constructor(
    pool: RecogniserPool,
    settings: RecogniseSettings,
    onPartial: ((text: string) => void) | undefined,
  ) {
    this.#pool = pool;
    this.#settings = settings;
    this.#onPartial = onPartial;
    this.#eager = !pool.lazy || onPartial !== undefined;
    if (this.#eager) this.#open(pool.take());
  }

  get urgency(): Urgency {
    if (this.#final !== undefined) return 'ended';
    return this.#askedAt === this.#ring.end ? 'pausing' : 'stale';
  }

  get at(): PooledWorker | undefined {
    return this.#stream?.worker;
  }

  /** A stream that has what the ring no longer holds cannot be left. */
  get bound(): boolean {
    return this.#stream !== undefined && (!this.#pool.lazy || this.#ring.start > 0);
  }

  push(pcm: Pcm): void {
    if (this.#over || this.#final !== undefined) return;
    // What would fall out of the ring unsent is sent in any case: whoever pushes a whole file at once
    // must not lose its middle.
    const unsent = this.#ring.end - Math.max(this.#sent, this.#ring.start);
    if (unsent + pcm.length > samplesIn(KEPT_MS)) {
      if (this.#stream === undefined && this.#cancelTimer === undefined) {
        this.#open(this.#pool.take());
      }
      this.#send(Infinity);
    }
    this.#ring.push(pcm);
    if (this.#eager && this.#ring.end - this.#sent >= samplesIn(PIECE_MS)) {
      this.#send(MOST_OUTSTANDING);
    }
  }

  speculate(): Promise<Recognised> {
    if (this.#final !== undefined) return this.#final;
    if (this.#guess?.at === this.#ring.end) return this.#guess.result;
    const result = this.#ask('speculate');
    this.#guess = { at: this.#ring.end, result };
    return result;
  }

  finish(): Promise<Recognised> {
    if (this.#final === undefined) {
      let resolve: (result: Promise<Recognised>) => void = () => undefined;
      // Known to be the end before anything is asked: it hurries from now on.
      this.#final = new Promise((settle) => {
        resolve = settle;
      });
      resolve(this.#finish());
    }
    return this.#final;
  }

  cancel(): void {
    this.#end(speechErrors.make('CANCELLED'));
  }

  /** The pool's word that it is this utterance's turn with `worker`. */
  put(worker: PooledWorker): void {
    if (this.#stream !== undefined && this.#stream.worker !== worker) {
      this.#stream.sender.cancel();
      this.#pool.release(this.#stream.worker);
      this.#stream = undefined;
    }
    if (this.#stream === undefined) {
      this.#pool.move(worker);
      this.#open(worker);
    }
    this.#send(Infinity);
    this.#put = this.#asked.length;
    const ends = this.#asked.some(({ kind }) => kind === 'finish');
    this.#stream?.sender[ends ? 'finish' : 'speculate']();
    this.#watch();
  }

  /** A worker that answers others is busy and not stuck: leaving it would only cost it more. */
  #watch(ms = STALLED_MS): void {
    this.#cancelStall?.();
    this.#cancelStall = this.#pool.clock.after(ms, () => {
      const quiet = this.#pool.clock.monotonic() - (this.#stream?.worker.heardAt ?? 0);
      if (quiet < STALLED_MS) {
        this.#watch(STALLED_MS - quiet);
        return;
      }
      this.#stream?.sender.cancel();
      this.#lost('stalled', AVOID_STALLED_MS);
    });
  }

  async #finish(): Promise<Recognised> {
    if (this.#guess?.at === this.#ring.end && !this.#over) {
      // What waits as a guess is wanted now.
      if (this.#put === 0 && this.#asked.length > 0 && this.#isReady) this.#pool.ask(this);
      // A guess that fails is no reason not to ask properly.
      const guessed = await this.#guess.result.catch(() => undefined);
      if (guessed !== undefined && !guessed.provisional) {
        this.#end(undefined);
        return guessed;
      }
    }
    return this.#ask('finish');
  }

  #ask(kind: Asked['kind']): Promise<Recognised> {
    if (this.#over) return Promise.reject(speechErrors.make('CANCELLED'));
    this.#askedAt = this.#ring.end;
    return new Promise((resolve, reject) => {
      const at = this.#pool.clock.monotonic();
      this.#asked.push({ kind, at, resolve, reject });
      this.#cancelDeadline ??= this.#pool.clock.after(PATIENCE, () => {
        this.#end(speechErrors.make('STALLED'));
      });
      if (this.#put === 0 && this.#isReady) this.#pool.ask(this);
    });
  }

  /** Whether a question may be put: not while a lost worker's place is waited for. */
  get #isReady(): boolean {
    return this.#cancelTimer === undefined && (!this.#eager || this.#stream !== undefined);
  }

  /** Opens a stream to `worker` and sends what is kept. */
  #open(worker: PooledWorker | undefined): void {
    if (worker === undefined) {
      this.#end(speechErrors.make('STOPPED'));
      return;
    }
    // Whoever has spoken to the end needs no text of before: it would only cost the worker time.
    const partials = this.#onPartial !== undefined && this.#final === undefined;
    const settings = { ...this.#settings, partials };
    const sender = worker.wire.open(settings, {
      message: (reply) => {
        if (this.#stream?.sender === sender) this.#hear(reply);
      },
      end: () => {
        if (this.#stream?.sender === sender) this.#lost('ended');
      },
      error: (error) => {
        if (this.#stream?.sender !== sender) return;
        worker.held = error.message.includes(HELD);
        this.#lost(error.code);
      },
    });
    this.#stream = { worker, sender };
    this.#sent = this.#ring.start;
    if (this.#eager) this.#send(MOST_OUTSTANDING);
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
    if (this.#stream !== undefined) {
      this.#stream.worker.heardAt = this.#pool.clock.monotonic();
      this.#stream.worker.held = false;
    }
    if (reply.partial) this.#onPartial?.(reply.partial.text);
    const result = reply.speculative ?? reply.final;
    if (!result) return;
    const answered = this.#asked.splice(0, this.#put);
    this.#settle();
    const now = this.#pool.clock.monotonic();
    for (const { at, resolve } of answered) {
      resolve({ ...result, ...workerTimes(at, now, result.secondsWorking) });
    }
    if (this.#asked.length === 0) {
      this.#cancelDeadline?.();
      this.#cancelDeadline = undefined;
    }
    if (reply.final) this.#end(undefined);
    else if (this.#asked.length > 0) this.#pool.ask(this);
  }

  /** Nothing is asked of the worker any more. */
  #settle(): void {
    this.#cancelStall?.();
    this.#cancelStall = undefined;
    const worker = this.#stream?.worker;
    const put = this.#put;
    this.#put = 0;
    if (put > 0 && worker !== undefined) this.#pool.answered(worker);
  }

  /** The worker died, refused or is stuck: another takes over with what is kept. */
  #lost(reason: string, avoidMs = AVOID_FAILED_MS): void {
    const stream = this.#stream;
    if (this.#over || stream === undefined) return;
    this.#pool.release(stream.worker, avoidMs);
    this.#settle();
    this.#stream = undefined;
    if (this.#pool.held) {
      this.#pool.log.warn('no recogniser can be used', { worker: stream.worker.name, reason });
      this.#end(speechErrors.make('WORKER_FAILED', { place: stream.worker.name, detail: HELD }));
      return;
    }
    const ms = this.#backoff.next();
    this.#pool.log.warn('recogniser lost', { worker: stream.worker.name, reason, ms });
    this.#cancelTimer = this.#pool.clock.after(ms, () => {
      this.#cancelTimer = undefined;
      if (this.#eager) this.#open(this.#pool.take());
      if (this.#asked.length > 0 && !this.#over) this.#pool.ask(this);
    });
  }

  #end(error: Error | undefined): void {
    if (this.#over) return;
    this.#over = true;
    this.#cancelTimer?.();
    this.#cancelDeadline?.();
    this.#pool.forget(this);
    this.#settle();
    const stream = this.#stream;
    this.#stream = undefined;
    if (stream !== undefined) {
      stream.sender.cancel();
      this.#pool.release(stream.worker);
    }
    const asked = this.#asked;
    this.#asked = [];
    for (const { reject } of asked) reject(error ?? speechErrors.make('CANCELLED'));
    this.#ring.clear();
  }
}
