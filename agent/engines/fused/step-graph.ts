import { OnnxFile } from '../../wire/onnx-file.js';
import { norm, rowProduct } from './products.js';
import {
  HEADS,
  HEAD_SIZE,
  LAYERS,
  MOST_TOKENS,
  TOLD,
  TURNED,
  WIDE_HEAD,
  WIDTH,
  cacheNames,
  turns,
} from './shape.js';
import type { Weights } from './weights.js';
import { besides, scaled, widerInputs, widerOutputs } from './weights.js';
import type { Matrix } from './weights.js';

const LAYER = (layer: number): string => `/model/decoder/layers.${layer}`;

/**
 * Writes the decoder: some tokens after those that are in the cache. Each sees what its row of `bias`
 * does not hide, and so many frames as its row of `heard_bias`.
 */
export class StepGraph {
  readonly #weights: Weights;
  readonly #file = new OnnxFile('moonshine-tiny-step');

  /** `weights` are those of the original decoder. */
  constructor(weights: Weights) {
    this.#weights = weights;
  }

  /** Throws ENGINE_MODEL_DAMAGED where a weight is missing. */
  build(): OnnxFile {
    const file = this.#file;
    const ids = file.input('ids', 'int64', [1, 'rows']);
    file.input('positions', 'int64', [1, 'rows']);
    file.input('bias', 'float', [1, 1, 'rows', 'seen']);
    file.input('heard_bias', 'float', [1, 1, 'rows', 'frames']);
    file.input('last', 'int32', [1]);
    file.input('seen', 'int32', [1]);
    for (const name of cacheNames('past')) file.input(name, 'float', [1, HEADS, 'most', WIDE_HEAD]);
    for (const name of cacheNames('heard')) {
      file.input(name, 'float', [1, HEADS, 'frames', HEAD_SIZE]);
    }
    const [cos, sin] = turns(MOST_TOKENS);
    const turn = [cos, sin].map((part) => file.constant(part, [MOST_TOKENS, TURNED / 2]));
    let x = this.#embedding(ids);
    for (let layer = 0; layer < LAYERS; layer += 1) x = this.#layer(x, layer, turn);
    const last = this.#norm(x, 'model.decoder.norm');
    const logits = rowProduct(file, last, this.#weights.matrix('logits'));
    const logs = file.node('LogSoftmax', [logits], { axis: { int: -1 } }, 'logs');
    const told = file.constant(BigInt64Array.of(BigInt(TOLD)));
    file.nodes('TopK', [logs, told], ['best', 'best_ids'], { axis: { int: -1 } });
    file.output('logs', [1, 'rows', 'tokens']);
    file.output('best', [1, 'rows', TOLD]);
    file.output('best_ids', [1, 'rows', TOLD], 'int64');
    for (const name of cacheNames('present')) file.output(name, [1, HEADS, 'most', WIDE_HEAD]);
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

  #layer(x: string, layer: number, turn: readonly string[]): string {
    const file = this.#file;
    const name = `model.decoder.layers.${layer}`;
    const wide = ['q_proj', 'k_proj', 'v_proj'].map((part) =>
      widerOutputs(this.#projection(layer, 'self_attn', part), HEAD_SIZE, WIDE_HEAD),
    );
    const [key = '', value = ''] = ['key', 'value'].map((part) => `${layer}.${part}`);
    const [attended = ''] = file.nodes(
      'com.microsoft.GroupQueryAttention',
      [
        rowProduct(file, this.#norm(x, `${name}.input_layernorm`), besides(wide)),
        ...['', '', `past.${key}`, `past.${value}`, 'last', 'seen'],
        ...[...turn, 'positions', 'bias'],
      ],
      [`attended.${layer}`, `present.${key}`, `present.${value}`],
      {
        ...{ num_heads: { int: HEADS }, kv_num_heads: { int: HEADS }, scale: { float: 1 } },
        ...{ do_rotary: { int: 1 }, rotary_interleaved: { int: 1 } },
      },
    );
    const back = widerInputs(this.#projection(layer, 'self_attn', 'o_proj'), HEAD_SIZE, WIDE_HEAD);
    const said = file.node('Add', [x, rowProduct(file, attended, back)]);
    const asked = rowProduct(
      file,
      this.#norm(said, `${name}.post_attention_layernorm`),
      this.#projection(layer, 'encoder_attn', 'q_proj'),
    );
    const listened = file.node(
      'com.microsoft.MultiHeadAttention',
      [asked, `heard.${key}`, `heard.${value}`, '', '', 'heard_bias'],
      { num_heads: { int: HEADS }, scale: { float: 1 } },
    );
    const heard = rowProduct(file, listened, this.#projection(layer, 'encoder_attn', 'o_proj'));
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
    const [value = '', gate = ''] = file.nodes('Split', [rowProduct(file, x, first)], 2, {
      axis: { int: 2 },
    });
    const open = file.node('com.microsoft.QuickGelu', [gate], { alpha: { float: 1 } });
    return rowProduct(file, file.node('Mul', [open, value]), second);
  }

  /** Questions are made smaller here by what attention would divide their products by: it costs nothing. */
  #projection(layer: number, attention: string, part: string): Matrix {
    const matrix = this.#weights.matrix(`${LAYER(layer)}/${attention}/${part}/MatMul_output_0`);
    return part === 'q_proj' ? scaled(matrix, 1 / Math.sqrt(HEAD_SIZE)) : matrix;
  }

  #norm(x: string, name: string): string {
    return norm(this.#file, x, this.#weights.floats(`${name}.weight_merged_0`));
  }
}
