import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Clock } from '../../clock.js';
import { oneLine } from '../../errors.js';
import type { Log } from '../../log.js';
import { Rounds } from '../../rounds.js';
import {
  contactsIn,
  isLost,
  registrationsIn,
  type TrunkStanding,
  type TrunkState,
} from './standing.js';

const LOOK_MS = 5_000;

export interface TrunkWatchParts {
  readonly trunks: readonly { readonly id: string; readonly registers: boolean }[];
  /** Asks Asterisk's command line. */
  readonly ask: (command: string) => Promise<string>;
  /** Where it is noted for doctor. */
  readonly file: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Time between two looks, in milliseconds. */
  readonly everyMs?: number;
}

/**
 * Watches whether the other sides of our trunks are there and know us. One that was away may have forgotten
 * our registration, which Asterisk would renew only when it runs out: it is renewed at once.
 */
export class TrunkWatch {
  readonly #parts: TrunkWatchParts;
  readonly #log: Log;
  #standing: readonly TrunkStanding[];
  readonly #rounds: Rounds;

  constructor(parts: TrunkWatchParts) {
    this.#parts = parts;
    this.#log = parts.log.part('trunks');
    this.#standing = parts.trunks.map(({ id }) => ({ id, state: 'unknown' }));
    this.#rounds = new Rounds({
      ...{ clock: parts.clock, everyMs: parts.everyMs ?? LOOK_MS, round: () => this.#look() },
      failed: (error) => {
        // An Asterisk that is away is seen by its connection; of the trunks nothing is known then.
        this.#log.debug('the trunks could not be looked at', { reason: oneLine(error) });
        this.#take(this.#standing.map(({ id }) => ({ id, state: 'unknown' })));
      },
    });
  }

  /** How each trunk stood at the last look. */
  get standing(): readonly TrunkStanding[] {
    return this.#standing;
  }

  /** How many trunks work as far as is known, and how many do not. */
  get count(): { readonly up: number; readonly lost: number } {
    const lost = this.#standing.filter(isLost).length;
    return { up: this.#standing.length - lost, lost };
  }

  /** Whether there are trunks and none of them works. */
  get allLost(): boolean {
    return this.#standing.length > 0 && this.count.up === 0;
  }

  start(): Promise<void> {
    if (this.#parts.trunks.length > 0) this.#rounds.start(0);
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  async #look(): Promise<void> {
    const { trunks, ask } = this.#parts;
    const [contacts, known] = await Promise.all([
      ask('pjsip show contacts').then(contactsIn),
      trunks.some(({ registers }) => registers)
        ? ask('pjsip show registrations').then(registrationsIn)
        : new Map<string, TrunkState>(),
    ]);
    const before = new Map(this.#standing.map((one) => [one.id, one.state]));
    const back: string[] = [];
    const standing = trunks.map(({ id, registers }): TrunkStanding => {
      const contact = contacts.get(id) ?? 'unknown';
      // It holds a registration to be good until it runs out, whether the other side lives or not.
      if (!registers || contact === 'unreachable') return { id, state: contact };
      if (before.get(id) !== 'unreachable') return { id, state: known.get(id) ?? 'unknown' };
      back.push(id);
      return { id, state: 'unregistered' };
    });
    this.#take(standing);
    for (const id of back) await ask(`pjsip send register trunk-${id}`);
  }

  #take(standing: readonly TrunkStanding[]): void {
    const before = new Map(this.#standing.map((one) => [one.id, one]));
    const changed = standing.filter(({ id, state }) => before.get(id)?.state !== state);
    this.#standing = standing;
    for (const one of changed) {
      if (isLost(one)) this.#log.warn('a trunk is lost', { trunk: one.id, state: one.state });
      else this.#log.info('a trunk stands', { trunk: one.id, state: one.state });
    }
    this.#note();
  }

  /** A disk that refuses costs doctor its view. */
  #note(): void {
    const { file, clock } = this.#parts;
    try {
      const text = JSON.stringify({ at: clock.now(), trunks: this.#standing });
      writeFileSync(`${file}.new`, `${text}\n`, { mode: 0o600 });
      renameSync(`${file}.new`, file);
    } catch {
      // Nothing depends on it.
    }
  }
}

/** What a daemon noted last, and when in milliseconds since 1970; undefined if none did. */
export function trunksIn(
  file: string,
): { readonly at: number; readonly trunks: readonly TrunkStanding[] } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ReturnType<typeof trunksIn>;
  } catch {
    return undefined;
  }
}
