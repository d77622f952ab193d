/** Room at first: most streams are shorter than what may be kept of them. */
const FIRST_SAMPLES = 16_000;

/** Keeps the last `capacity` samples of a stream that never ends. Takes memory as the stream grows. */
export class RingBuffer {
  readonly #capacity: number;
  #samples: Int16Array;
  /** Samples pushed since the start; also the position after the newest one. */
  #written = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#samples = new Int16Array(Math.min(capacity, FIRST_SAMPLES));
  }

  /** Position after the newest sample, counted from the start of the stream. */
  get end(): number {
    return this.#written;
  }

  /** Position of the oldest sample still held. */
  get start(): number {
    return Math.max(0, this.#written - this.#capacity);
  }

  push(pcm: Int16Array): void {
    this.#grow(this.#written + pcm.length);
    const capacity = this.#samples.length;
    const kept = pcm.length > capacity ? pcm.subarray(pcm.length - capacity) : pcm;
    const at = capacity === 0 ? 0 : (this.#written + pcm.length - kept.length) % capacity;
    const first = Math.min(kept.length, capacity - at);
    this.#samples.set(kept.subarray(0, first), at);
    this.#samples.set(kept.subarray(first), 0);
    this.#written += pcm.length;
  }

  /**
   * A copy of the samples from position `from` (by default the oldest) up to position `to` (by
   * default the newest); what is not held any more, or not yet, is left out.
   */
  read(from = this.start, to = this.#written): Int16Array {
    const begin = Math.max(from, this.start);
    const length = Math.max(0, Math.min(to, this.#written) - begin);
    const out = new Int16Array(length);
    if (length === 0) return out;
    const at = begin % this.#samples.length;
    const first = Math.min(length, this.#samples.length - at);
    out.set(this.#samples.subarray(at, at + first));
    out.set(this.#samples.subarray(0, length - first), first);
    return out;
  }

  /** The newest `count` samples, or all if fewer are held. */
  last(count: number): Int16Array {
    return this.read(this.#written - count);
  }

  /** Makes room for `needed` samples from the start on, as far as so many are kept. */
  #grow(needed: number): void {
    const before = this.#samples;
    if (needed <= before.length || before.length === this.#capacity) return;
    this.#samples = new Int16Array(Math.min(this.#capacity, Math.max(needed, 2 * before.length)));
    // Nothing has been overwritten so far.
    this.#samples.set(before.subarray(0, this.#written));
    before.fill(0);
  }

  /** Overwrites what is held with silence and forgets it. */
  clear(): void {
    this.#samples.fill(0);
    this.#written = 0;
  }
}
