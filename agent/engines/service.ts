import type { Handler, Service } from '../wire/grpc.js';

/** A service of another protocol that a worker serves as well. */
export interface ServedService {
  readonly name: string;
  readonly service: Service;
  readonly handlers: Readonly<Record<string, Handler>>;
}

/** What a worker program needs of an engine to serve it. */
export interface Engine {
  /** Methods of the Speech service that it answers, by their names in the proto. */
  readonly handlers: Readonly<Record<string, Handler>>;
  /** Services beside Speech, by their full names. */
  readonly others?: readonly ServedService[];
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
