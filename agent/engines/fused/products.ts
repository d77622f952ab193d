import type { OnnxFile } from '../../wire/onnx-file.js';
import { EPSILON } from './shape.js';
import type { Matrix } from './weights.js';

/** So many weights share a scale: all have the same, but the runtime wants one for each few. */
const BLOCK = 32;
/** Products of bytes; more would multiply floats. */
const BYTES = 4;
/** What makes a signed byte of an unsigned one. */
const HALF = 128;

/**
 * The product of `x` with eight-bit weights, each row of `x` quantised by itself in small blocks: a row
 * never depends on its neighbours, and one row alone is quickest so.
 */
export function rowProduct(file: OnnxFile, x: string, matrix: Matrix): string {
  const { inputs, outputs, values, bias } = matrix;
  const blocks = inputs / BLOCK;
  const turned = new Uint8Array(values.length);
  for (let row = 0; row < inputs; row += 1) {
    for (let column = 0; column < outputs; column += 1) {
      turned[column * inputs + row] = values[row * outputs + column] ?? 0;
    }
  }
  const scales = new Float32Array(outputs * blocks);
  const zeros = new Uint8Array(outputs * blocks);
  for (let column = 0; column < outputs; column += 1) {
    scales.fill(matrix.scales[column] ?? 0, column * blocks, (column + 1) * blocks);
    zeros.fill(matrix.zeros[column] ?? 0, column * blocks, (column + 1) * blocks);
  }
  const stored = [
    file.constant(turned, [outputs, blocks, BLOCK]),
    file.constant(scales),
    file.constant(zeros),
  ];
  const added = bias === undefined ? [] : ['', file.constant(bias)];
  return file.node('com.microsoft.MatMulNBits', [x, ...stored, ...added], {
    ...{ K: { int: inputs }, N: { int: outputs }, bits: { int: 8 }, block_size: { int: BLOCK } },
    accuracy_level: { int: BYTES },
  });
}

/**
 * The product of `x` with eight-bit weights, all of `x` quantised at once, as the original does it: quick
 * where there are many rows. Signed weights give the same sums twice as quickly, but only where the
 * processor multiplies bytes without saturation.
 */
export function wholeProduct(file: OnnxFile, x: string, matrix: Matrix, signed: boolean): string {
  const { inputs, outputs, bias } = matrix;
  const bytes = (values: Uint8Array): Uint8Array | Int8Array =>
    signed ? Int8Array.from(values, (value) => value - HALF) : values;
  // One scale for all is quicker than the same one for each.
  const alike = (values: Float32Array | Uint8Array): boolean =>
    values.every((value) => value === values[0]);
  const one = alike(matrix.scales) && alike(matrix.zeros);
  const [count, dims] = one ? [1, []] : [outputs, [outputs]];
  const stored = [
    file.constant(bytes(matrix.values), [inputs, outputs]),
    file.constant(matrix.scales.subarray(0, count), dims),
    file.constant(bytes(matrix.zeros.subarray(0, count)), dims),
  ];
  const added = bias === undefined ? [] : [file.constant(bias)];
  return file.node('com.microsoft.DynamicQuantizeMatMul', [x, ...stored, ...added]);
}

/** Layer normalisation; `as` names what it makes. */
export function norm(file: OnnxFile, x: string, weight: Float32Array, as?: string): string {
  const how = { axis: { int: -1 }, epsilon: { float: EPSILON } };
  return file.node('LayerNormalization', [x, file.constant(weight)], how, as);
}

/** A part of `x` along `axis`; `to` is left out for its end, and both may count from there. */
export function slice(file: OnnxFile, x: string, axis: number, from: number, to?: number): string {
  const ends = [from, to ?? Number.MAX_SAFE_INTEGER, axis];
  return file.node('Slice', [
    x,
    ...ends.map((end) => file.constant(BigInt64Array.of(BigInt(end)))),
  ]);
}

/** `x` in another shape; one size may be -1, and 0 keeps what it was. */
export const reshape = (file: OnnxFile, x: string, sizes: readonly number[]): string =>
  file.node('Reshape', [x, file.constant(BigInt64Array.from(sizes, BigInt))]);
