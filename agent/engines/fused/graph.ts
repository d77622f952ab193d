import { join } from 'node:path';
import { OnnxFile } from '../../wire/onnx-file.js';
import { readOrtFile } from './ort-file.js';
import { Weights, besides, scaled, widerInputs, widerOutputs } from './weights.js';
import type { Matrix } from './weights.js';

export const LAYERS = 6;
export const HEADS = 8;
const HEAD_SIZE = 36;
/** The runtime's attention turns heads only where they are a multiple of 16 wide. */
export const WIDE_HEAD = 48;
const WIDTH = HEADS * HEAD_SIZE;
const EPSILON = 1e-5;
/** So much of each head is turned by its place in the text. */
const TURNED = 32;
const THETA = 10_000;
/** A piece of 20 s has 130 tokens at most. */
export const MOST_PLACES = 512;
/** So many weights share a scale: all have the same, but the runtime wants one for each few. */
const BLOCK = 32;
/** So many of the likeliest tokens are told: the five that are followed, and three that are no text. */
export const TOLD = 8;

const LAYER = (layer: number): string => `/model/decoder/layers.${layer}`;

/** The names of a cache's tensors. */
export const cacheNames = (cache: 'past' | 'present' | 'heard'): readonly string[] =>
  Array.from({ length: LAYERS }, (_, layer) =>
    ['key', 'value'].map((part) => `${cache}.${layer}.${part}`),
  ).flat();

/** Writes the decoder of Moonshine tiny with few, large operators. */
class FusedGraph {
  readonly #weights: Weights;
  readonly #file = new OnnxFile('moonshine-tiny-decoder');

  constructor(weights: Weights) {
    this.#weights = weights;
  }

  /** What the decoder hears of the encoder's output, the same at every step: keys and values by layer. */
  heard(): OnnxFile {
    const file = this.#file;
    const hidden = file.input('hidden', 'float', [1, 'frames', WIDTH]);
    const all = Array.from({ length: LAYERS }, (_, layer) =>
      ['k_proj', 'v_proj'].map((part) => this.#projection(layer, 'encoder_attn', part)),
    ).flat();
    const shape = BigInt64Array.of(0n, 0n, BigInt(HEADS * all.length), BigInt(HEAD_SIZE));
    const heads = file.node('Reshape', [this.#product(hidden, besides(all)), file.constant(shape)]);
    const turned = file.node('Transpose', [heads], { perm: { ints: [0, 2, 1, 3] } });
    const names = cacheNames('heard');
    file.nodes('Split', [turned], names, { axis: { int: 1 } });
    for (const name of names) file.output(name, [1, HEADS, 'frames', HEAD_SIZE]);
    return file;
  }

  /**
   * Some tokens after those that are in the cache. Each sees what its row of `bias` does not hide, and
   * so many frames as its row of `heard_bias`.
   */
  step(): OnnxFile {
    const file = this.#file;
    const ids = file.input('ids', 'int64', [1, 'rows']);
    file.input('positions', 'int64', [1, 'rows']);
    file.input('bias', 'float', [1, 1, 'rows', 'seen']);
    file.input('heard_bias', 'float', [1, 1, 'rows', 'frames']);
    file.input('last', 'int32', [1]);
    file.input('seen', 'int32', [1]);
    for (const name of cacheNames('past')) file.input(name, 'float', [1, HEADS, 'most', WIDE_HEAD]);
    for (const name of cacheNames('heard'))
      file.input(name, 'float', [1, HEADS, 'frames', HEAD_SIZE]);
    let x = this.#embedding(ids);
    const [cos, sin] = turns().map((turn) => file.constant(turn, [MOST_PLACES, TURNED / 2]));
    for (let layer = 0; layer < LAYERS; layer += 1) {
      x = this.#layer(x, layer, cos ?? '', sin ?? '');
    }
    const last = this.#norm(x, 'model.decoder.norm');
    const logits = this.#product(last, this.#weights.matrix('logits'));
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

  #layer(x: string, layer: number, cos: string, sin: string): string {
    const file = this.#file;
    const name = `model.decoder.layers.${layer}`;
    const wide = ['q_proj', 'k_proj', 'v_proj'].map((part) =>
      widerOutputs(this.#projection(layer, 'self_attn', part), HEAD_SIZE, WIDE_HEAD),
    );
    const [key = '', value = ''] = ['key', 'value'].map((part) => `${layer}.${part}`);
    const [attended = ''] = file.nodes(
      'com.microsoft.GroupQueryAttention',
      [
        this.#product(this.#norm(x, `${name}.input_layernorm`), besides(wide)),
        ...['', '', `past.${key}`, `past.${value}`, 'last', 'seen'],
        ...[cos, sin, 'positions', 'bias'],
      ],
      [`attended.${layer}`, `present.${key}`, `present.${value}`],
      {
        ...{ num_heads: { int: HEADS }, kv_num_heads: { int: HEADS }, scale: { float: 1 } },
        ...{ do_rotary: { int: 1 }, rotary_interleaved: { int: 1 } },
      },
    );
    const back = widerInputs(this.#projection(layer, 'self_attn', 'o_proj'), HEAD_SIZE, WIDE_HEAD);
    const said = file.node('Add', [x, this.#product(attended, back)]);
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
    const first = this.#product(x, this.#weights.matrix(`${LAYER(layer)}/mlp/fc1/Add_output_0`));
    const [value = '', gate = ''] = file.nodes('Split', [first], 2, { axis: { int: 2 } });
    const open = file.node('com.microsoft.QuickGelu', [gate], { alpha: { float: 1 } });
    const gated = file.node('Mul', [open, value]);
    return this.#product(gated, this.#weights.matrix(`${LAYER(layer)}/mlp/fc2/Add_output_0`));
  }

  /** Questions are made smaller here by what attention would divide their products by: it costs nothing. */
  #projection(layer: number, attention: string, part: string): Matrix {
    const matrix = this.#weights.matrix(`${LAYER(layer)}/${attention}/${part}/MatMul_output_0`);
    return part === 'q_proj' ? scaled(matrix, 1 / Math.sqrt(HEAD_SIZE)) : matrix;
  }

  #norm(x: string, name: string): string {
    const weight = this.#file.constant(this.#weights.floats(`${name}.weight_merged_0`));
    const how = { axis: { int: -1 }, epsilon: { float: EPSILON } };
    return this.#file.node('LayerNormalization', [x, weight], how);
  }

  /** The product of `x` with eight-bit weights; each row of `x` is quantised by itself, in small blocks. */
  #product(x: string, matrix: Matrix): string {
    const file = this.#file;
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
      // Products of bytes; more would multiply floats.
      accuracy_level: { int: 4 },
    });
  }
}

/** Cosines and sines by which each place turns a head. */
function turns(): readonly [Float32Array, Float32Array] {
  const half = TURNED / 2;
  const angles = Float64Array.from(
    { length: MOST_PLACES * half },
    (_, at) => Math.floor(at / half) / THETA ** ((at % half) / half),
  );
  return [Float32Array.from(angles, Math.cos), Float32Array.from(angles, Math.sin)];
}

/** What is made of the original decoder. */
export type FusedPart = 'step' | 'heard';

/** Writes a part of the fused decoder from `home`/decoder_model_merged.ort. Throws ENGINE errors. */
export async function deriveFused(part: FusedPart, home: string, target: string): Promise<void> {
  const path = join(home, 'decoder_model_merged.ort');
  const graph = new FusedGraph(new Weights(await readOrtFile(path), path));
  const file = part === 'step' ? graph.step() : graph.heard();
  await file.save(target, { source: 'moonshine-tiny-en', quantisation: '8-bit weights' });
}
