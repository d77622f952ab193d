import {
  BOS,
  DECODER_CACHE,
  ENCODER_CACHE,
  HEADS,
  HEAD_SIZE,
  PLACE,
  emptyPast,
  logOfSum,
  repeatRow,
} from './moonshine-decoder.js';
import type { Decoding } from './moonshine-decoder.js';
import { flag, floats, floatsOf, longs, masks } from './onnx.js';
import type { Feeds, Tensor } from './onnx.js';

/** A known text under the decoder: how probable its tokens are, also with a part of the audio hidden. */
export class ForcedText {
  readonly #given: Decoding;
  readonly #ids: readonly number[];
  readonly #inputs: readonly number[];
  #outputs: Feeds = {};
  #repeated: { rows: number; feeds: Feeds } | undefined;

  constructor(given: Decoding, ids: readonly number[]) {
    this.#given = given;
    this.#ids = ids;
    this.#inputs = [BOS, ...ids];
  }

  /** Log-probability of each token with all of the audio; comes first. */
  async whole(): Promise<readonly number[]> {
    const { decoder, hidden, mask } = this.#given;
    this.#outputs = await decoder.run({
      ...emptyPast(),
      input_ids: longs(this.#inputs, [1, this.#inputs.length]),
      encoder_hidden_states: hidden,
      encoder_attention_mask: mask,
      use_cache_branch: flag(false),
    });
    const logits = floatsOf(this.#outputs, 'logits', PLACE);
    return this.#ids.map((id, at) => logOf(logits, at, this.#inputs.length, id));
  }

  /** Log-probability of token `at` where only so many samples are seen, for each of `seen`. */
  async cutOff(at: number, seen: readonly number[]): Promise<readonly number[]> {
    const { decoder, hidden, mask } = this.#given;
    const rows = seen.length;
    const input = this.#inputs[at] ?? BOS;
    const outputs = await decoder.run(
      {
        ...this.#heard(rows, hidden),
        ...this.#before(at, rows),
        input_ids: longs(
          seen.map(() => input),
          [rows, 1],
        ),
        encoder_attention_mask: masks(seen, mask.dims[1] ?? 0),
        use_cache_branch: flag(true),
      },
      ['logits'],
    );
    const logits = floatsOf(outputs, 'logits', PLACE);
    return seen.map((_, row) => logOf(logits, row, rows, this.#ids[at] ?? 0));
  }

  /** What was heard, once for each row. */
  #heard(rows: number, hidden: Tensor): Feeds {
    if (this.#repeated?.rows === rows) return this.#repeated.feeds;
    const feeds: Feeds = { encoder_hidden_states: repeatRow(hidden, rows) };
    for (const [name, tensor] of this.#cache(ENCODER_CACHE)) feeds[name] = repeatRow(tensor, rows);
    this.#repeated = { rows, feeds };
    return feeds;
  }

  /** The decoder's cache as it was before token `at`. */
  #before(at: number, rows: number): Feeds {
    return Object.fromEntries(
      this.#cache(DECODER_CACHE).map(([name, tensor]) => [
        name,
        repeatRow(beginningOf(tensor, at), rows),
      ]),
    );
  }

  #cache(names: readonly string[]): [string, Tensor][] {
    return names.flatMap((name) => {
      const present = this.#outputs[`present.${name}`];
      return present === undefined ? [] : [[`past_key_values.${name}`, present]];
    });
  }
}

/** The first `count` places of a cache of one row. */
function beginningOf(tensor: Tensor, count: number): Tensor {
  const data = tensor.data as Float32Array;
  const width = data.length / HEADS;
  const taken = new Float32Array(HEADS * count * HEAD_SIZE);
  for (let head = 0; head < HEADS; head += 1) {
    const from = head * width;
    taken.set(data.subarray(from, from + count * HEAD_SIZE), head * count * HEAD_SIZE);
  }
  return floats(taken, [1, HEADS, count, HEAD_SIZE]);
}

/** Log-probability of `id` in row `row` of `rows`. */
function logOf(logits: Float32Array, row: number, rows: number, id: number): number {
  const size = logits.length / rows;
  const here = logits.subarray(row * size, (row + 1) * size);
  return (here[id] ?? -Infinity) - logOfSum(here);
}
