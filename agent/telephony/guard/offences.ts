import type { GuardSettings } from './settings.js';
import { OFFENCES, REHABILITATION, type SecurityEvent } from './security-event.js';

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

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/u;

/** Who is to be shut out, and for how long: counting, without any effect. Times as `Clock.now`. */
export class Offences {
  readonly #settings: GuardSettings;
  readonly #never: ReadonlySet<string>;
  readonly #seen = new Map<string, number[]>();
  readonly #bans = new Map<string, Ban>();

  constructor(settings: GuardSettings, known: readonly Ban[] = []) {
    this.#settings = settings;
    this.#never = new Set(settings.never);
    for (const ban of known) {
      if (!this.#isSpared(ban.address)) this.#bans.set(ban.address, ban);
    }
  }

  /** All that is remembered, for the next life. */
  get known(): readonly Ban[] {
    return [...this.#bans.values()];
  }

  /** Who is shut out at `now`. */
  inForce(now: number): readonly Ban[] {
    return this.known.filter(({ until }) => until > now);
  }

  /** Counts an event at `now`; returns a ban if it was one too many. */
  note({ kind, address }: SecurityEvent, now: number): Ban | undefined {
    if (this.#isSpared(address)) return undefined;
    const since = now - this.#settings.withinSeconds * 1_000;
    const times = (this.#seen.get(address) ?? []).filter((at) => at > since);
    // A right answer takes back its own challenge and a slip of the finger, never a whole attack.
    if (kind === REHABILITATION) times.splice(0, 2);
    else if (OFFENCES.has(kind)) times.push(now);
    else return undefined;
    this.#remember(address, times);
    if (times.length < this.#settings.offences) return undefined;
    const before = this.#bans.get(address);
    if ((before?.until ?? 0) > now || this.inForce(now).length >= MOST_BANS) return undefined;
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

  #isSpared(address: string): boolean {
    return LOOPBACK.test(address) || this.#never.has(address);
  }

  #remember(address: string, times: number[]): void {
    // Anew at the end: the one that was silent longest is forgotten first.
    this.#seen.delete(address);
    if (times.length > 0) this.#seen.set(address, times);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > MOST_WATCHED && oldest !== undefined) this.#seen.delete(oldest);
  }
}
