import type { Grammar, GrammarState } from './moonshine-grammar.js';
import { repeatedTail } from './moonshine-tokens.js';
import type { ChosenToken } from './moonshine-tokens.js';
import { flag, floats, floatsOf, longs, ones } from './onnx.js';
import type { Feeds, Model, Tensor } from './onnx.js';

export const BOS = 1;
const EOS = 2;
const LAYERS = 6;
export const HEADS = 8;
export const HEAD_SIZE = 36;
/** Beginnings that are followed at once when the decoder is held to a grammar. */
const BEAMS = 5;
/** The same where whole answers compete. */
const ANSWERS = 12;
export const PLACE = 'decoder_model_merged.ort';

/** What one pass of the decoder works on; at most `most` tokens. */
export interface Decoding {
  readonly decoder: Model;
  readonly hidden: Tensor;
  readonly mask: Tensor;
  readonly most: number;
}

/** The chosen tokens; `score` is the mean log-probability a token and `sum` that of all, the end included. */
export interface Decoded {
  readonly chosen: readonly ChosenToken[];
  readonly score: number;
  readonly sum: number;
}

/**
 * The likeliest token at each step. `draft` is what was heard of a beginning of the same audio: as far as
 * it is still the likeliest, one run of the decoder takes the place of one a token.
 */
export async function greedy(given: Decoding, draft: readonly number[] = []): Promise<Decoded> {
  const { decoder, hidden, mask, most } = given;
  const chosen: ChosenToken[] = [];
  let sum = 0;
  let past = emptyPast();
  for (let cached = false; chosen.length < most; cached = true) {
    const drafted = cached ? [] : draft.slice(0, most - 1);
    const outputs = await decoder.run(
      {
        ...past,
        input_ids: longs([chosen.at(-1)?.id ?? BOS, ...drafted], [1, 1 + drafted.length]),
        encoder_hidden_states: hidden,
        encoder_attention_mask: mask,
        use_cache_branch: flag(cached),
      },
      cached ? OUTPUTS : FIRST_OUTPUTS,
    );
    const found = confirmed(floatsOf(outputs, 'logits', PLACE), drafted);
    for (const best of found) {
      sum += Math.log(best.probability);
      if (best.id === EOS) return { chosen, score: sum / (chosen.length + 1), sum };
      chosen.push(best);
    }
    const repeated = repeatedTail(chosen.map(({ id }) => id));
    if (repeated > 0) {
      return { chosen: chosen.slice(0, -repeated), score: sum / chosen.length, sum };
    }
    past = nextPast(
      past,
      drafted.length === 0 ? outputs : shortened(outputs, found.length),
      !cached,
    );
  }
  return { chosen, score: sum / Math.max(1, chosen.length), sum };
}

/** The likeliest token at each place, up to the first that is not the draft's. */
function confirmed(logits: Float32Array, draft: readonly number[]): readonly ChosenToken[] {
  const size = logits.length / (draft.length + 1);
  const found: ChosenToken[] = [];
  for (let at = 0; at <= draft.length; at += 1) {
    const best = likeliest(logits.subarray(at * size, (at + 1) * size));
    found.push(best);
    if (best.id !== draft[at]) break;
  }
  return found;
}

/** The decoder's cache of the first `places` of a run. */
function shortened(outputs: Feeds, places: number): Feeds {
  const short = { ...outputs };
  for (const name of presentOf(DECODER_CACHE)) {
    const tensor = outputs[name];
    const all = tensor?.dims[2] ?? places;
    if (tensor === undefined || all === places) continue;
    const data = tensor.data as Float32Array;
    const kept = new Float32Array(HEADS * places * HEAD_SIZE);
    for (let head = 0; head < HEADS; head += 1) {
      const from = head * all * HEAD_SIZE;
      kept.set(data.subarray(from, from + places * HEAD_SIZE), head * places * HEAD_SIZE);
    }
    short[name] = floats(kept, [1, HEADS, places, HEAD_SIZE]);
  }
  return short;
}

/** A beginning that is being followed. */
interface Beam {
  readonly chosen: readonly ChosenToken[];
  readonly sum: number;
  readonly state: GrammarState | undefined;
  /** Row of the last run that it goes on from. */
  readonly row: number;
}

/**
 * The likeliest text, or that which `grammar` allows, by beam search; all beams run as one batch. Whole
 * answers are compared by their probability, texts of any length by the mean of their tokens'. Empty
 * where no whole answer's log-probability is above `least`.
 */
export async function beam(
  { decoder, hidden, mask, most }: Decoding,
  grammar?: Grammar,
  least = -Infinity,
): Promise<Decoded> {
  const whole = grammar?.whole === true;
  const width = whole ? ANSWERS : BEAMS;
  let beams: readonly Beam[] = [{ chosen: [], sum: 0, state: grammar?.start, row: 0 }];
  let best: Decoded = { chosen: [], score: -Infinity, sum: least };
  const heard = new SharedHearing(hidden, mask);
  let past = emptyPast();
  for (let step = 0; step < most && beams.length > 0; step += 1) {
    const outputs = await decoder.run(
      {
        ...past,
        ...heard.of(beams.length),
        input_ids: longs(
          beams.map(({ chosen }) => chosen.at(-1)?.id ?? BOS),
          [beams.length, 1],
        ),
        use_cache_branch: flag(step > 0),
      },
      step === 0 ? FIRST_OUTPUTS : OUTPUTS,
    );
    if (step === 0) heard.keep(outputs);
    const logits = floatsOf(outputs, 'logits', PLACE);
    const size = logits.length / beams.length;
    const grown = beams.flatMap((from, row) => {
      const here = logits.subarray(row * size, (row + 1) * size);
      const total = logOfSum(here);
      if (from.state === undefined || grammar?.mayEnd(from.state) === true) {
        const sum = from.sum + (here[EOS] ?? -Infinity) - total;
        const score = sum / (from.chosen.length + 1);
        if (whole ? sum > best.sum : score > best.score) best = { chosen: from.chosen, score, sum };
      }
      const options =
        from.state === undefined || grammar === undefined
          ? likeliestIds(here, BEAMS).map((id) => ({ id, to: undefined }))
          : grammar.allowed(from.state);
      return options.map(({ id, to }): Beam & { id: number; log: number } => {
        const log = (here[id] ?? -Infinity) - total;
        return { chosen: from.chosen, sum: from.sum + log, state: to, row, id, log };
      });
    });
    const ordered = grown.toSorted((a, b) => b.sum - a.sum).slice(0, width);
    const hopeless = (ordered[0]?.sum ?? 0) - (whole ? Infinity : BEHIND);
    beams = ordered
      .filter(({ sum }) => sum >= hopeless)
      .filter(({ sum, chosen }) =>
        whole ? sum > best.sum : sum / (chosen.length + 1) > best.score - GIVE_UP,
      )
      .map(({ chosen, sum, state, row, id, log }) => ({
        chosen: [...chosen, { id, probability: Math.exp(log) }],
        ...{ sum, state, row },
      }));
    past = rowsOf(
      outputs,
      beams.map(({ row }) => row),
    );
  }
  return best;
}

/** A beam this much worse than the best whole text, in mean log-probability, is not followed on. */
const GIVE_UP = 0.1;
/**
 * Nor is one so much less likely than the likeliest. A row of a batch costs as much as a run of its own,
 * so each beam counts.
 */
const BEHIND = 4;

const cacheNames = (part: 'decoder' | 'encoder'): readonly string[] =>
  Array.from({ length: LAYERS }, (_, layer) => [
    `${layer}.${part}.key`,
    `${layer}.${part}.value`,
  ]).flat();
export const DECODER_CACHE = cacheNames('decoder');
export const ENCODER_CACHE = cacheNames('encoder');

const presentOf = (names: readonly string[]): readonly string[] =>
  names.map((name) => `present.${name}`);
/** What is wanted of a step; what the encoder's part says comes with the first and stays. */
const OUTPUTS = ['logits', ...presentOf(DECODER_CACHE)];
const FIRST_OUTPUTS = [...OUTPUTS, ...presentOf(ENCODER_CACHE)];

/** The cache before the first step: empty, as the branch without cache wants it. */
export function emptyPast(): Feeds {
  const none = floats(new Float32Array(0), [0, HEADS, 1, HEAD_SIZE]);
  return Object.fromEntries(
    [...DECODER_CACHE, ...ENCODER_CACHE].map((name) => [`past_key_values.${name}`, none]),
  );
}

/** The encoder's entries come only with the first step and are kept. */
function nextPast(past: Feeds, outputs: Feeds, first: boolean): Feeds {
  const next = { ...past };
  for (const name of first ? [...DECODER_CACHE, ...ENCODER_CACHE] : DECODER_CACHE) {
    const present = outputs[`present.${name}`];
    if (present !== undefined) next[`past_key_values.${name}`] = present;
  }
  return next;
}

/** What was heard, the same for every beam: repeated anew only when their number changes. */
class SharedHearing {
  readonly #hidden: Tensor;
  readonly #samples: number;
  #caches: Feeds = {};
  #count = 0;
  #repeated: Feeds = {};

  constructor(hidden: Tensor, mask: Tensor) {
    this.#hidden = hidden;
    this.#samples = mask.dims[1] ?? 0;
  }

  /** Keeps the encoder's part of the cache, from the first step. */
  keep(outputs: Feeds): void {
    for (const name of ENCODER_CACHE) {
      const present = outputs[`present.${name}`];
      if (present !== undefined) this.#caches[`past_key_values.${name}`] = present;
    }
    this.#count = 0;
  }

  of(count: number): Feeds {
    if (count === this.#count) return this.#repeated;
    this.#count = count;
    const fed = { ...this.#caches, encoder_hidden_states: this.#hidden };
    this.#repeated = {
      ...Object.fromEntries(
        Object.entries(fed).map(([name, tensor]) => [name, repeatRow(tensor, count)]),
      ),
      encoder_attention_mask: ones(count * this.#samples, [count, this.#samples]),
    };
    return this.#repeated;
  }
}

/** The decoder's cache of the beams that are followed on, in their order. */
const rowsOf = (outputs: Feeds, rows: readonly number[]): Feeds =>
  Object.fromEntries(
    DECODER_CACHE.flatMap((name) => {
      const present = outputs[`present.${name}`];
      return present === undefined ? [] : [[`past_key_values.${name}`, takeRows(present, rows)]];
    }),
  );

function takeRows(tensor: Tensor, rows: readonly number[]): Tensor {
  const data = tensor.data as Float32Array;
  const [count = 1, ...rest] = tensor.dims;
  if (rows.length === count && rows.every((row, at) => row === at)) return tensor;
  const width = data.length / count;
  const taken = new Float32Array(width * rows.length);
  rows.forEach((row, at) => {
    taken.set(data.subarray(row * width, (row + 1) * width), at * width);
  });
  return floats(taken, [rows.length, ...rest]);
}

export const repeatRow = (tensor: Tensor, times: number): Tensor =>
  times === 1
    ? tensor
    : takeRows(
        tensor,
        Array.from({ length: times }, () => 0),
      );

/** The likeliest token of the last position and its softmax probability. */
function likeliest(logits: Float32Array): ChosenToken {
  let id = 0;
  let top = -Infinity;
  for (let at = 0; at < logits.length; at += 1) {
    const logit = logits[at] ?? -Infinity;
    if (logit > top) {
      top = logit;
      id = at;
    }
  }
  return { id, probability: Math.exp(top - logOfSum(logits)) };
}

/** The ids of the `count` likeliest tokens that stand for text. */
function likeliestIds(logits: Float32Array, count: number): readonly number[] {
  const best: { id: number; logit: number }[] = [];
  for (let id = EOS + 1; id < logits.length; id += 1) {
    const logit = logits[id] ?? -Infinity;
    if (best.length === count && logit <= (best.at(-1)?.logit ?? Infinity)) continue;
    best.push({ id, logit });
    best.sort((a, b) => b.logit - a.logit);
    if (best.length > count) best.pop();
  }
  return best.map(({ id }) => id);
}

/** What is so much less likely adds nothing, even 32,768 times. */
const NOTHING = 16;

/** Logarithm of the sum of the exponentials. */
export function logOfSum(logits: Float32Array): number {
  let top = -Infinity;
  // By index, as an iterator takes twice the time here.
  for (let at = logits.length; at-- > 0;) top = Math.max(top, logits[at] ?? top);
  const least = top - NOTHING;
  let sum = 0;
  for (let at = logits.length; at-- > 0;) {
    const logit = logits[at] ?? least;
    if (logit > least) sum += Math.exp(logit - top);
  }
  return top + Math.log(sum);
}
