import type { Weights } from './weights.js';

/** Weights of a convolution as a product over what it looks at. */
export interface Kernel {
  /** What it looks at: all channels of its first place, then those of the next. */
  readonly inputs: number;
  readonly outputs: number;
  /** `inputs` × `outputs`. */
  readonly values: Float32Array;
}

/**
 * Convolution `name` of the encoder, as if it looked at `wide` values, or at its own. Throws
 * ENGINE_MODEL_DAMAGED.
 */
export function kernelOf(encoder: Weights, name: string, wide?: number): Kernel {
  const { dims, data } = encoder.tensor(`${name}.weight_add_tensor`);
  const [outputs = 0, from = 0, kernel = 0] = dims;
  const inputs = wide ?? from * kernel;
  const values = new Float32Array(inputs * outputs);
  for (let out = 0; out < outputs; out += 1) {
    for (let channel = 0; channel < from; channel += 1) {
      for (let at = 0; at < kernel; at += 1) {
        const weight = data[(out * from + channel) * kernel + at] ?? 0;
        values[(at * from + channel) * outputs + out] = weight;
      }
    }
  }
  return { inputs, outputs, values };
}
