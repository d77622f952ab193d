import { stat } from 'node:fs/promises';
import { oneLine } from '../errors.js';
import type { Reading, TextVectors } from './encoder/vectors.js';
import { engineErrors } from './errors.js';
import { floats, floatsOf, loadModel } from './onnx.js';
import type { Model } from './onnx.js';

/** Heads kept loaded: one per language and profile is plenty. */
const MAX_HEADS = 8;

interface Head {
  readonly model: Model;
  readonly changed: number;
}

/** What a head makes of a text. */
interface Judged {
  readonly logits: Float32Array;
  /** Greatest cosine to an example in scope; undefined for a head that does not tell. */
  readonly near: number | undefined;
}

export interface EncodedText extends Reading {
  readonly logits: Float32Array | undefined;
  readonly near: number | undefined;
}

/** Vectors of texts, and the logits of trained heads on top of them. */
export class SentenceEncoder {
  readonly #vectors: TextVectors;
  readonly #heads = new Map<string, Head>();
  /** One request at a time, so that no head is released while another request uses it. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(vectors: TextVectors) {
    this.#vectors = vectors;
  }

  start(): Promise<void> {
    return this.#vectors.start();
  }

  async stop(): Promise<void> {
    const heads = [...this.#heads.values()];
    this.#heads.clear();
    await this.#vectors.stop();
    for (const { model } of heads) await model.release();
  }

  /** Embeds each text on its own, so that a vector does not depend on its neighbours. */
  embed(texts: readonly string[], headPath?: string): Promise<readonly EncodedText[]> {
    return this.#inTurn(() => this.#embed(texts, headPath));
  }

  /** What heads are trained from, many texts at once. */
  readings(texts: readonly string[]): Promise<readonly Reading[]> {
    return this.#inTurn(() => this.#vectors.read(texts));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  async #embed(texts: readonly string[], headPath?: string): Promise<readonly EncodedText[]> {
    const head = headPath === undefined ? undefined : await this.#head(headPath);
    const results: EncodedText[] = [];
    for (const text of texts) {
      for (const reading of await this.#vectors.read([text])) {
        const judged =
          head === undefined || headPath === undefined
            ? { logits: undefined, near: undefined }
            : await judge(head, headPath, reading);
        results.push({ ...reading, ...judged });
      }
    }
    return results;
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

/** A head may read the features alone, or the vector too. */
async function judge(head: Model, path: string, reading: Reading): Promise<Judged> {
  try {
    const { features, vector } = reading;
    const outputs = await head.run({
      features: floats(features, [1, features.length]),
      ...(head.inputs.includes('vector') ? { vector: floats(vector, [1, vector.length]) } : {}),
    });
    return {
      logits: Float32Array.from(floatsOf(outputs, 'logits', path)),
      near: head.outputs.includes('near') ? floatsOf(outputs, 'near', path)[0] : undefined,
    };
  } catch (cause) {
    throw engineErrors.make('HEAD', { place: path, detail: oneLine(cause), cause });
  }
}
