import { join } from 'node:path';
import type { Growing } from '../moonshine-decoder.js';
import { floats, floatsOf, loadModel } from '../onnx.js';
import type { Feeds, Model } from '../onnx.js';
import { Beginning } from './beginning.js';
import {
  EPSILON,
  HOP,
  STEM_HOPS,
  STEM_REST,
  STEM_SEEN,
  STEM_TAIL,
  STEM_WIDTH,
  WIDTH,
} from './shape.js';

/** The file of the encoder's first layers. */
export const STEM = 'stem_fused.onnx';
/** So many samples a frame begins after the one before, and so many it looks at. */
const STEP = STEM_HOPS * HOP;
const SEEN = STEM_SEEN * HOP;

/** The encoder's first layers, of which each frame is worked out once, however often its sound is heard. */
export class Stem {
  readonly #model: Model;

  private constructor(model: Model) {
    this.#model = model;
  }

  /** `folder` holds what was derived. Throws ENGINE_MODEL_MISSING or ENGINE_MODEL_DAMAGED. */
  static async load(folder: string): Promise<Stem> {
    return new Stem(await loadModel(join(folder, STEM)));
  }

  release(): Promise<void> {
    return this.#model.release();
  }

  /** What the rest of the encoder is fed with for `samples`, whole hops and what follows them. */
  async hear(samples: Float32Array, growing?: Growing): Promise<Feeds> {
    const { beginning = new Beginning(), stays = 0 } = growing ?? {};
    const all = Math.floor(samples.length / STEP);
    beginning.reserve(all);
    const sure = Math.max(0, Math.min(all, Math.floor((stays - SEEN) / STEP) + 1));
    // A sound may have become shorter: then silence stands where there was more of it.
    const kept = Math.min(beginning.kept, sure);
    const { first, end } = soundIn(samples);
    // Whatever looks at silence alone is nothing.
    const from = Math.max(kept, Math.min(all, Math.floor((first - SEEN) / STEP) + 1));
    const to = Math.max(from, Math.min(all, Math.ceil(end / STEP)));
    beginning.silence(kept, from);
    if (to > from) await this.#work(samples, from, to, beginning);
    beginning.silence(to, all);
    beginning.kept = sure;
    const { mean, variance } = beginning.level(all, all * STEM_HOPS * WIDTH);
    const level = 1 / Math.sqrt(variance + EPSILON);
    const frames = all - STEM_REST;
    return {
      stem: floats(beginning.frames(frames), [1, frames, STEM_WIDTH]),
      level: floats(Float32Array.of(level), [1]),
      offset: floats(Float32Array.of(mean * level), [1]),
    };
  }

  async #work(
    samples: Float32Array,
    from: number,
    to: number,
    beginning: Beginning,
  ): Promise<void> {
    const part = new Float32Array((to - from) * STEP + STEM_TAIL * HOP);
    part.set(samples.subarray(from * STEP, from * STEP + part.length));
    const outputs = await this.#model.run({
      audio: floats(part, [1, part.length / HOP, HOP]),
    });
    const [frames, sums, squares] = ['stem', 'sums', 'squares'].map((name) =>
      floatsOf(outputs, name, STEM),
    ) as [Float32Array, Float32Array, Float32Array];
    beginning.set(from, frames, sums, squares);
  }
}

/** Where in `samples` the first sound is, and where the last has ended; all is silence where both are alike. */
function soundIn(samples: Float32Array): { readonly first: number; readonly end: number } {
  const first = samples.findIndex((sample) => sample !== 0);
  if (first === -1) return { first: samples.length, end: samples.length };
  return { first, end: samples.findLastIndex((sample) => sample !== 0) + 1 };
}
