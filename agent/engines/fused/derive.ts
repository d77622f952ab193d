import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OriginalEar } from '../moonshine-original.js';
import { loadModel } from '../onnx.js';
import { testAudio, testText } from './check.js';
import { FusedEar, assertHears, roundedAudio } from './ear.js';
import { HeardGraph } from './heard-graph.js';
import { StepGraph } from './step-graph.js';
import { Weights } from './weights.js';

const encoderOf = (home: string): Promise<Weights> => Weights.read(join(home, 'encoder_model.ort'));
const decoderOf = (home: string): Promise<Weights> =>
  Weights.read(join(home, 'decoder_model_merged.ort'));

/**
 * Writes the fused encoder of the model in `home` to `target`, with signed weights where this processor
 * multiplies them rightly. Throws ENGINE errors; ENGINE_NOT_EQUAL where it does not find what the
 * published model finds.
 */
export async function deriveHeard(home: string, target: string): Promise<void> {
  const original = await OriginalEar.load(home);
  const audio = roundedAudio(testAudio());
  const hidden = await original.encode(audio);
  const hearing = await original.hear(audio);
  const logs = Float32Array.from(await hearing.forced(testText()).whole());
  await original.release();
  const parts = { encoder: await encoderOf(home), decoder: await decoderOf(home), hidden, logs };
  try {
    await saved(new HeardGraph({ ...parts, signed: true }), target);
  } catch {
    await saved(new HeardGraph({ ...parts, signed: false }), target);
  }
}

async function saved(graph: HeardGraph, target: string): Promise<void> {
  await graph.build().save(target, { source: 'moonshine-tiny-en', quantisation: '8-bit weights' });
  try {
    const model = await loadModel(target);
    await assertHears(model, target).finally(() => model.release());
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  }
}

/** Writes the fused decoder of the model in `home` to `target`, beside the fused encoder. Throws the same. */
export async function deriveStep(home: string, target: string): Promise<void> {
  const file = new StepGraph(await decoderOf(home)).build();
  await file.save(target, { source: 'moonshine-tiny-en', quantisation: '8-bit weights' });
  try {
    const ear = await FusedEar.load(dirname(target));
    await ear.release();
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  }
}
