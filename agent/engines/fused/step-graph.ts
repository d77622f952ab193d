import { OnnxFile } from '../../wire/onnx-file.js';
import { norm, rowProduct } from './products.js';
import {
  CACHE,
  HEADS,
  HEARD_NAMES,
  HEAD_SIZE,
  LAYERS,
  MOST_TOKENS,
  TOLD,
  TURNED,
  WIDTH,
  turns,
} from './shape.js';
import type { Weights } from './weights.js';
import { besides, scaled } from './weights.js';
import type { Matrix } from './weights.js';

const LAYER = (layer: number): string => `/model/decoder/layers.${layer}`;

/**
 * Writes the decoder: some tokens after those in `past`; what they add to it is `added`. Each sees what its row of `bias`
 * does not hide, and so many frames as its row of `heard_bias`.
 */
export class StepGraph {
  readonly #weights: Weights;
  readonly #signed: boolean;
  readonly #file = new OnnxFile('moonshine-tiny-step');
  /** What each layer adds to the cache. */
  readonly #added: string[] = [];

  /** `weights` are those of the original decoder; not every processor multiplies `signed` ones rightly. */
  constructor(weights: Weights, signed: boolean) {
    this.#weights = weights;
    this.#signed = signed;
  }

  /** Throws ENGINE_MODEL_DAMAGED where a weight is missing. */
  build(): OnnxFile {
    const file = this.#file;
    const ids = file.input('ids', 'int64', [1, 'rows']);
    file.input('positions', 'int64', [1, 'rows']);
    file.input('bias', 'float', [1, 1, 'rows', 'seen']);
    file.input('heard_bias', 'float', [1, 1, 'rows', 'frames']);
    const past = this.#split(
      file.input('past', 'float', [1, 'before', CACHE]),
      Array<number>(2 * LAYERS).fill(WIDTH),
    );
    for (const name of HEARD_NAMES) {
      file.input(name, 'float', [1, HEADS, 'frames', HEAD_SIZE]);
    }
    const [cos, sin] = turns(MOST_TOKENS);
    const turn = [cos, sin].map((part) => file.constant(part, [MOST_TOKENS, TURNED / 2]));
    let x = this.#embedding(ids);
    for (let layer = 0; layer < LAYERS; layer += 1) x = this.#layer(x, layer, turn, past);
    const last = this.#norm(x, 'model.decoder.norm');
    const logits = this.#product(last, this.#weights.matrix('logits'));
    const logs = file.node('LogSoftmax', [logits], { axis: { int: -1 } }, 'logs');
    const told = file.constant(BigInt64Array.of(BigInt(TOLD)));
    file.nodes('TopK', [logs, told], ['best', 'best_ids'], { axis: { int: -1 } });
    file.output('logs', [1, 'rows', 'tokens']);
    file.output('best', [1, 'rows', TOLD]);
    file.output('best_ids', [1, 'rows', TOLD], 'int64');
    file.node('Concat', this.#added, { axis: { int: 2 } }, 'added');
    file.output('added', [1, 'rows', CACHE]);
    return file;
  }

  #embedding(ids: string): string {
    const file = this.#file;
    const name = 'model.decoder.embed_tokens.weight_merged_0';
    const table = this.#weights.bytes(`${name}_quantized`);
    const found = file.node('Gather', [file.constant(table, [table.length / WIDTH, WIDTH]), ids]);
    const scale = file.constant(this.#weights.floats(`${name}_scale`), []);
    const zero = file.constant(this.#weights.bytes(`${name}_zero_point`), []);
    return file.node('DequantizeLinear', [found, scale, zero]);
  }

  #layer(x: string, layer: number, turn: readonly string[], past: readonly string[]): string {
    const file = this.#file;
    const name = `model.decoder.layers.${layer}`;
    const parts = ['q_proj', 'k_proj', 'v_proj'].map((part) =>
      this.#projection(layer, 'self_attn', part),
    );
    const [key = '', value = ''] = ['key', 'value'].map((part) => `${layer}.${part}`);
    const all = this.#product(this.#norm(x, `${name}.input_layernorm`), besides(parts));
    const [still = '', values = ''] = this.#split(all, [2 * WIDTH, WIDTH]);
    const turned = file.node('com.microsoft.RotaryEmbedding', [still, 'positions', ...turn], {
      ...{ interleaved: { int: 1 }, num_heads: { int: 2 * HEADS } },
      rotary_embedding_dim: { int: TURNED },
    });
    const [queries = '', keys = ''] = this.#split(turned, [WIDTH, WIDTH]);
    this.#added.push(keys, values);
    const seen = [keys, values].map((made, at) =>
      file.node('Concat', [past[2 * layer + at] ?? '', made], { axis: { int: 1 } }),
    );
    const attended = file.node(
      'com.microsoft.MultiHeadAttention',
      [queries, ...seen, '', '', 'bias'],
      { num_heads: { int: HEADS }, scale: { float: 1 } },
    );
    const said = file.node('Add', [
      x,
      this.#product(attended, this.#projection(layer, 'self_attn', 'o_proj')),
    ]);
    const asked = this.#product(
      this.#norm(said, `${name}.post_attention_layernorm`),
      this.#projection(layer, 'encoder_attn', 'q_proj'),
    );
    const listened = file.node(
      'com.microsoft.MultiHeadAttention',
      [asked, `heard.${key}`, `heard.${value}`, '', '', 'heard_bias'],
      { num_heads: { int: HEADS }, scale: { float: 1 } },
    );
    const heard = this.#product(listened, this.#projection(layer, 'encoder_attn', 'o_proj'));
    const both = file.node('Add', [said, heard]);
    const thought = this.#thought(this.#norm(both, `${name}.final_layernorm`), layer);
    return file.node('Add', [both, thought]);
  }

  /** The two layers of a block that look at one token alone. */
  #thought(x: string, layer: number): string {
    const file = this.#file;
    const [first, second] = ['fc1', 'fc2'].map((part) =>
      this.#weights.matrix(`${LAYER(layer)}/mlp/${part}/Add_output_0`),
    ) as [Matrix, Matrix];
    const [value = '', gate = ''] = file.nodes('Split', [this.#product(x, first)], 2, {
      axis: { int: 2 },
    });
    const open = file.node('com.microsoft.QuickGelu', [gate], { alpha: { float: 1 } });
    return this.#product(file.node('Mul', [open, value]), second);
  }

  /** Questions are made smaller here by what attention would divide their products by: it costs nothing. */
  #projection(layer: number, attention: string, part: string): Matrix {
    const matrix = this.#weights.matrix(`${LAYER(layer)}/${attention}/${part}/MatMul_output_0`);
    return part === 'q_proj' ? scaled(matrix, 1 / Math.sqrt(HEAD_SIZE)) : matrix;
  }

  #product(x: string, matrix: Matrix): string {
    return rowProduct(this.#file, x, matrix, this.#signed);
  }

  #split(x: string, sizes: readonly number[]): readonly string[] {
    const parts = this.#file.constant(BigInt64Array.from(sizes, BigInt));
    return this.#file.nodes('Split', [x, parts], sizes.length, { axis: { int: 2 } });
  }

  #norm(x: string, name: string): string {
    return norm(this.#file, x, this.#weights.floats(`${name}.weight_merged_0`));
  }
}
