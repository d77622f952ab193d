import { join } from 'node:path';
import type { Ear, Growing, Hearing } from '../moonshine-decoder.js';
import { loadModel } from '../onnx.js';
import type { Model } from '../onnx.js';
import { assertNear, testAudio, testText } from './check.js';
import { Encoder } from './encoder.js';
import { FusedHearing, STEP } from './hearing.js';
import { HEARD_NAMES } from './shape.js';

/** Moonshine as three graphs of few operators, made at set-up of what was published. */
export class FusedEar implements Ear {
  readonly form = 'fused';
  readonly #encoder: Encoder;
  readonly #step: Model;

  private constructor(encoder: Encoder, step: Model) {
    this.#encoder = encoder;
    this.#step = step;
  }

  /**
   * `folder` holds what was derived. Throws ENGINE_MODEL_MISSING, ENGINE_MODEL_DAMAGED, or ENGINE_NOT_EQUAL
   * where it finds here something else than the published model found at set-up.
   */
  static async load(folder: string): Promise<FusedEar> {
    const encoder = await Encoder.load(folder);
    let step: Model | undefined;
    try {
      step = await loadModel(join(folder, STEP));
      const ear = new FusedEar(encoder, step);
      const expected = await encoder.assertHears();
      const hearing = await ear.hear(testAudio());
      assertNear('logs', await hearing.forced(testText()).whole(), expected, STEP);
      return ear;
    } catch (error) {
      await encoder.release();
      await step?.release();
      throw error;
    }
  }

  async hear(samples: Float32Array, growing?: Growing): Promise<Hearing> {
    const { frames, heard } = await this.#encoder.hear(samples, HEARD_NAMES, growing);
    return new FusedHearing(this.#step, heard, frames);
  }

  async release(): Promise<void> {
    await this.#encoder.release();
    await this.#step.release();
  }
}
