import type { GuardSettings } from './settings.js';
import { OFFENCES, REHABILITATION, type SecurityEvent } from './security-event.js';
import { Spared } from './spared.js';

/** An address that is shut out, and until when, in milliseconds since 1970. */
export interface Ban {
  readonly address: string;
  readonly until: number;
  /** How often it has been shut out so far, this time included. */
  readonly times: number;
}

/** Addresses that are watched at once at most: a flood of forged ones must not take the memory. */
const MOST_WATCHED = 10_000;
/** Bans at once at most: Asterisk goes through them all for each packet. */
export const MOST_BANS = 1_000;
const LONGEST_MS = 30 * 24 * 3_600_000;
/** Whoever was shut out is remembered for so long after the ban's end. */
const MEMORY_MS = 7 * 24 * 3_600_000;

const stands = ({ until }: Ban, now: number): boolean => until > now && until <= now + LONGEST_MS;

/** Who is to be shut out, and for how long: counting, without any effect. Times as `Clock.now`. */
export class Offences {
  readonly #settings: GuardSettings;
  readonly #spared: Pick<Spared, 'has'>;
  readonly #seen = new Map<string, number[]>();
  readonly #bans = new Map<string, Ban>();

  constructor(
    settings: GuardSettings,
    known: readonly Ban[] = [],
    spared: Pick<Spared, 'has'> = new Spared(settings.never),
  ) {
    this.#settings = settings;
    this.#spared = spared;
    for (const ban of known) this.#bans.set(ban.address, ban);
  }

  /** All that is remembered, for the next life. */
  get known(): readonly Ban[] {
    return [...this.#bans.values()];
  }

  /**
   * Who is shut out at `now`. Whoever is spared is not, even if they were shut out before; nor is anybody for
   * longer than there is a ban for, when the clock was set back.
   */
  inForce(now: number): readonly Ban[] {
    return this.known.filter((ban) => stands(ban, now) && !this.#spared.has(ban.address));
  }

  /** Counts an event at `now`; returns a ban if it was one too many. */
  note({ kind, address }: SecurityEvent, now: number): Ban | undefined {
    if (this.#spared.has(address)) return undefined;
    const since = now - this.#settings.withinSeconds * 1_000;
    // What lies ahead was before the clock was set back.
    const times = (this.#seen.get(address) ?? []).filter((at) => at > since && at <= now);
    // A right answer takes back its own challenge and a slip of the finger, never a whole attack.
    if (kind === REHABILITATION) times.splice(0, 2);
    else if (OFFENCES.has(kind)) times.push(now);
    else return undefined;
    this.#remember(address, times);
    if (times.length < this.#settings.offences) return undefined;
    const before = this.#bans.get(address);
    if ((before !== undefined && stands(before, now)) || this.inForce(now).length >= MOST_BANS)
      return undefined;
    this.#seen.delete(address);
    const nth = (before?.times ?? 0) + 1;
    const length = Math.min(this.#settings.banSeconds * 1_000 * 2 ** (nth - 1), LONGEST_MS);
    const ban = { address, until: now + length, times: nth };
    this.#bans.set(address, ban);
    return ban;
  }

  /** Forgets bans that ended long ago. */
  tidy(now: number): void {
    for (const [address, { until }] of this.#bans) {
      if (until + MEMORY_MS < now) this.#bans.delete(address);
    }
  }

  /** Lets an address in again; false if it was not shut out. */
  pardon(address: string): boolean {
    this.#seen.delete(address);
    return this.#bans.delete(address);
  }

  #remember(address: string, times: number[]): void {
    // Anew at the end: the one that was silent longest is forgotten first.
    this.#seen.delete(address);
    if (times.length > 0) this.#seen.set(address, times);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > MOST_WATCHED && oldest !== undefined) this.#seen.delete(oldest);
  }
}
