import type { OnnxFile } from '../../wire/onnx-file.js';
import { EPSILON } from './shape.js';
import type { Matrix } from './weights.js';

/** What makes a signed byte of an unsigned one. */
const HALF = 128;
/** The largest value of a row becomes so much, to both sides of HALF. */
const MOST = 127;

/** Weights as a node takes them: values, scales and zeros. */
type Stored = readonly [string, string, string];

/**
 * The product of `x` with eight-bit weights, each row of `x` quantised by itself: a row never depends on
 * its neighbours. Signed weights give the same sums more quickly, but only where the processor multiplies
 * bytes without saturation.
 */
export function rowProduct(file: OnnxFile, x: string, matrix: Matrix, signed: boolean): string {
  const largest = file.node('ReduceMax', [file.node('Abs', [x])], {
    ...{ axes: { ints: [-1] }, keepdims: { int: 1 } },
  });
  const step = file.constant(Float32Array.of(1 / MOST), []);
  const middle = file.constant(Uint8Array.of(HALF), []);
  const bytes = file.node('QuantizeLinear', [file.node('Div', [x, largest]), step, middle]);
  const [values, scales, zeros] = stored(file, matrix, signed);
  const sums = file.node('com.microsoft.MatMulIntegerToFloat', [
    ...[bytes, values, step, scales, middle, zeros],
  ]);
  const made = file.node('Mul', [sums, largest]);
  if (matrix.bias === undefined) return made;
  return file.node('Add', [made, file.constant(matrix.bias)]);
}

/**
 * The product of `x` with eight-bit weights, all of `x` quantised at once, as the original does it: it
 * takes fewer steps. Of signed weights the same is true as above.
 */
export function wholeProduct(file: OnnxFile, x: string, matrix: Matrix, signed: boolean): string {
  const added = matrix.bias === undefined ? [] : [file.constant(matrix.bias)];
  return file.node('com.microsoft.DynamicQuantizeMatMul', [
    ...[x, ...stored(file, matrix, signed), ...added],
  ]);
}

function stored(file: OnnxFile, matrix: Matrix, signed: boolean): Stored {
  const { inputs, outputs } = matrix;
  const bytes = (values: Uint8Array): Uint8Array | Int8Array =>
    signed ? Int8Array.from(values, (value) => value - HALF) : values;
  // One scale for all is quicker than the same one for each.
  const alike = (values: Float32Array | Uint8Array): boolean =>
    values.every((value) => value === values[0]);
  const one = alike(matrix.scales) && alike(matrix.zeros);
  const [count, dims] = one ? [1, []] : [outputs, [outputs]];
  return [
    file.constant(bytes(matrix.values), [inputs, outputs]),
    file.constant(matrix.scales.subarray(0, count), dims),
    file.constant(bytes(matrix.zeros.subarray(0, count)), dims),
  ];
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
