import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { engineErrors } from '../errors.js';
import { floatsOf, loadModel, longs } from '../onnx.js';
import type { Model } from '../onnx.js';
import { createTokenizer } from '../tokenizer.js';
import type { TextTokenizer } from '../tokenizer.js';
import type { Reading, TextVectors } from './vectors.js';
import { wordingOf } from './wording.js';

/** Longest text in tokens; the model was trained on 128 and an utterance has about 20. */
const MAX_TOKENS = 128;
/** More at once gain nothing. */
const MOST_AT_ONCE = 16;

/** Sentence vectors by MiniLM: texts that mean alike are near one another. English. */
export class MiniLmVectors implements TextVectors {
  readonly #folder: string;
  #model: Model | undefined;
  #tokenizer: TextTokenizer | undefined;

  /** `folder` holds encoder-batch.onnx and tokenizer.json. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async start(): Promise<void> {
    if (this.#model !== undefined) return;
    const path = join(this.#folder, 'tokenizer.json');
    try {
      const table = JSON.parse(await readFile(path, 'utf8')) as {
        padding?: unknown;
        truncation?: unknown;
      };
      // The file pads and cuts every text to 128 tokens; ours are as long as they are.
      delete table.padding;
      delete table.truncation;
      this.#tokenizer = createTokenizer(table);
    } catch (cause) {
      const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
      throw engineErrors.make(missing ? 'MODEL_MISSING' : 'MODEL_DAMAGED', { place: path, cause });
    }
    this.#model = await loadModel(join(this.#folder, 'encoder-batch.onnx'));
    await this.read(['warm up']);
  }

  async stop(): Promise<void> {
    const model = this.#model;
    this.#model = undefined;
    await model?.release();
  }

  /** Texts of as many tokens are read together, which takes half the time of one by one. */
  async read(texts: readonly string[]): Promise<readonly Reading[]> {
    const model = this.#model;
    const tokenizer = this.#tokenizer;
    if (model === undefined || tokenizer === undefined) {
      throw engineErrors.make('MODEL_MISSING', { place: this.#folder, detail: 'not started' });
    }
    const tokens = texts.map((text) => cut(tokenizer.encode(text).ids));
    const readings = new Array<Reading>(texts.length);
    for (const group of alike(tokens)) {
      const ids = group.flatMap((at) => tokens[at] ?? []);
      const width = ids.length / group.length;
      const outputs = await model.run({ input_ids: longs(ids, [group.length, width]) });
      const vectors = floatsOf(outputs, 'vector', this.#folder);
      const features = floatsOf(outputs, 'features', this.#folder);
      group.forEach((at, row) => {
        const meaning = rowOf(features, row, group.length);
        const wording = wordingOf(texts[at] ?? '');
        readings[at] = {
          vector: Float32Array.from(rowOf(vectors, row, group.length)),
          features: joined(meaning, wording),
        };
      });
    }
    return readings;
  }
}

/** A cut text keeps its closing [SEP]. */
const cut = (ids: readonly number[]): readonly number[] =>
  ids.length <= MAX_TOKENS ? ids : [...ids.slice(0, MAX_TOKENS - 1), ...ids.slice(-1)];

/** Groups of texts with as many tokens, by their places, none larger than a run takes. */
function alike(tokens: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const open = new Map<number, number[]>();
  const groups: number[][] = [];
  tokens.forEach(({ length }, at) => {
    const group = open.get(length);
    if (group !== undefined && group.length < MOST_AT_ONCE) {
      group.push(at);
      return;
    }
    const fresh = [at];
    open.set(length, fresh);
    groups.push(fresh);
  });
  return groups;
}

function joined(one: Float32Array, other: Float32Array): Float32Array {
  const both = new Float32Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

const rowOf = (data: Float32Array, row: number, rows: number): Float32Array =>
  data.subarray((row * data.length) / rows, ((row + 1) * data.length) / rows);
