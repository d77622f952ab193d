import type { Clock } from '../clock.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import { Rounds } from '../rounds.js';
import type { Ari } from './ari.js';

/** How often it is looked whether calls run. */
const LOOK_MS = 10_000;
/**
 * After so many looks without a call memory is given back, and once more after so many: Asterisk holds what belongs to a
 * call for 32 s after its end (RFC 3261, timers F and J), between the pieces that are free by then.
 */
const QUIET_LOOKS = 2;
const STILL_LOOKS = 5;

export interface MemoryKeeperParts {
  readonly ari: Pick<Ari, 'events'>;
  /** Whether no call runs. */
  readonly idle: () => boolean;
  /** Asks Asterisk's command line. */
  readonly ask: (command: string) => Promise<string>;
  /** Collects our own garbage, and lets go of what is kept only to be quicker. */
  readonly collect: () => Promise<void>;
  /** Gives back what is free in our own heaps. */
  readonly trim: () => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Has Asterisk and this process give memory back to the system once calls are over: what a busy hour took
 * lies in pieces in their heaps, and would stay there for years (26 MB of ours after one minute in which the
 * machine could not keep up). Never while somebody talks.
 */
export class MemoryKeeper {
  readonly #parts: MemoryKeeperParts;
  readonly #rounds: Rounds;
  #off: () => void = () => undefined;
  /** Whether there was a call since memory was given back last. */
  #used = false;
  #quiet = 0;
  /** Garbage was collected at the last look: what it held is free by the next. */
  #collected = false;

  constructor(parts: MemoryKeeperParts) {
    this.#parts = parts;
    this.#rounds = new Rounds({
      ...{ clock: parts.clock, everyMs: LOOK_MS, round: () => this.#look() },
      failed(error) {
        parts.log.debug('memory was not given back', { reason: oneLine(error) });
      },
    });
  }

  start(): Promise<void> {
    if (this.#rounds.running) return Promise.resolve();
    this.#off = this.#parts.ari.events.listen('stasis-start', 'memory', () => {
      this.#used = true;
      this.#quiet = 0;
    });
    this.#rounds.start();
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#off();
    await this.#rounds.stop();
  }

  async #look(): Promise<void> {
    const { idle, ask, collect, trim } = this.#parts;
    this.#quiet = idle() ? this.#quiet + 1 : 0;
    if (this.#collected && this.#quiet > QUIET_LOOKS) {
      this.#collected = false;
      await trim();
    }
    if (!this.#used || (this.#quiet !== QUIET_LOOKS && this.#quiet !== STILL_LOOKS)) return;
    if (this.#quiet === STILL_LOOKS) this.#used = false;
    await collect();
    this.#collected = true;
    await ask('malloc trim');
  }
}
