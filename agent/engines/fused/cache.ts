import { floats } from '../onnx.js';
import type { Tensor } from '../onnx.js';
import { CACHE } from './shape.js';

/** Enough for most sentences; doubled where it is not. */
const FIRST_PLACES = 64;

/** Keys and values of tokens, one place each. */
export class TokenCache {
  #data = new Float32Array(FIRST_PLACES * CACHE);
  #used = 0;

  /** Places that are taken. */
  get used(): number {
    return this.#used;
  }

  /** All that is held, as a run is fed with it. */
  get past(): Tensor {
    return floats(this.#data.subarray(0, this.#used * CACHE), [1, this.#used, CACHE]);
  }

  /** Forgets all places from `used` on. */
  rewind(used: number): void {
    this.#used = used;
  }

  /** Takes in what a run adds. */
  add(added: Float32Array): void {
    const start = this.#used * CACHE;
    let length = this.#data.length;
    while (length < start + added.length) length *= 2;
    if (length > this.#data.length) {
      const larger = new Float32Array(length);
      larger.set(this.#data.subarray(0, start));
      this.#data = larger;
    }
    this.#data.set(added, start);
    this.#used += added.length / CACHE;
  }
}
