import { STEM_WIDTH } from './shape.js';

/** What the stem made of a sound, frame by frame, kept for when it is heard again with more behind it. */
export class Beginning {
  /** So many of the frames stay as they are. */
  kept = 0;
  #frames = new Float32Array(0);
  /** Sum and sum of squares of what each frame adds to the whole sound's. */
  #sums = new Float64Array(0);
  #squares = new Float64Array(0);

  /** Room for so many frames; what is kept stays. */
  reserve(count: number): void {
    if (count <= this.#sums.length) return;
    const room = Math.ceil(1.5 * count);
    const longer = <Values extends Float32Array | Float64Array>(
      to: Values,
      from: Values,
    ): Values => {
      to.set(from.subarray(0, to.length));
      return to;
    };
    this.#frames = longer(new Float32Array(room * STEM_WIDTH), this.#frames);
    this.#sums = longer(new Float64Array(room), this.#sums);
    this.#squares = longer(new Float64Array(room), this.#squares);
  }

  /** Frames of silence from `from` on, up to `to`. */
  silence(from: number, to: number): void {
    if (to <= from) return;
    this.#frames.fill(0, from * STEM_WIDTH, to * STEM_WIDTH);
    this.#sums.fill(0, from, to);
    this.#squares.fill(0, from, to);
  }

  /** Frames from `from` on. */
  set(from: number, frames: Float32Array, sums: Float32Array, squares: Float32Array): void {
    this.#frames.set(frames, from * STEM_WIDTH);
    this.#sums.set(sums, from);
    this.#squares.set(squares, from);
  }

  /** The first `count` frames; not copied. */
  frames(count: number): Float32Array {
    return this.#frames.subarray(0, count * STEM_WIDTH);
  }

  /** Mean and variance of `values` values that the first `count` frames add. */
  level(count: number, values: number): { readonly mean: number; readonly variance: number } {
    let sum = 0;
    let square = 0;
    for (let frame = 0; frame < count; frame += 1) {
      sum += this.#sums[frame] ?? 0;
      square += this.#squares[frame] ?? 0;
    }
    const mean = sum / values;
    return { mean, variance: Math.max(0, square / values - mean * mean) };
  }
}
