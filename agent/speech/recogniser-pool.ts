import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import type { RecogniserWire } from './recogniser-wire.js';

/**
 * Questions that are with a worker that decodes when asked: one that it works at, and one so that it
 * need not wait for the next. The others wait here, where they can still change their minds.
 */
const MOST_ASKED = 2;

/** One recogniser process as the pool sees it. */
export interface PooledWorker {
  readonly name: string;
  readonly wire: RecogniserWire;
  /** It decodes only when asked, and not while audio comes. */
  readonly lazy: boolean;
  /** Utterances that are with it. */
  load: number;
  /** Questions that are with it and not answered yet. */
  asked: number;
  /** When it last said anything, to whomever. */
  heardAt: number;
  avoidedUntil: number;
  /** It said that it cannot serve before its model is mended. */
  held: boolean;
}

/** How much a question hurries: the caller waits; the caller pauses; the caller has gone on. */
export type Urgency = 'ended' | 'pausing' | 'stale';
const ORDER: readonly Urgency[] = ['ended', 'pausing', 'stale'];

/** An utterance with a question for a worker. */
export interface Question {
  readonly urgency: Urgency;
  /** The worker that has its audio already. */
  readonly at: PooledWorker | undefined;
  /** Whether no other worker can answer it. */
  readonly bound: boolean;
  /** It is this question's turn; `answered` or `release` of the pool follows. */
  put(worker: PooledWorker): void;
}

/**
 * The recogniser processes. A question goes to the worker with the fewest unanswered ones; while all
 * have enough to do, it waits: whoever waits for an answer comes before whoever may go on speaking.
 */
export class RecogniserPool {
  readonly clock: Clock;
  readonly log: Log;
  readonly #workers: readonly PooledWorker[];
  readonly #waiting = new Set<Question>();

  constructor(
    places: readonly {
      readonly name: string;
      readonly wire: RecogniserWire;
      readonly lazy?: boolean;
    }[],
    clock: Clock,
    log: Log,
  ) {
    this.clock = clock;
    this.log = log;
    this.#workers = places.map(({ name, wire, lazy = false }) => ({
      ...{ name, wire, lazy, load: 0, asked: 0, heardAt: -Infinity, avoidedUntil: -Infinity },
      held: false,
    }));
  }

  /** Whether its workers need no audio before they are asked. */
  get lazy(): boolean {
    return this.#workers.every(({ lazy }) => lazy);
  }

  /** Whether none can serve before its model is mended: there is nobody to wait for. */
  get held(): boolean {
    return this.#workers.every(({ held }) => held);
  }

  /** The least loaded worker, among those that did not just fail if there are any. Release it. */
  take(): PooledWorker | undefined {
    const [first] = [...this.#workers].sort((a, b) => this.#before(a, b));
    if (first !== undefined) first.load += 1;
    return first;
  }

  /** Counts an utterance that moves to `worker`. Release it. */
  move(worker: PooledWorker): void {
    worker.load += 1;
  }

  /**
   * The utterance is no longer with `worker`, which is avoided for `avoidMs` while there is another: it
   * has failed.
   */
  release(worker: PooledWorker, avoidMs = 0): void {
    worker.load -= 1;
    if (avoidMs > 0) {
      // One that is known to be lost must not be tried again the sooner for it.
      const until = this.clock.monotonic() + avoidMs;
      worker.avoidedUntil = Math.max(worker.avoidedUntil, until);
    }
  }

  /** The worker called `name` is known to be lost: it is avoided for `ms` while there is another. */
  avoid(name: string, ms: number): void {
    const until = this.clock.monotonic() + ms;
    for (const worker of this.#workers) if (worker.name === name) worker.avoidedUntil = until;
  }

  /** Puts `question` as soon as a worker is free; again for one that waits already looks anew. */
  ask(question: Question): void {
    this.#waiting.add(question);
    this.#next();
  }

  /** `question` is not to be put any more. */
  forget(question: Question): void {
    this.#waiting.delete(question);
  }

  /** `worker` has answered a question, or will never. */
  answered(worker: PooledWorker): void {
    worker.asked -= 1;
    this.#next();
  }

  close(): void {
    this.#waiting.clear();
    for (const { wire } of this.#workers) wire.close();
  }

  #next(): void {
    for (const urgency of ORDER) {
      for (const question of this.#waiting) {
        if (question.urgency !== urgency) continue;
        const worker = this.#workerFor(question);
        if (worker === undefined) continue;
        this.#waiting.delete(question);
        worker.asked += 1;
        question.put(worker);
      }
    }
  }

  #workerFor({ at, bound }: Question): PooledWorker | undefined {
    if (bound) return at !== undefined && isFree(at) ? at : undefined;
    const now = this.clock.monotonic();
    const well = this.#workers.filter(({ avoidedUntil }) => avoidedUntil <= now);
    const free = (well.length > 0 ? well : this.#workers).filter(isFree);
    const [best] = free.sort((a, b) => this.#before(a, b));
    // Where the audio is already, nothing has to be sent again.
    if (at !== undefined && free.includes(at) && at.asked <= (best?.asked ?? 0)) return at;
    return best;
  }

  #before(a: PooledWorker, b: PooledWorker): number {
    const now = this.clock.monotonic();
    return (
      Number(a.avoidedUntil > now) - Number(b.avoidedUntil > now) ||
      a.asked - b.asked ||
      a.load - b.load ||
      a.avoidedUntil - b.avoidedUntil
    );
  }
}

const isFree = ({ lazy, asked }: PooledWorker): boolean => !lazy || asked < MOST_ASKED;
