import { join } from 'node:path';
import type { Growing } from '../moonshine-decoder.js';
import { floatsOf, loadModel, longs } from '../onnx.js';
import type { Feeds, Model } from '../onnx.js';
import { EXPECTED_HIDDEN, EXPECTED_LOGS, assertNear, testAudio } from './check.js';
import { FRAME_SAMPLES, TAIL_SAMPLES } from './shape.js';
import { Stem } from './stem.js';

/** The file of the encoder behind its stem. */
export const HEARD = 'frames_fused.onnx';

/** The encoder as two graphs, of which the first is kept from one time to the next where a sound grows. */
export class Encoder {
  readonly #stem: Stem;
  readonly #heard: Model;

  private constructor(stem: Stem, heard: Model) {
    this.#stem = stem;
    this.#heard = heard;
  }

  /** `folder` holds what was derived. Throws ENGINE_MODEL_MISSING or ENGINE_MODEL_DAMAGED. */
  static async load(folder: string): Promise<Encoder> {
    const stem = await Stem.load(folder);
    try {
      return new Encoder(stem, await loadModel(join(folder, HEARD)));
    } catch (error) {
      await stem.release();
      throw error;
    }
  }

  /** The outputs `wanted`, and how many frames they are of. */
  async hear(
    samples: Float32Array,
    wanted: readonly string[],
    growing?: Growing,
  ): Promise<{ readonly frames: number; readonly heard: Feeds }> {
    const hops = hopsOf(samples);
    const frames = (hops.length - TAIL_SAMPLES) / FRAME_SAMPLES;
    const places = Array.from({ length: frames }, (_, place) => place);
    const feeds = {
      ...(await this.#stem.hear(hops, growing)),
      positions: longs(places, [1, frames]),
    };
    return { frames, heard: await this.#heard.run(feeds, wanted) };
  }

  /**
   * Holds it to what the published one found. Returns the stored results for the decoder. Throws
   * ENGINE_NOT_EQUAL.
   */
  async assertHears(): Promise<Float32Array> {
    const wanted = ['hidden', EXPECTED_HIDDEN, EXPECTED_LOGS];
    const { heard } = await this.hear(testAudio(), wanted);
    const [hidden, expected, logs] = wanted.map((name) => floatsOf(heard, name, HEARD));
    assertNear('hidden', hidden ?? [], expected ?? [], HEARD);
    return logs ?? new Float32Array();
  }

  async release(): Promise<void> {
    await this.#stem.release();
    await this.#heard.release();
  }
}

/** `samples` and silence up to whole frames, as both forms of the model can hear it. */
export const roundedAudio = (samples: Float32Array): Float32Array =>
  hopsOf(samples).subarray(0, -1);

/** The fused encoder reads whole hops, of which the last lacks a sample that nothing hears. */
function hopsOf(samples: Float32Array): Float32Array {
  const frames = Math.max(1, Math.ceil((samples.length + 1 - TAIL_SAMPLES) / FRAME_SAMPLES));
  const hops = new Float32Array(frames * FRAME_SAMPLES + TAIL_SAMPLES);
  hops.set(samples);
  return hops;
}
