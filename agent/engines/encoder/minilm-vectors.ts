import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { engineErrors } from '../errors.js';
import { floatsOf, loadModel, longs } from '../onnx.js';
import type { Model } from '../onnx.js';
import { createTokenizer } from '../tokenizer.js';
import type { TextTokenizer } from '../tokenizer.js';
import type { Reading, TextVectors } from './vectors.js';

/** Longest text in tokens; the model was trained on 128 and an utterance has about 20. */
const MAX_TOKENS = 128;

/** Sentence vectors by MiniLM: texts that mean alike are near one another. English. */
export class MiniLmVectors implements TextVectors {
  readonly #folder: string;
  #model: Model | undefined;
  #tokenizer: TextTokenizer | undefined;

  /** `folder` holds encoder-layers.onnx and tokenizer.json. */
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
    this.#model = await loadModel(join(this.#folder, 'encoder-layers.onnx'));
    await this.read('warm up');
  }

  async stop(): Promise<void> {
    const model = this.#model;
    this.#model = undefined;
    await model?.release();
  }

  async read(text: string): Promise<Reading> {
    if (this.#model === undefined || this.#tokenizer === undefined) {
      throw engineErrors.make('MODEL_MISSING', { place: this.#folder, detail: 'not started' });
    }
    const all = this.#tokenizer.encode(text).ids;
    // A cut text keeps its closing [SEP].
    const ids =
      all.length <= MAX_TOKENS ? all : [...all.slice(0, MAX_TOKENS - 1), ...all.slice(-1)];
    const outputs = await this.#model.run({ input_ids: longs(ids, [1, ids.length]) });
    return {
      vector: Float32Array.from(floatsOf(outputs, 'vector', this.#folder)),
      features: Float32Array.from(floatsOf(outputs, 'features', this.#folder)),
    };
  }
}
