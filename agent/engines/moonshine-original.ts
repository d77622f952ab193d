import { join } from 'node:path';
import { engineErrors } from './errors.js';
import {
  DECODER_CACHE,
  ENCODER_CACHE,
  FIRST_OUTPUTS,
  OUTPUTS,
  PLACE,
  beginningOf,
  emptyPast,
  pastOf,
  repeatRow,
  takeRows,
} from './moonshine-original-cache.js';
import type { Beams, Chain, Ear, Hearing, Row } from './moonshine-decoder.js';
import { OriginalForced } from './moonshine-original-forced.js';
import { likeliest, likeliestIds, logOfSum, rowOf } from './moonshine-logits.js';
import type { ChosenToken } from './moonshine-tokens.js';
import { flag, floats, floatsOf, loadModel, longs, ones } from './onnx.js';
import type { Feeds, Model, Tensor } from './onnx.js';

const ENCODER = 'encoder_model.ort';
/** Encoder frames held at once, all rows of a batch together; a frame is 14 kB. */
const MOST_FRAMES = 2500;

/** What the original decoder is given of one utterance. */
export interface Given {
  readonly decoder: Model;
  readonly hidden: Tensor;
  readonly samples: number;
}

/** The model as it was published. */
export class OriginalEar implements Ear {
  readonly form = 'original';
  readonly #encoder: Model;
  readonly #decoder: Model;

  private constructor(encoder: Model, decoder: Model) {
    this.#encoder = encoder;
    this.#decoder = decoder;
  }

  /** `folder` holds the published files. Throws ENGINE_MODEL_MISSING or ENGINE_MODEL_DAMAGED. */
  static async load(folder: string): Promise<OriginalEar> {
    const encoder = await loadModel(join(folder, ENCODER));
    return new OriginalEar(encoder, await loadModel(join(folder, PLACE)));
  }

  async hear(samples: Float32Array): Promise<Hearing> {
    const hidden = await this.#encoded(samples);
    const given = { decoder: this.#decoder, hidden, samples: samples.length };
    return {
      most: Math.max(1, Math.floor(MOST_FRAMES / (hidden.dims[1] ?? 1))),
      chain: () => new OriginalChain(given),
      beams: () => new OriginalBeams(given),
      forced: (ids: readonly number[]) => new OriginalForced(given, ids),
    };
  }

  /** What the encoder alone makes of `samples`, frame by frame. */
  async encode(samples: Float32Array): Promise<Float32Array> {
    return (await this.#encoded(samples)).data as Float32Array;
  }

  async release(): Promise<void> {
    await this.#encoder.release();
    await this.#decoder.release();
  }

  async #encoded(samples: Float32Array): Promise<Tensor> {
    const { last_hidden_state: hidden } = await this.#encoder.run({
      input_values: floats(samples, [1, samples.length]),
      attention_mask: ones(samples.length, [1, samples.length]),
    });
    if (hidden !== undefined) return hidden;
    throw engineErrors.make('MODEL_DAMAGED', { place: ENCODER, detail: 'no last_hidden_state' });
  }
}

class OriginalChain implements Chain {
  readonly #given: Given;
  #past: Feeds | undefined;

  constructor(given: Given) {
    this.#given = given;
  }

  async next(ids: readonly number[]): Promise<readonly ChosenToken[]> {
    const { decoder, hidden, samples } = this.#given;
    const before = this.#past;
    const outputs = await decoder.run(
      {
        ...(before ?? emptyPast()),
        input_ids: longs(ids, [1, ids.length]),
        encoder_hidden_states: hidden,
        encoder_attention_mask: ones(samples, [1, samples]),
        use_cache_branch: flag(before !== undefined),
      },
      before === undefined ? FIRST_OUTPUTS : OUTPUTS,
    );
    const found = confirmed(floatsOf(outputs, 'logits', PLACE), ids);
    const unseen = ids.length - found.length;
    this.#past = {
      ...(before ?? pastOf(outputs, ENCODER_CACHE)),
      ...pastOf(outputs, DECODER_CACHE, (tensor) =>
        beginningOf(tensor, (tensor.dims[2] ?? unseen) - unseen),
      ),
    };
    return found;
  }
}

/** The likeliest token after each of `ids`, up to the first that is not what comes next there. */
function confirmed(logits: Float32Array, ids: readonly number[]): readonly ChosenToken[] {
  const found: ChosenToken[] = [];
  for (let at = 0; at < ids.length; at += 1) {
    const best = likeliest(rowOf(logits, at, ids.length));
    found.push(best);
    if (best.id !== ids[at + 1]) break;
  }
  return found;
}

class OriginalBeams implements Beams {
  readonly #given: Given;
  #past: Feeds | undefined;
  /** What was heard, once for each text: repeated anew only when their number changes. */
  #heard: { readonly count: number; readonly feeds: Feeds } | undefined;
  #encoder: Feeds = {};

  constructor(given: Given) {
    this.#given = given;
  }

  async next(
    texts: readonly { readonly id: number; readonly row: number }[],
  ): Promise<readonly Row[]> {
    const rows = texts.map(({ row }) => row);
    const before = this.#past;
    const past =
      before === undefined
        ? emptyPast()
        : pastOf(before, DECODER_CACHE, (tensor) => takeRows(tensor, rows));
    const outputs = await this.#given.decoder.run(
      {
        ...past,
        ...this.#repeated(texts.length),
        input_ids: longs(
          texts.map(({ id }) => id),
          [texts.length, 1],
        ),
        use_cache_branch: flag(before !== undefined),
      },
      before === undefined ? FIRST_OUTPUTS : OUTPUTS,
    );
    if (before === undefined) {
      this.#encoder = pastOf(outputs, ENCODER_CACHE);
      this.#heard = undefined;
    }
    this.#past = outputs;
    const logits = floatsOf(outputs, 'logits', PLACE);
    return rows.map((_, row) => rowFrom(rowOf(logits, row, rows.length)));
  }

  #repeated(count: number): Feeds {
    if (this.#heard?.count === count) return this.#heard.feeds;
    const { hidden, samples } = this.#given;
    const fed = { ...this.#encoder, encoder_hidden_states: hidden };
    const feeds = {
      ...Object.fromEntries(
        Object.entries(fed).map(([name, tensor]) => [name, repeatRow(tensor, count)]),
      ),
      encoder_attention_mask: ones(count * samples, [count, samples]),
    };
    this.#heard = { count, feeds };
    return feeds;
  }
}

function rowFrom(logits: Float32Array): Row {
  const total = logOfSum(logits);
  return {
    log: (id) => (logits[id] ?? -Infinity) - total,
    likeliest: (count) => likeliestIds(logits, count),
  };
}
