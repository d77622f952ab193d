import type { RecogniseSettings, Recogniser, Utterance } from './ports.js';
import type { RecogniserPool } from './recogniser-pool.js';
import { WorkerUtterance } from './worker-utterance.js';

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
