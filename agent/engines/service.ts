import type { Handler } from '../wire/grpc.js';

/** What a worker program needs of an engine to serve it. */
export interface Engine {
  /** Methods of the Speech service that it answers, by their names in the proto. */
  readonly handlers: Readonly<Record<string, Handler>>;
  readonly engines: readonly string[];
  readonly models: readonly string[];
  /** Loads the models. Throws ENGINE errors. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Runs jobs one after the other. The runtime blocks the thread anyway, so interleaving two
 * utterances would only make both late.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<Result>(job: () => Promise<Result>): Promise<Result> {
    const mine = this.#last.then(job);
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}
