import {
  DECODER_CACHE,
  ENCODER_CACHE,
  PLACE,
  beginningOf,
  emptyPast,
  pastOf,
  repeatRow,
} from './moonshine-original-cache.js';
import { BOS } from './moonshine-decoder.js';
import type { Forced } from './moonshine-decoder.js';
import { logOfSum, rowOf } from './moonshine-logits.js';
import type { Given } from './moonshine-original.js';
import { flag, floatsOf, longs, masks, ones } from './onnx.js';
import type { Feeds } from './onnx.js';

/** A known text under the original decoder. */
export class OriginalForced implements Forced {
  readonly #given: Given;
  readonly #ids: readonly number[];
  readonly #inputs: readonly number[];
  #outputs: Feeds = {};
  #repeated: { rows: number; feeds: Feeds } | undefined;

  constructor(given: Given, ids: readonly number[]) {
    this.#given = given;
    this.#ids = ids;
    this.#inputs = [BOS, ...ids];
  }

  async whole(): Promise<readonly number[]> {
    const { decoder, hidden, samples } = this.#given;
    this.#outputs = await decoder.run({
      ...emptyPast(),
      input_ids: longs(this.#inputs, [1, this.#inputs.length]),
      encoder_hidden_states: hidden,
      encoder_attention_mask: ones(samples, [1, samples]),
      use_cache_branch: flag(false),
    });
    const logits = floatsOf(this.#outputs, 'logits', PLACE);
    return this.#ids.map((id, at) => logOf(rowOf(logits, at, this.#inputs.length), id));
  }

  async cutOff(at: number, seen: readonly number[]): Promise<readonly number[]> {
    const { decoder, samples } = this.#given;
    const rows = seen.length;
    const input = this.#inputs[at] ?? BOS;
    const outputs = await decoder.run(
      {
        ...this.#heard(rows),
        ...pastOf(this.#outputs, DECODER_CACHE, (tensor) =>
          repeatRow(beginningOf(tensor, at), rows),
        ),
        input_ids: longs(
          seen.map(() => input),
          [rows, 1],
        ),
        encoder_attention_mask: masks(seen, samples),
        use_cache_branch: flag(true),
      },
      ['logits'],
    );
    const logits = floatsOf(outputs, 'logits', PLACE);
    return seen.map((_, row) => logOf(rowOf(logits, row, rows), this.#ids[at] ?? 0));
  }

  /** What was heard, once for each row. */
  #heard(rows: number): Feeds {
    if (this.#repeated?.rows === rows) return this.#repeated.feeds;
    const feeds: Feeds = {
      encoder_hidden_states: repeatRow(this.#given.hidden, rows),
      ...pastOf(this.#outputs, ENCODER_CACHE, (tensor) => repeatRow(tensor, rows)),
    };
    this.#repeated = { rows, feeds };
    return feeds;
  }
}

const logOf = (logits: Float32Array, id: number): number =>
  (logits[id] ?? -Infinity) - logOfSum(logits);
