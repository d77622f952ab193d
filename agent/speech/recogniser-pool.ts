import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import type { RecogniserWire } from './recogniser-wire.js';

/** After a failure a worker is avoided for this long while there is another, in milliseconds. */
const AVOIDED_MS = 1000;

/** One recogniser process as the pool sees it. */
export interface PooledWorker {
  readonly name: string;
  readonly wire: RecogniserWire;
  /** Utterances that are with it. */
  load: number;
  avoidedUntil: number;
}

/** The recogniser processes; gives each utterance to the one with the least to do. */
export class RecogniserPool {
  readonly clock: Clock;
  readonly log: Log;
  readonly #workers: readonly PooledWorker[];

  constructor(
    places: readonly { readonly name: string; readonly wire: RecogniserWire }[],
    clock: Clock,
    log: Log,
  ) {
    this.clock = clock;
    this.log = log;
    this.#workers = places.map(({ name, wire }) => ({
      ...{ name, wire, load: 0, avoidedUntil: -Infinity },
    }));
  }

  /** The least loaded worker, among those that did not just fail if there are any. Release it. */
  take(): PooledWorker | undefined {
    const now = this.clock.monotonic();
    const [first] = [...this.#workers].sort(
      (a, b) =>
        Number(a.avoidedUntil > now) - Number(b.avoidedUntil > now) ||
        a.load - b.load ||
        a.avoidedUntil - b.avoidedUntil,
    );
    if (first !== undefined) first.load += 1;
    return first;
  }

  release(worker: PooledWorker, failed: boolean): void {
    worker.load -= 1;
    if (failed) worker.avoidedUntil = this.clock.monotonic() + AVOIDED_MS;
  }

  close(): void {
    for (const { wire } of this.#workers) wire.close();
  }
}
