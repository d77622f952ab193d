import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { OnnxFile } from '../../wire/onnx-file.js';
import { OriginalEar } from '../moonshine-original.js';
import { testAudio, testText } from './check.js';
import { FusedEar } from './ear.js';
import { Encoder, roundedAudio } from './encoder.js';
import { HeardGraph } from './heard-graph.js';
import { StemGraph } from './stem-graph.js';
import { StepGraph } from './step-graph.js';
import { Weights } from './weights.js';

const encoderOf = (home: string): Promise<Weights> => Weights.read(join(home, 'encoder_model.ort'));
const decoderOf = (home: string): Promise<Weights> =>
  Weights.read(join(home, 'decoder_model_merged.ort'));

/** Writes the first layers of the model in `home` to `target`. Throws ENGINE errors. */
export async function deriveStem(home: string, target: string): Promise<void> {
  const file = new StemGraph(await encoderOf(home)).build();
  await file.save(target, { source: 'moonshine-tiny-en', quantisation: 'none' });
}

/**
 * Writes the rest of the encoder of the model in `home` to `target`, beside its stem, with signed weights
 * where this processor multiplies them rightly. Throws ENGINE errors; ENGINE_NOT_EQUAL where it does not
 * find what the published model finds.
 */
export async function deriveHeard(home: string, target: string): Promise<void> {
  const original = await OriginalEar.load(home);
  const audio = roundedAudio(testAudio());
  const hidden = await original.encode(audio);
  const hearing = await original.hear(audio);
  const logs = Float32Array.from(await hearing.forced(testText()).whole());
  await original.release();
  const parts = { encoder: await encoderOf(home), decoder: await decoderOf(home), hidden, logs };
  const made = (signed: boolean): OnnxFile => new HeardGraph({ ...parts, signed }).build();
  await saved(made, target, async () => {
    const encoder = await Encoder.load(dirname(target));
    await encoder.assertHears().finally(() => encoder.release());
  });
}

/** Writes the decoder of the model in `home` to `target`, beside the fused encoder. Throws the same. */
export async function deriveStep(home: string, target: string): Promise<void> {
  const weights = await decoderOf(home);
  const made = (signed: boolean): OnnxFile => new StepGraph(weights, signed).build();
  await saved(made, target, async () => {
    const ear = await FusedEar.load(dirname(target));
    await ear.release();
  });
}

/** What `made` makes of signed weights, or of unsigned ones where those do not pass what it is `held` to. */
async function saved(
  made: (signed: boolean) => OnnxFile,
  target: string,
  held: () => Promise<void>,
): Promise<void> {
  const about = { source: 'moonshine-tiny-en', quantisation: '8-bit weights' };
  try {
    await made(true).save(target, about);
    await held();
    return;
  } catch {
    await made(false).save(target, about);
  }
  try {
    await held();
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  }
}
