import type { Pcm } from '../../audio/frame.js';

/** Somebody who listens in. */
export interface Listener {
  /** PCM of one side at `atMs` from the call's start, mono, 16 kHz. */
  sound(side: 'caller' | 'agent', pcm: Pcm, atMs: number): void;
  /** There is nothing more to hear. Called once. */
  over(why: LiveEnd): void;
}

/** Why nobody listens in any more. */
export type LiveEnd = 'call-over' | 'with-person' | 'objected';

/**
 * Those who listen in on one call. They hear what is recorded, from the frames that the ear has anyway:
 * while nothing may be recorded they hear nothing, and once the caller objects they are sent away.
 */
export class Audience {
  readonly #listeners = new Set<Listener>();

  get size(): number {
    return this.#listeners.size;
  }

  add(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  sound(side: 'caller' | 'agent', pcm: Pcm, atMs: number): void {
    for (const one of this.#listeners) one.sound(side, pcm, atMs);
  }

  /** Sends everybody away. May be called twice. */
  leave(why: LiveEnd): void {
    const gone = [...this.#listeners];
    this.#listeners.clear();
    for (const one of gone) one.over(why);
  }
}
