import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';

/** A call that is being held. Ids only. */
export interface LiveCall {
  readonly call: string;
  readonly channel: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** What the daemon does, as it notes it for commands and for its next life. */
export interface LiveCalls {
  readonly pid: number;
  /** Draining: new calls go to the fallback, these are held to their ends. */
  readonly state: 'answering' | 'draining';
  readonly calls: readonly LiveCall[];
}

/** The file in which the calls that are held stand, in one step at each change. */
export class LiveCallsFile {
  readonly #path: string;
  readonly #log: Log;
  #calls: readonly LiveCall[] = [];
  #state: LiveCalls['state'] = 'answering';

  constructor(path: string, log: Log) {
    this.#path = path;
    this.#log = log.part('live-calls');
  }

  get calls(): readonly LiveCall[] {
    return this.#calls;
  }

  began(one: LiveCall): void {
    this.#calls = [...this.#calls, one];
    this.#write();
  }

  ended(call: string): void {
    this.#calls = this.#calls.filter((one) => one.call !== call);
    this.#write();
  }

  tell(state: LiveCalls['state']): void {
    this.#state = state;
    this.#write();
  }

  /** A disk that refuses costs the commands their view, and no call. */
  #write(): void {
    const now: LiveCalls = { pid: process.pid, state: this.#state, calls: this.#calls };
    try {
      writeFileSync(`${this.#path}.new`, `${JSON.stringify(now)}\n`, { mode: 0o600 });
      renameSync(`${this.#path}.new`, this.#path);
    } catch (error) {
      this.#log.warn('the calls that are held could not be noted', { reason: oneLine(error) });
    }
  }
}

/** What a daemon noted last; undefined if none ever did. */
export function liveCallsIn(path: string): LiveCalls | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LiveCalls;
  } catch {
    return undefined;
  }
}
