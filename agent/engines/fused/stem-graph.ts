import { OnnxFile } from '../../wire/onnx-file.js';
import { kernelOf, type Kernel } from './convolution.js';
import { reshape, slice } from './products.js';
import { HOP, STEM_HOPS, STEM_WIDTH, WIDTH } from './shape.js';
import type { Weights } from './weights.js';

/** How a frame of the stem becomes what the second convolution makes of the whole sound, channel by channel. */
export interface Levelling {
  /** What is taken away for each part of the sound's mean. */
  readonly mean: Float32Array;
  /** What is added in any case. */
  readonly bias: Float32Array;
}

/** Scale and shift of each channel between the first two convolutions. */
interface Scaling {
  readonly scale: Float32Array;
  readonly shift: Float32Array;
}

/**
 * Between the first two convolutions stands a normalisation by mean and deviation of the whole sound, so
 * that no frame could be kept when more is said. The second is a plain product, however: it gives the
 * same when what it makes is normalised after it. What stands before that depends on nothing but the
 * 512 samples that a frame looks at, and silence makes nothing of it.
 */
export class StemGraph {
  readonly #encoder: Weights;

  /** `encoder` are the weights of the original. */
  constructor(encoder: Weights) {
    this.#encoder = encoder;
  }

  /** Throws ENGINE_MODEL_DAMAGED where a weight is missing. */
  build(): OnnxFile {
    const file = new OnnxFile('moonshine-tiny-stem');
    const audio = file.input('audio', 'float', [1, 'hops', HOP]);
    const both = file.node('Concat', [slice(file, audio, 1, 0, -1), slice(file, audio, 1, 1)], {
      axis: { int: 2 },
    });
    const sounds = file.node('Tanh', [
      product(file, both, kernelOf(this.#encoder, 'conv1', 2 * HOP)),
    ]);
    const blocks = reshape(file, sounds, [1, -1, STEM_HOPS * WIDTH]);
    const own = slice(file, blocks, 1, 0, -2);
    const seven = [
      own,
      slice(file, blocks, 1, 1, -1),
      slice(file, slice(file, blocks, 1, 2), 2, 0, WIDTH),
    ];
    const seen = file.node('Concat', seven, { axis: { int: 2 } });
    file.node('MatMul', [seen, constantOf(file, this.#scaled())], {}, 'stem');
    file.output('stem', [1, 'frames', STEM_WIDTH]);
    const axis = file.constant(BigInt64Array.of(2n));
    file.node('ReduceSum', [own, axis], { keepdims: { int: 0 } }, 'sums');
    file.output('sums', [1, 'frames']);
    file.node('ReduceSumSquare', [own], { axes: { ints: [2] }, keepdims: { int: 0 } }, 'squares');
    file.output('squares', [1, 'frames']);
    return file;
  }

  /** What is left to be done with its frames. Throws ENGINE_MODEL_DAMAGED where a weight is missing. */
  levelling(): Levelling {
    const { inputs, outputs, values } = kernelOf(this.#encoder, 'conv2');
    const { scale, shift } = this.#scaling();
    const mean = new Float64Array(outputs);
    const bias = Float64Array.from(this.#encoder.floats('conv2.bias'));
    for (let input = 0; input < inputs; input += 1) {
      const channel = input % WIDTH;
      for (let out = 0; out < outputs; out += 1) {
        const weight = values[input * outputs + out] ?? 0;
        mean[out] = (mean[out] ?? 0) + weight * (scale[channel] ?? 0);
        bias[out] = (bias[out] ?? 0) + weight * (shift[channel] ?? 0);
      }
    }
    return { mean: Float32Array.from(mean), bias: Float32Array.from(bias) };
  }

  /** The second convolution with the scale of its channels in its weights. */
  #scaled(): Kernel {
    const kernel = kernelOf(this.#encoder, 'conv2');
    const { scale } = this.#scaling();
    const { outputs } = kernel;
    const values = kernel.values.map(
      (weight, at) => weight * (scale[Math.floor(at / outputs) % WIDTH] ?? 0),
    );
    return { ...kernel, values };
  }

  #scaling(): Scaling {
    const [times = 1, plus = 0] = [1, 2].map(
      (which) => this.#encoder.floats(`/groupnorm/Constant_${which}_output_0`)[0],
    );
    const scale = this.#encoder.floats('onnx::Mul_2080');
    const shift = this.#encoder.floats('onnx::Add_2081');
    return {
      scale: scale.map((value) => value * times),
      shift: shift.map((value, channel) => value + plus * (scale[channel] ?? 0)),
    };
  }
}

const constantOf = (file: OnnxFile, { inputs, outputs, values }: Kernel): string =>
  file.constant(values, [inputs, outputs]);

const product = (file: OnnxFile, x: string, kernel: Kernel): string =>
  file.node('MatMul', [x, constantOf(file, kernel)]);
