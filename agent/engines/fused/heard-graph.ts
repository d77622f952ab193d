import { OnnxFile } from '../../wire/onnx-file.js';
import { EXPECTED_HIDDEN, EXPECTED_LOGS } from './check.js';
import { kernelOf } from './convolution.js';
import { norm, reshape, slice, wholeProduct } from './products.js';
import {
  HEADS,
  HEAD_SIZE,
  LAYERS,
  MOST_FRAMES,
  STEM_WIDTH,
  TURNED,
  WIDTH,
  HEARD_NAMES,
  turns,
} from './shape.js';
import { StemGraph } from './stem-graph.js';
import { besides, scaled } from './weights.js';
import type { Matrix, Weights } from './weights.js';

/** The weights that the graph is made of. */
export interface HeardParts {
  readonly encoder: Weights;
  readonly decoder: Weights;
  /** Signed weights, which are quicker; not every processor multiplies them without saturation. */
  readonly signed: boolean;
  /** What the published encoder makes of the test's audio, and its decoder of the text. */
  readonly hidden: Float32Array;
  readonly logs: Float32Array;
}

/**
 * Writes the encoder from its stem on, and after it what the decoder asks of its frames at each step: keys
 * and values.
 */
export class HeardGraph {
  readonly #parts: HeardParts;
  readonly #file = new OnnxFile('moonshine-tiny-heard');

  constructor(parts: HeardParts) {
    this.#parts = parts;
  }

  /** Throws ENGINE_MODEL_DAMAGED where a weight is missing. */
  build(): OnnxFile {
    const file = this.#file;
    file.input('positions', 'int64', [1, 'frames']);
    const turn = turns(MOST_FRAMES).map((part) => file.constant(part, [MOST_FRAMES, TURNED / 2]));
    let x = this.#convolved();
    for (let layer = 0; layer < LAYERS; layer += 1) x = this.#layer(x, layer, turn);
    const hidden = norm(file, x, this.#floats('layer_norm.weight'), 'hidden');
    file.output('hidden', [1, 'frames', WIDTH]);
    this.#keysAndValues(hidden);
    this.#stored(EXPECTED_HIDDEN, this.#parts.hidden);
    this.#stored(EXPECTED_LOGS, this.#parts.logs);
    return file;
  }

  /** What is left of the first convolutions, each a product over what it looks at. */
  #convolved(): string {
    const file = this.#file;
    const stem = file.input('stem', 'float', [1, 'halves', STEM_WIDTH]);
    const level = file.input('level', 'float', [1]);
    const offset = file.input('offset', 'float', [1]);
    const { mean, bias } = new StemGraph(this.#parts.encoder).levelling();
    const shift = file.node('Sub', [
      file.constant(bias),
      file.node('Mul', [file.constant(mean), offset]),
    ]);
    const levelled = file.node('Add', [file.node('Mul', [stem, level]), shift]);
    const pairs = reshape(file, this.#gelu(levelled), [1, -1, 2 * STEM_WIDTH]);
    const three = [
      slice(file, pairs, 1, 0, -1),
      slice(file, slice(file, pairs, 1, 1), 2, 0, STEM_WIDTH),
    ];
    const { inputs, outputs, values } = kernelOf(this.#parts.encoder, 'conv3');
    const seen = file.node('Concat', three, { axis: { int: 2 } });
    const made = file.node('MatMul', [seen, file.constant(values, [inputs, outputs])]);
    return this.#gelu(file.node('Add', [made, file.constant(this.#floats('conv3.bias'))]));
  }

  #layer(x: string, layer: number, turn: readonly string[]): string {
    const file = this.#file;
    const name = `layers.${layer}`;
    const parts = ['q_proj', 'k_proj', 'v_proj'].map((part) =>
      this.#parts.encoder.matrix(`/${name}/self_attn/${part}/MatMul_output_0`),
    );
    const [query, ...others] = parts as [Matrix, ...Matrix[]];
    const all = besides([scaled(query, 1 / Math.sqrt(HEAD_SIZE)), ...others]);
    const asked = this.#product(norm(file, x, this.#floats(`${name}.input_layernorm.weight`)), all);
    const [still = '', value = ''] = this.#split(asked, [2 * WIDTH, WIDTH]);
    const turned = file.node('com.microsoft.RotaryEmbedding', [still, 'positions', ...turn], {
      ...{ interleaved: { int: 1 }, num_heads: { int: 2 * HEADS } },
      rotary_embedding_dim: { int: TURNED },
    });
    const attended = file.node(
      'com.microsoft.MultiHeadAttention',
      [...this.#split(turned, [WIDTH, WIDTH]), value],
      { num_heads: { int: HEADS }, scale: { float: 1 } },
    );
    const back = this.#matrix(`/${name}/self_attn/o_proj/MatMul_output_0`);
    const both = file.node('Add', [x, this.#product(attended, back)]);
    const even = norm(file, both, this.#floats(`${name}.post_attention_layernorm.weight`));
    const wide = this.#gelu(this.#product(even, this.#matrix(`/${name}/mlp/fc1/Add_output_0`)));
    const narrow = this.#product(wide, this.#matrix(`/${name}/mlp/fc2/Add_output_0`));
    return file.node('Add', [both, narrow]);
  }

  #keysAndValues(hidden: string): void {
    const file = this.#file;
    const all = Array.from({ length: LAYERS }, (_, layer) =>
      ['k_proj', 'v_proj'].map((part) =>
        this.#parts.decoder.matrix(
          `/model/decoder/layers.${layer}/encoder_attn/${part}/MatMul_output_0`,
        ),
      ),
    ).flat();
    const heads = [0, 0, HEADS * all.length, HEAD_SIZE];
    const made = reshape(file, this.#product(hidden, besides(all)), heads);
    const turned = file.node('Transpose', [made], { perm: { ints: [0, 2, 1, 3] } });
    file.nodes('Split', [turned], HEARD_NAMES, { axis: { int: 1 } });
    for (const name of HEARD_NAMES) file.output(name, [1, HEADS, 'frames', HEAD_SIZE]);
  }

  #stored(name: string, values: Float32Array): void {
    const file = this.#file;
    file.node('Identity', [file.constant(values)], {}, name);
    file.output(name, [values.length]);
  }

  #split(x: string, sizes: readonly number[]): readonly string[] {
    const parts = this.#file.constant(BigInt64Array.from(sizes, BigInt));
    return this.#file.nodes('Split', [x, parts], sizes.length, { axis: { int: 2 } });
  }

  #product(x: string, matrix: Matrix): string {
    return wholeProduct(this.#file, x, matrix, this.#parts.signed);
  }

  #gelu(x: string): string {
    return this.#file.node('com.microsoft.Gelu', [x]);
  }

  #matrix(output: string): Matrix {
    return this.#parts.encoder.matrix(output);
  }

  #floats(name: string): Float32Array {
    return this.#parts.encoder.floats(name);
  }
}
