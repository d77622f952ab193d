import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { oneLine } from '../errors.js';
import { engineErrors } from './errors.js';
import { VECTOR_SIZE } from './minilm.js';
import { floats, floatsOf, loadModel, longs } from './onnx.js';
import type { Model } from './onnx.js';
import { createTokenizer } from './tokenizer.js';
import type { TextTokenizer } from './tokenizer.js';

/** Longest text in tokens; the model was trained on 128 and an utterance has about 20. */
const MAX_TOKENS = 128;
/** Heads kept loaded: one per language and profile is plenty. */
const MAX_HEADS = 8;

interface Head {
  readonly model: Model;
  readonly changed: number;
}

export interface EncodedText {
  readonly vector: Float32Array;
  readonly logits: Float32Array | undefined;
}

/** Sentence vectors by MiniLM, and the logits of trained heads on top of them. */
export class SentenceEncoder {
  readonly #folder: string;
  readonly #heads = new Map<string, Head>();
  #model: Model | undefined;
  #tokenizer: TextTokenizer | undefined;
  /** One request at a time, so that no head is released while another request uses it. */
  #turn: Promise<unknown> = Promise.resolve();

  /** `folder` holds encoder-int8.onnx and tokenizer.json. */
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
    this.#model = await loadModel(join(this.#folder, 'encoder-int8.onnx'));
    await this.embed(['warm up']);
  }

  async stop(): Promise<void> {
    const models = [this.#model, ...[...this.#heads.values()].map((head) => head.model)];
    this.#model = undefined;
    this.#heads.clear();
    for (const model of models) await model?.release();
  }

  /** Embeds each text on its own, so that a vector does not depend on its neighbours. */
  embed(texts: readonly string[], headPath?: string): Promise<readonly EncodedText[]> {
    const mine = this.#turn.then(() => this.#embed(texts, headPath));
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  async #embed(texts: readonly string[], headPath?: string): Promise<readonly EncodedText[]> {
    const head = headPath === undefined ? undefined : await this.#head(headPath);
    const results: EncodedText[] = [];
    for (const text of texts) {
      const vector = await this.#vector(text);
      const logits =
        head === undefined || headPath === undefined
          ? undefined
          : await this.#logits(head, headPath, vector);
      results.push({ vector, logits });
    }
    return results;
  }

  async #vector(text: string): Promise<Float32Array> {
    if (this.#model === undefined || this.#tokenizer === undefined) {
      throw engineErrors.make('MODEL_MISSING', { place: this.#folder, detail: 'not started' });
    }
    const all = this.#tokenizer.encode(text).ids;
    // A cut text keeps its closing [SEP].
    const ids =
      all.length <= MAX_TOKENS ? all : [...all.slice(0, MAX_TOKENS - 1), ...all.slice(-1)];
    const outputs = await this.#model.run({ input_ids: longs(ids, [1, ids.length]) });
    return Float32Array.from(floatsOf(outputs, 'vector', this.#folder));
  }

  async #logits(head: Model, path: string, vector: Float32Array): Promise<Float32Array> {
    try {
      const outputs = await head.run({ vector: floats(vector, [1, VECTOR_SIZE]) });
      return Float32Array.from(floatsOf(outputs, 'logits', path));
    } catch (cause) {
      throw engineErrors.make('HEAD', { place: path, detail: oneLine(cause), cause });
    }
  }

  /** A retrained head replaces its file, so the time of change is part of what is cached. */
  async #head(path: string): Promise<Model> {
    let changed: number;
    try {
      changed = (await stat(path)).mtimeMs;
    } catch (cause) {
      throw engineErrors.make('HEAD', { place: path, cause });
    }
    const cached = this.#heads.get(path);
    if (cached?.changed === changed) return cached.model;
    let model: Model;
    try {
      model = await loadModel(path);
    } catch (cause) {
      throw engineErrors.make('HEAD', { place: path, cause });
    }
    this.#heads.delete(path);
    this.#heads.set(path, { model, changed });
    await cached?.model.release();
    const [oldest] = this.#heads.keys();
    if (this.#heads.size > MAX_HEADS && oldest !== undefined) {
      const dropped = this.#heads.get(oldest);
      this.#heads.delete(oldest);
      await dropped?.model.release();
    }
    return model;
  }
}
