import { floats } from '../onnx.js';
import type { Feeds, Tensor } from '../onnx.js';
import { HEADS, WIDE_HEAD, cacheNames } from './shape.js';

/** Enough for most sentences; doubled where it is not. */
const FIRST_PLACES = 64;
const PAST = cacheNames('past');
const PRESENT = cacheNames('present');

/**
 * Keys and values of tokens, one place each, in tensors that the runtime writes into: what a run adds is
 * there for the next without a copy.
 */
export class TokenCache {
  #places = FIRST_PLACES;
  #tensors = PAST.map(() => tensorOf(FIRST_PLACES));
  #used = 0;

  /** Places that are taken. */
  get used(): number {
    return this.#used;
  }

  /** Forgets all places from `used` on. */
  rewind(used: number): void {
    this.#used = used;
  }

  /** Takes `count` more places. */
  take(count: number): void {
    const used = this.#used + count;
    let places = this.#places;
    while (places < used) places *= 2;
    if (places > this.#places) {
      this.#tensors = this.#tensors.map((tensor) => larger(tensor, this.#places, places));
      this.#places = places;
    }
    this.#used = used;
  }

  /** As a run is fed with it. */
  get past(): Feeds {
    return this.#named(PAST);
  }

  /** Where a run writes it: the same tensors. */
  get present(): Feeds {
    return this.#named(PRESENT);
  }

  #named(names: readonly string[]): Feeds {
    const feeds: Feeds = {};
    for (const [at, tensor] of this.#tensors.entries()) feeds[names[at] ?? ''] = tensor;
    return feeds;
  }
}

const tensorOf = (places: number): Tensor =>
  floats(new Float32Array(HEADS * places * WIDE_HEAD), [1, HEADS, places, WIDE_HEAD]);

function larger(tensor: Tensor, places: number, wanted: number): Tensor {
  const grown = tensorOf(wanted);
  const from = tensor.data as Float32Array;
  const to = grown.data as Float32Array;
  for (let head = 0; head < HEADS; head += 1) {
    const start = head * places * WIDE_HEAD;
    to.set(from.subarray(start, start + places * WIDE_HEAD), head * wanted * WIDE_HEAD);
  }
  return grown;
}
