import type { Understanding, Understood } from '../understanding/ports.js';

/** Understands what one caller says: ahead of the end of a turn where a trial text is there. */
export class Comprehension {
  readonly #understanding: Understanding;
  /** What the trial text means, understood before the turn is over. */
  #ahead: { readonly text: string; readonly understood: Promise<Understood> } | undefined;
  #busy = 0;

  constructor(understanding: Understanding) {
    this.#understanding = understanding;
  }

  /** Whether something that was said is not understood yet. */
  get busy(): boolean {
    return this.#busy > 0;
  }

  /** Understands a trial text while the silence is awaited that ends the turn. */
  guess(text: string, asked?: string): void {
    if (this.#ahead?.text === text) return;
    const understood = this.#understanding.understand(text, asked);
    // Whoever needs it asks again and tells of the fault.
    understood.catch(() => undefined);
    this.#ahead = { text, understood };
  }

  /** Understands what was said in a turn. */
  async understand(text: string, asked?: string): Promise<Understood> {
    this.#busy += 1;
    const ahead = this.#ahead;
    this.#ahead = undefined;
    try {
      if (ahead?.text !== text) return await this.#understanding.understand(text, asked);
      return await ahead.understood.catch(() => this.#understanding.understand(text, asked));
    } finally {
      this.#busy -= 1;
    }
  }
}
