import { floats } from './onnx.js';
import type { Feeds, Tensor } from './onnx.js';

// The cache of the original decoder: a tensor [rows, heads, places, head size] each.

/** The file of the original decoder. */
export const PLACE = 'decoder_model_merged.ort';

const LAYERS = 6;
const HEADS = 8;
const HEAD_SIZE = 36;

const cacheNames = (part: 'decoder' | 'encoder'): readonly string[] =>
  Array.from({ length: LAYERS }, (_, layer) => [
    `${layer}.${part}.key`,
    `${layer}.${part}.value`,
  ]).flat();
export const DECODER_CACHE = cacheNames('decoder');
export const ENCODER_CACHE = cacheNames('encoder');

const presentOf = (names: readonly string[]): readonly string[] =>
  names.map((name) => `present.${name}`);
/** What is wanted of a step; what the encoder's part says comes with the first and stays. */
export const OUTPUTS = ['logits', ...presentOf(DECODER_CACHE)];
export const FIRST_OUTPUTS = [...OUTPUTS, ...presentOf(ENCODER_CACHE)];

/** The cache before the first step: empty, as the branch without cache wants it. */
export function emptyPast(): Feeds {
  const none = floats(new Float32Array(0), [0, HEADS, 1, HEAD_SIZE]);
  return Object.fromEntries(
    [...DECODER_CACHE, ...ENCODER_CACHE].map((name) => [`past_key_values.${name}`, none]),
  );
}

/** What a run left in `names` of the cache, as the next run is fed with it. */
export const pastOf = (
  outputs: Feeds,
  names: readonly string[],
  change: (tensor: Tensor) => Tensor = (tensor) => tensor,
): Feeds =>
  Object.fromEntries(
    names.flatMap((name) => {
      const present = outputs[`present.${name}`];
      return present === undefined ? [] : [[`past_key_values.${name}`, change(present)]];
    }),
  );

/** The first `count` places of a cache of one row. */
export function beginningOf(tensor: Tensor, count: number): Tensor {
  if (tensor.dims[2] === count) return tensor;
  const data = tensor.data as Float32Array;
  const width = data.length / HEADS;
  const taken = new Float32Array(HEADS * count * HEAD_SIZE);
  for (let head = 0; head < HEADS; head += 1) {
    const from = head * width;
    taken.set(data.subarray(from, from + count * HEAD_SIZE), head * count * HEAD_SIZE);
  }
  return floats(taken, [1, HEADS, count, HEAD_SIZE]);
}

/** These rows, in this order. */
export function takeRows(tensor: Tensor, rows: readonly number[]): Tensor {
  const data = tensor.data as Float32Array;
  const [count = 1, ...rest] = tensor.dims;
  if (rows.length === count && rows.every((row, at) => row === at)) return tensor;
  const width = data.length / count;
  const taken = new Float32Array(width * rows.length);
  rows.forEach((row, at) => {
    taken.set(data.subarray(row * width, (row + 1) * width), at * width);
  });
  return floats(taken, [rows.length, ...rest]);
}

export const repeatRow = (tensor: Tensor, times: number): Tensor =>
  takeRows(
    tensor,
    Array.from({ length: times }, () => 0),
  );
