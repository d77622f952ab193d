import { access } from 'node:fs/promises';
import './no-telemetry.js';
import * as ort from 'onnxruntime-node';
import { engineErrors } from './errors.js';

/** A tensor of the runtime; its dimensions are in `dims`. */
export type Tensor = ort.Tensor;
export type Feeds = Record<string, Tensor>;

export type Wanted = readonly string[] | Readonly<Record<string, Tensor | null>>;

/** A loaded model. `run` blocks the thread in spite of its promise. */
export interface Model {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /**
   * Only `wanted` outputs are copied out, all if left out: what a cache repeats at each step costs most.
   * An output with a tensor is written into it, which may be an input as well.
   */
  run(feeds: Feeds, wanted?: Wanted): Promise<Feeds>;
  release(): Promise<void>;
}

/**
 * Loads an ONNX or ORT file with one thread: two are no faster here and cost two to three times the
 * CPU. Throws ENGINE_MODEL_MISSING or ENGINE_MODEL_DAMAGED with the file's path.
 */
export async function loadModel(path: string): Promise<Model> {
  try {
    await access(path);
  } catch (cause) {
    throw engineErrors.make('MODEL_MISSING', { place: path, cause });
  }
  let session: ort.InferenceSession;
  try {
    session = await ort.InferenceSession.create(path, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      logSeverityLevel: 4,
    });
  } catch (cause) {
    throw engineErrors.make('MODEL_DAMAGED', { place: path, cause });
  }
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    run: async (feeds, wanted) => session.run(feeds, wanted ?? session.outputNames),
    release: () => session.release(),
  };
}

/** A float tensor; the data is not copied. */
export const floats = (data: Float32Array, dims: readonly number[]): Tensor =>
  new ort.Tensor('float32', data, dims);

/** An int64 tensor of `values`. */
export const longs = (values: readonly number[], dims: readonly number[]): Tensor =>
  new ort.Tensor('int64', BigInt64Array.from(values, BigInt), dims);

/** An int32 tensor of one value. */
export const integer = (value: number): Tensor =>
  new ort.Tensor('int32', Int32Array.of(value), [1]);

/** An int64 tensor of `count` ones: a mask that hides nothing. */
export const ones = (count: number, dims: readonly number[]): Tensor =>
  new ort.Tensor('int64', new BigInt64Array(count).fill(1n), dims);

/** An int64 tensor of rows that each hide all but their first `seen` of `width` places. */
export function masks(seen: readonly number[], width: number): Tensor {
  const data = new BigInt64Array(seen.length * width);
  for (const [row, count] of seen.entries()) data.fill(1n, row * width, row * width + count);
  return new ort.Tensor('int64', data, [seen.length, width]);
}

export const flag = (value: boolean): Tensor =>
  new ort.Tensor('bool', Uint8Array.of(value ? 1 : 0), [1]);

/** The float data of output `name`. Throws when the model has no such float output. */
export function floatsOf(outputs: Feeds, name: string, path: string): Float32Array {
  const data = outputs[name]?.data;
  if (data instanceof Float32Array) return data;
  throw engineErrors.make('MODEL_DAMAGED', { place: path, detail: `no float output ${name}` });
}
