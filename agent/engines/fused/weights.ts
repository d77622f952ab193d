import { engineErrors } from '../errors.js';
import { readOrtFile } from './ort-file.js';
import type { Constant, OrtFile } from './ort-file.js';

/** A matrix of eight-bit weights, row by input: each is (value - zero) × scale. */
export interface Matrix {
  readonly inputs: number;
  readonly outputs: number;
  /** `inputs` × `outputs`. */
  readonly values: Uint8Array;
  /** One each output. */
  readonly scales: Float32Array;
  readonly zeros: Uint8Array;
  readonly bias: Float32Array | undefined;
}

/** Where a product's node has the weights, their scale, their zero and its bias among its inputs. */
const PLACES: Readonly<Record<string, readonly [number, number, number, number]>> = {
  DynamicQuantizeMatMul: [1, 2, 3, 4],
  MatMulIntegerToFloat: [1, 3, 5, 6],
};

/** The weights of a model that was quantised to eight bits, one scale and zero a matrix. */
export class Weights {
  readonly #file: OrtFile;
  readonly #place: string;

  private constructor(file: OrtFile, place: string) {
    this.#file = file;
    this.#place = place;
  }

  /** Those of the ORT file at `path`. Throws ENGINE_MODEL_MISSING or ENGINE_MODEL_DAMAGED. */
  static async read(path: string): Promise<Weights> {
    return new Weights(await readOrtFile(path), path);
  }

  /** The matrix of the product that makes the value `output`. Throws ENGINE_MODEL_DAMAGED. */
  matrix(output: string): Matrix {
    const { type = '', inputs: given = [] } = this.#file.nodes.get(output) ?? {};
    const places = PLACES[type];
    if (places === undefined) throw this.#missing(output);
    const [weights, scale, zero, bias] = places.map((place) => given[place] ?? '');
    const [inputs = 0, outputs = 0] = this.#file.constants.get(weights ?? '')?.dims ?? [];
    return {
      inputs,
      outputs,
      values: this.bytes(weights ?? ''),
      scales: new Float32Array(outputs).fill(this.floats(scale ?? '')[0] ?? 0),
      zeros: new Uint8Array(outputs).fill(this.bytes(zero ?? '')[0] ?? 0),
      bias: bias === '' ? undefined : this.floats(bias ?? ''),
    };
  }

  /** A constant with its sizes. Throws ENGINE_MODEL_DAMAGED. */
  tensor(name: string): Constant {
    const found = this.#file.constants.get(name);
    if (found === undefined) throw this.#missing(name);
    return found;
  }

  /** A constant of floats. Throws ENGINE_MODEL_DAMAGED. */
  floats(name: string): Float32Array {
    const data = this.#file.constants.get(name)?.data;
    if (data instanceof Float32Array) return data;
    throw this.#missing(name);
  }

  /** A constant of bytes. Throws ENGINE_MODEL_DAMAGED. */
  bytes(name: string): Uint8Array {
    const data = this.#file.constants.get(name)?.data;
    if (data instanceof Uint8Array) return data;
    throw this.#missing(name);
  }

  #missing(name: string): Error {
    return engineErrors.make('MODEL_DAMAGED', { place: this.#place, detail: `no ${name}` });
  }
}

/** Several matrices that read the same input as one, their outputs side by side; no bias. */
export function besides(matrices: readonly Matrix[]): Matrix {
  const inputs = matrices[0]?.inputs ?? 0;
  const outputs = matrices.reduce((sum, matrix) => sum + matrix.outputs, 0);
  const values = new Uint8Array(inputs * outputs);
  const scales = new Float32Array(outputs);
  const zeros = new Uint8Array(outputs);
  let first = 0;
  for (const matrix of matrices) {
    for (let row = 0; row < inputs; row += 1) {
      const from = row * matrix.outputs;
      values.set(matrix.values.subarray(from, from + matrix.outputs), row * outputs + first);
    }
    scales.set(matrix.scales, first);
    zeros.set(matrix.zeros, first);
    first += matrix.outputs;
  }
  return { inputs, outputs, values, scales, zeros, bias: undefined };
}

/** The same with all weights `times` as large. */
export const scaled = (matrix: Matrix, times: number): Matrix => ({
  ...matrix,
  scales: matrix.scales.map((scale) => scale * times),
});
