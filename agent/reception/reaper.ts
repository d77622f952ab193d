import type { Clock } from '../clock.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import { Rounds } from '../rounds.js';
import type { Ari } from '../telephony/ari.js';
import { orphansIn, settleOrphans } from '../telephony/reconcile.js';

/** An orphan is settled at the second look that finds it: after one to two of these. */
export const REAP_MS = 20_000;

/** When somebody has left a talk, its bridge tells so this much later. */
const LEFT_MS = 500;

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
 * event may be under way. Two who were left talking by an earlier life are minded: when one hangs up,
 * the other is let go at once.
 */
export class Reaper {
  readonly #parts: ReaperParts;
  readonly #log: Log;
  #suspects: ReadonlySet<string> = new Set();
  #talking: ReadonlySet<string> = new Set();
  readonly #off: (() => void)[] = [];
  readonly #rounds: Rounds;

  constructor(parts: ReaperParts) {
    this.#parts = parts;
    this.#log = parts.log.part('reaper');
    this.#rounds = new Rounds({
      ...{ clock: parts.clock, everyMs: REAP_MS, round: () => this.#look() },
      failed: (error) => {
        this.#failed(error);
      },
    });
  }

  start(): void {
    if (this.#rounds.running) return;
    const { ari } = this.#parts;
    this.#off.push(
      ari.events.listen('stasis-end', 'reaper', ({ channelId }) => {
        if (this.#talking.has(channelId)) this.#leftTalk();
      }),
    );
    if (ari.up) void this.#attempt(() => this.#mind());
    this.#rounds.start();
  }

  stop(): void {
    void this.#rounds.stop();
    for (const off of this.#off.splice(0)) off();
    this.#suspects = new Set();
    this.#talking = new Set();
  }

  /** Whatever Asterisk refuses is logged, and asked for again at the next look. */
  async #attempt(look: () => Promise<void>): Promise<void> {
    try {
      await look();
    } catch (error) {
      this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    this.#log.warn('Asterisk could not be looked at', { reason: oneLine(error) });
  }

  async #mind(): Promise<void> {
    this.#talking = (await orphansIn(this.#parts.ari, this.#parts.owned())).talking;
  }

  /** One of two who talk on their own has left: whoever is alone, and the bridge, go now. */
  #leftTalk(): void {
    this.#off.push(
      this.#parts.clock.after(LEFT_MS, () => {
        void this.#attempt(async () => {
          const { ari, owned } = this.#parts;
          const { orphans, talking } = await orphansIn(ari, owned());
          this.#talking = talking;
          const over = orphans.filter(({ kind }) => kind === 'left' || kind === 'bridge');
          await settleOrphans(ari, over, this.#log);
        });
      }),
    );
  }

  async #look(): Promise<void> {
    const { ari, owned, lost } = this.#parts;
    if (!ari.up) {
      this.#suspects = new Set();
      return;
    }
    const before = this.#suspects;
    const held = owned();
    const { orphans, alive, talking } = await orphansIn(ari, held);
    this.#talking = talking;
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
