import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { recordsErrors } from './errors.js';
import type {
  DatabaseName,
  Opened,
  OpenSettings,
  Reply,
  Request,
  Statement,
  Written,
} from './protocol.js';

const PURGE_TRIES = 15;
const PURGE_WAIT_MS = 100;

/** Why the thread ended: an error's code, or the thread's exit code. */
function reasonOf(cause: unknown): string {
  if (typeof cause === 'number') return `exit code ${String(cause)}`;
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  return code === '' ? 'an unforeseen error' : code;
}

/** The client of the database's thread. Every promise resolves after the commit. */
export class Database {
  readonly #settings: () => Promise<OpenSettings>;
  #starting: Promise<Opened> | undefined;
  #stopping: Promise<void> = Promise.resolve();
  #worker: Worker | undefined;
  #next = 1;
  readonly #waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (error: Error) => void }
  >();

  /** `settings` is read at `start`, so that no key is made before. */
  constructor(settings: () => Promise<OpenSettings>) {
    this.#settings = settings;
  }

  /** Opens, checks and migrates the databases. @throws RECORDS_… */
  start(): Promise<Opened> {
    this.#starting ??= this.#open();
    return this.#starting;
  }

  /** Resolves when all that was asked before is committed and the databases are closed. */
  stop(): Promise<void> {
    const starting = this.#starting;
    this.#starting = undefined;
    if (starting !== undefined) this.#stopping = this.#close(starting);
    return this.#stopping;
  }

  /** Runs `statements` in one transaction. */
  async write(database: DatabaseName, ...statements: readonly Statement[]): Promise<Written> {
    return (await this.#ask({ do: 'write', database, statements })) as Written;
  }

  /** The rows of a query. */
  async read<Row>(
    database: DatabaseName,
    sql: string,
    ...values: Statement['values']
  ): Promise<readonly Row[]> {
    return (await this.#ask({ do: 'read', database, sql, values })) as readonly Row[];
  }

  /** Copies the sealed file to `to`, with its write-ahead log beside it if there is one. */
  async copy(database: DatabaseName, to: string): Promise<void> {
    await this.#ask({ do: 'copy', database, to });
  }

  /**
   * Takes what was deleted out of the write-ahead log too. False when somebody who reads kept it from
   * being emptied: then it holds what was deleted until the next time.
   */
  async purge(database: DatabaseName): Promise<boolean> {
    for (let tries = 1; tries < PURGE_TRIES; tries += 1) {
      if (await this.#ask({ do: 'purge', database })) return true;
      await sleep(PURGE_WAIT_MS);
    }
    return (await this.#ask({ do: 'purge', database })) as boolean;
  }

  /** Gives back memory that only makes the next requests quicker; nothing where no database is open. */
  async rest(): Promise<void> {
    if (this.#worker !== undefined) await this.#ask({ do: 'rest' });
  }

  async #open(): Promise<Opened> {
    // A thread that is still closing holds the same files.
    await this.#stopping;
    try {
      const worker = new Worker(new URL('./database-worker.js', import.meta.url), {
        workerData: await this.#settings(),
        // Options of the main program, such as --input-type, may not fit a thread.
        execArgv: [],
      });
      this.#worker = worker;
      worker.on('message', (reply: Reply) => {
        this.#settle(reply);
      });
      const gone = (cause: unknown): void => {
        if (this.#worker === worker) this.#worker = undefined;
        const error = recordsErrors.make('THREAD_LOST', { cause, detail: reasonOf(cause) });
        for (const { reject } of this.#waiting.values()) reject(error);
        this.#waiting.clear();
      };
      worker.on('error', gone);
      worker.on('exit', gone);
      return (await this.#await(0)) as Opened;
    } catch (error) {
      const worker = this.#worker;
      this.#worker = undefined;
      this.#starting = undefined;
      await worker?.terminate();
      throw error;
    }
  }

  async #close(starting: Promise<unknown>): Promise<void> {
    try {
      await starting;
    } catch {
      // Told to whoever started it; there is nothing to close.
      return;
    }
    const worker = this.#worker;
    if (worker === undefined) return;
    const closed = this.#ask({ do: 'close' });
    this.#worker = undefined;
    try {
      await closed;
    } finally {
      await worker.terminate();
    }
  }

  #ask(request: Request): Promise<unknown> {
    if (this.#worker === undefined) return Promise.reject(recordsErrors.make('STOPPED'));
    const id = this.#next;
    this.#next += 1;
    const answer = this.#await(id);
    this.#worker.postMessage({ id, request });
    return answer;
  }

  #await(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.ok) {
      waiting?.resolve(reply.value);
    } else {
      const { name, ...context } = reply.failure;
      waiting?.reject(recordsErrors.make(name, context));
    }
  }
}
