import { join } from 'node:path';
import type { Ear, Hearing } from '../moonshine-decoder.js';
import { floats, floatsOf, loadModel, longs } from '../onnx.js';
import type { Feeds, Model } from '../onnx.js';
import { EXPECTED_HIDDEN, EXPECTED_LOGS, assertNear, testAudio, testText } from './check.js';
import { FusedHearing, STEP } from './hearing.js';
import { FRAME_SAMPLES, HOP, TAIL_SAMPLES, HEARD_NAMES } from './shape.js';

/** The file of the fused encoder. */
export const HEARD = 'encoder_fused.onnx';

/** Moonshine as two graphs of few operators, made at set-up of what was published. */
export class FusedEar implements Ear {
  readonly form = 'fused';
  readonly #heard: Model;
  readonly #step: Model;

  private constructor(heard: Model, step: Model) {
    this.#heard = heard;
    this.#step = step;
  }

  /**
   * `folder` holds what was derived. Throws ENGINE_MODEL_MISSING, ENGINE_MODEL_DAMAGED, or ENGINE_NOT_EQUAL
   * where it finds here something else than the published model found at set-up.
   */
  static async load(folder: string): Promise<FusedEar> {
    const heard = await loadModel(join(folder, HEARD));
    let step: Model | undefined;
    try {
      step = await loadModel(join(folder, STEP));
      const ear = new FusedEar(heard, step);
      const expected = await assertHears(heard, HEARD);
      const hearing = await ear.hear(testAudio());
      assertNear('logs', await hearing.forced(testText()).whole(), expected, STEP);
      return ear;
    } catch (error) {
      await heard.release();
      await step?.release();
      throw error;
    }
  }

  async hear(samples: Float32Array): Promise<Hearing> {
    const { frames, feeds } = audioFeeds(samples);
    return new FusedHearing(this.#step, await this.#heard.run(feeds, HEARD_NAMES), frames);
  }

  async release(): Promise<void> {
    await this.#heard.release();
    await this.#step.release();
  }
}

/**
 * Holds a fused encoder to what the published one found. Returns the stored results for the decoder.
 * Throws ENGINE_NOT_EQUAL; `place` names the file.
 */
export async function assertHears(heard: Model, place: string): Promise<Float32Array> {
  const { feeds } = audioFeeds(testAudio());
  const outputs = await heard.run(feeds, ['hidden', EXPECTED_HIDDEN, EXPECTED_LOGS]);
  const [hidden, expected, logs] = ['hidden', EXPECTED_HIDDEN, EXPECTED_LOGS].map((name) =>
    floatsOf(outputs, name, place),
  );
  assertNear('hidden', hidden ?? [], expected ?? [], place);
  return logs ?? new Float32Array();
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

function audioFeeds(samples: Float32Array): { frames: number; feeds: Feeds } {
  const hops = hopsOf(samples);
  const frames = (hops.length - TAIL_SAMPLES) / FRAME_SAMPLES;
  const places = Array.from({ length: frames }, (_, place) => place);
  return {
    frames,
    feeds: {
      audio: floats(hops, [1, hops.length / HOP, HOP]),
      positions: longs(places, [1, frames]),
    },
  };
}
