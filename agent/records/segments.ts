import type { Segment } from './recording-keys.js';
import { endsAfter, LEAST_SECONDS } from './segment-end.js';

/**
 * When one segment of a recording ends and the next one begins. The key of the next is asked for ahead,
 * and nothing waits for it: until it is committed, the segment goes on.
 */
export class Segments {
  readonly #make: (number: number) => Promise<Segment>;
  readonly #failed: (error: unknown) => void;
  #number = 0;
  #seconds = 0;
  #next: Segment | undefined;
  #making: Promise<void> | undefined;
  #told = false;
  #over = false;

  /** `make` commits the key of a segment; `failed` is told once that it could not. */
  constructor(make: (number: number) => Promise<Segment>, failed: (error: unknown) => void) {
    this.#make = make;
    this.#failed = failed;
  }

  /** A second was written, interleaved stereo: the segment that the next one is of, if that is another. */
  after(second: Int16Array): Segment | undefined {
    if (this.#over) return undefined;
    this.#seconds += 1;
    if (this.#seconds >= LEAST_SECONDS - 1) this.#prepare();
    const next = this.#next;
    if (next === undefined || !endsAfter(this.#seconds, second)) return undefined;
    [this.#next, this.#number, this.#seconds] = [undefined, next.number, 0];
    return next;
  }

  /** Asks for no more keys. Resolves when none is being made. */
  async stop(): Promise<void> {
    this.#over = true;
    await this.#making;
  }

  #prepare(): void {
    if (this.#next !== undefined || this.#making !== undefined) return;
    this.#making = this.#make(this.#number + 1)
      .then((segment) => {
        this.#next = segment;
      })
      .catch((error: unknown) => {
        if (!this.#told) this.#failed(error);
        this.#told = true;
      })
      .finally(() => {
        this.#making = undefined;
      });
  }
}
