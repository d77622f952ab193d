import { join } from 'node:path';
import { OnnxFile } from '../wire/onnx-file.js';
import { engineErrors } from './errors.js';
import { readSafetensors } from './safetensors.js';
import type { Weights } from './safetensors.js';

/** Shape of all-MiniLM-L6-v2: BERT with 6 layers of 12 heads. */
const LAYERS = 6;
const HEADS = 12;
export const VECTOR_SIZE = 384;
const HEAD_SIZE = VECTOR_SIZE / HEADS;
const EPSILON = 1e-12;

/**
 * Largest quantised value. Weights are stored in eight bits and multiplied in 32: quantised activations
 * too would halve the time of an utterance (3 ms against 5), but cost a cosine of 0.97 to the exact
 * vector for short answers such as "Yes.", and saturate on CPUs without VNNI.
 */
const LARGEST = 127;

/**
 * Quantises the rows of a matrix: each row gets its own scale, so that `row ≈ values × scale`.
 * `rows` × `columns`, row-major.
 */
export function quantiseRows(
  data: Float32Array,
  rows: number,
  columns: number,
  max: number,
): { values: Int8Array; scales: Float32Array } {
  const values = new Int8Array(rows * columns);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const start = row * columns;
    let largest = 0;
    for (let at = start; at < start + columns; at += 1) {
      largest = Math.max(largest, Math.abs(data[at] ?? 0));
    }
    const scale = largest === 0 ? 1 : largest / max;
    scales[row] = scale;
    for (let at = start; at < start + columns; at += 1) {
      values[at] = Math.round((data[at] ?? 0) / scale);
    }
  }
  return { values, scales };
}

function transpose(values: Int8Array, rows: number, columns: number): Int8Array {
  const turned = new Int8Array(values.length);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      turned[column * rows + row] = values[row * columns + column] ?? 0;
    }
  }
  return turned;
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * Builds the graph: `input_ids` int64 [n, tokens] → `vector` float [n, 384] of unit length, and `features`
 * float [n, 4 × 384]: the mean of the tokens after the embedding and after every second layer, each of unit
 * length. The lower ones know words better than meanings, and intents are told apart by both: on unseen
 * texts of the clinic 92.3 % instead of 87.8 % by the vector alone.
 */
class MiniLmGraph {
  readonly #file = new OnnxFile('all-MiniLM-L6-v2');
  readonly #weights: ReadonlyMap<string, Weights>;
  readonly #place: string;

  constructor(weights: ReadonlyMap<string, Weights>, place: string) {
    this.#weights = weights;
    this.#place = place;
  }

  build(): OnnxFile {
    const file = this.#file;
    let x = this.#embedding(file.input('input_ids', 'int64', ['n', 'tokens']));
    const means = [this.#mean(x)];
    for (let layer = 0; layer < LAYERS; layer += 1) {
      x = this.#layer(x, `encoder.layer.${layer}`);
      const last = layer === LAYERS - 1;
      if (layer % 2 === 1) means.push(this.#mean(x, last ? 'vector' : undefined));
    }
    file.node('Concat', means, { axis: { int: 1 } }, 'features');
    file.output('vector', ['n', VECTOR_SIZE]);
    file.output('features', ['n', means.length * VECTOR_SIZE]);
    return file;
  }

  /** The mean over all tokens, of unit length. */
  #mean(x: string, as?: string): string {
    const file = this.#file;
    const mean = file.node('ReduceMean', [x], { axes: { ints: [1] }, keepdims: { int: 0 } });
    const length = file.node('ReduceL2', [mean], { axes: { ints: [1] }, keepdims: { int: 1 } });
    return file.node('Div', [mean, length], {}, as);
  }

  #get(name: string): Weights {
    const weights = this.#weights.get(name);
    if (weights === undefined) {
      throw engineErrors.make('MODEL_DAMAGED', { place: this.#place, detail: `no ${name}` });
    }
    return weights;
  }

  #embedding(ids: string): string {
    const file = this.#file;
    const words = this.#get('embeddings.word_embeddings.weight');
    const [rows = 0, columns = 0] = words.shape;
    const { values, scales } = quantiseRows(words.data, rows, columns, LARGEST);
    const table = file.constant(values, [rows, columns]);
    const found = file.node('Cast', [file.node('Gather', [table, ids])], { to: { int: 1 } });
    const scale = file.node('Gather', [file.constant(scales, [rows, 1]), ids]);
    const word = file.node('Mul', [found, scale]);

    // A single text has token type 0 throughout, so that row is added to the positions here.
    const positions = this.#get('embeddings.position_embeddings.weight');
    const type = this.#get('embeddings.token_type_embeddings.weight').data;
    const added = positions.data.map((value, at) => value + (type[at % VECTOR_SIZE] ?? 0));
    const index = (value: number): string => file.constant(BigInt64Array.of(BigInt(value)));
    const tokens = file.node('Gather', [file.node('Shape', [ids]), index(1)]);
    const place = file.node('Slice', [
      file.constant(added, positions.shape),
      index(0),
      tokens,
      index(0),
    ]);
    return this.#norm(file.node('Add', [word, place]), 'embeddings.LayerNorm');
  }

  #layer(x: string, name: string): string {
    const file = this.#file;
    const self = `${name}.attention.self`;
    const qkv = this.#dense(x, [`${self}.query`, `${self}.key`, `${self}.value`]);
    const parts = file.nodes('Split', [qkv], 3, { axis: { int: 2 } });
    const [query = '', key = '', value = ''] = parts;
    const shape = file.constant(BigInt64Array.of(0n, 0n, BigInt(HEADS), BigInt(HEAD_SIZE)));
    const heads = (of: string, perm: readonly number[]): string =>
      file.node('Transpose', [file.node('Reshape', [of, shape])], { perm: { ints: perm } });
    const product = file.node('MatMul', [heads(query, [0, 2, 1, 3]), heads(key, [0, 2, 3, 1])]);
    const scaled = file.node('Mul', [product, this.#scalar(1 / Math.sqrt(HEAD_SIZE))]);
    const attention = file.node('Softmax', [scaled], { axis: { int: -1 } });
    const mixed = file.node('MatMul', [attention, heads(value, [0, 2, 1, 3])]);
    const back = file.node('Transpose', [mixed], { perm: { ints: [0, 2, 1, 3] } });
    const flat = file.constant(BigInt64Array.of(0n, 0n, BigInt(VECTOR_SIZE)));
    const attended = this.#dense(file.node('Reshape', [back, flat]), [
      `${name}.attention.output.dense`,
    ]);
    const y = this.#norm(file.node('Add', [attended, x]), `${name}.attention.output.LayerNorm`);
    const wide = this.#gelu(this.#dense(y, [`${name}.intermediate.dense`]));
    const narrow = this.#dense(wide, [`${name}.output.dense`]);
    return this.#norm(file.node('Add', [narrow, y]), `${name}.output.LayerNorm`);
  }

  #scalar(value: number): string {
    return this.#file.constant(Float32Array.of(value), []);
  }

  #gelu(x: string): string {
    const file = this.#file;
    const erf = file.node('Erf', [file.node('Mul', [x, this.#scalar(Math.SQRT1_2)])]);
    const half = file.node('Mul', [x, this.#scalar(0.5)]);
    return file.node('Mul', [half, file.node('Add', [erf, this.#scalar(1)])]);
  }

  #norm(x: string, name: string): string {
    const weight = this.#file.constant(this.#get(`${name}.weight`).data);
    const bias = this.#file.constant(this.#get(`${name}.bias`).data);
    const how = { axis: { int: -1 }, epsilon: { float: EPSILON } };
    return this.#file.node('LayerNormalization', [x, weight, bias], how);
  }

  /** One product for all layers `names` that read the same `x`; outputs side by side. */
  #dense(x: string, names: readonly string[]): string {
    const file = this.#file;
    const parts = names.map((name) => this.#get(`${name}.weight`));
    const rows = parts.reduce((sum, part) => sum + (part.shape[0] ?? 0), 0);
    const columns = parts[0]?.shape[1] ?? 0;
    const all = joined(parts.map((part) => part.data));
    const { values, scales } = quantiseRows(all, rows, columns, LARGEST);
    const stored = file.constant(transpose(values, rows, columns), [columns, rows]);
    // The runtime works this product out once, when it loads the model.
    const weight = file.node('Mul', [
      file.node('Cast', [stored], { to: { int: 1 } }),
      file.constant(scales),
    ]);
    const bias = file.constant(joined(names.map((name) => this.#get(`${name}.bias`).data)));
    return file.node('Add', [file.node('MatMul', [x, weight]), bias]);
  }
}

/**
 * Writes the int8 ONNX of all-MiniLM-L6-v2 from `home`/model.safetensors to `target`, with mean
 * pooling and unit length inside. There is no attention mask: texts that are run together have as many
 * tokens.
 */
export async function deriveMiniLm(home: string, target: string): Promise<void> {
  const path = join(home, 'model.safetensors');
  const graph = new MiniLmGraph(await readSafetensors(path), path).build();
  await graph.save(target, { source: 'all-MiniLM-L6-v2', quantisation: '8-bit weights' });
}
