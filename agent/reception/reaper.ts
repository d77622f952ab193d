import type { Clock } from '../clock.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import type { Ari } from '../telephony/ari.js';
import { orphansIn, settleOrphans } from '../telephony/reconcile.js';

/** An orphan is settled at the second look that finds it: after one to two of these. */
export const REAP_MS = 20_000;

export interface ReaperParts {
  readonly ari: Ari;
  readonly clock: Clock;
  readonly log: Log;
  /** Call ids of the live visits, by the channel ids of their callers. */
  readonly owned: () => ReadonlyMap<string, string>;
  /** The callers with these channels are gone, and nobody told us. */
  readonly lost: (channelIds: readonly string[]) => void;
}

/**
 * Looks every 20 s for what an event that never came left behind: callers, ears and bridges without a
 * visit, and visits without a caller. What is found twice in a row is settled: at the first look its
 * event may be under way.
 */
export class Reaper {
  readonly #parts: ReaperParts;
  readonly #log: Log;
  #suspects: ReadonlySet<string> = new Set();
  #cancel: () => void = () => undefined;
  #running = false;

  constructor(parts: ReaperParts) {
    this.#parts = parts;
    this.#log = parts.log.part('reaper');
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#next();
  }

  stop(): void {
    this.#running = false;
    this.#cancel();
    this.#suspects = new Set();
  }

  #next(): void {
    this.#cancel = this.#parts.clock.after(REAP_MS, () => {
      void this.#look()
        .catch((error: unknown) => {
          this.#log.warn('Asterisk could not be looked at', { reason: oneLine(error) });
        })
        .then(() => {
          if (this.#running) this.#next();
        });
    });
  }

  async #look(): Promise<void> {
    const { ari, owned, lost } = this.#parts;
    if (!ari.up) {
      this.#suspects = new Set();
      return;
    }
    const before = this.#suspects;
    const held = owned();
    const { orphans, alive } = await orphansIn(ari, held);
    const gone = [...held.keys()].filter((id) => !alive.has(id));
    // Whoever was let in, or left, while Asterisk was asked is no suspect.
    const still = owned();
    this.#suspects = new Set([
      ...orphans.filter(({ id }) => !still.has(id)).map(({ id }) => id),
      ...gone.filter((id) => still.has(id)),
    ]);
    const again = (id: string): boolean => before.has(id) && this.#suspects.has(id);
    await settleOrphans(
      ari,
      orphans.filter(({ id }) => again(id)),
      this.#log,
    );
    const without = gone.filter(again);
    if (without.length === 0) return;
    this.#log.warn('calls whose callers are gone are closed', { count: without.length });
    lost(without);
  }
}
