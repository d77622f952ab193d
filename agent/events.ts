import { oneLine } from './errors.js';
import type { Log } from './log.js';

/** Stops a subscription. May be called twice. */
export type Unsubscribe = () => void;

/**
 * A typed event bus. Events carry ids, never words or telephone numbers. A listener that throws is
 * caught and named in the log; the others still hear the event.
 */
export class Events<Map extends object> {
  readonly #listeners = new globalThis.Map<
    keyof Map,
    Set<{ name: string; hear: (event: never) => void }>
  >();
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  /** Subscribes `hear` under `name` (shown when it throws). */
  listen<Name extends keyof Map>(
    event: Name,
    name: string,
    hear: (event: Map[Name]) => void,
  ): Unsubscribe {
    const entry = { name, hear };
    const set = this.#listeners.get(event) ?? new Set();
    set.add(entry);
    this.#listeners.set(event, set);
    return () => {
      set.delete(entry);
    };
  }

  emit<Name extends keyof Map>(event: Name, value: Map[Name]): void {
    for (const { name, hear } of [...(this.#listeners.get(event) ?? [])]) {
      try {
        (hear as (event: Map[Name]) => void)(value);
      } catch (error) {
        this.#log.error('listener failed', {
          part: name,
          event: String(event),
          reason: oneLine(error),
        });
      }
    }
  }

  /** How many listeners there are, for leak checks. */
  get size(): number {
    let count = 0;
    for (const set of this.#listeners.values()) count += set.size;
    return count;
  }
}
