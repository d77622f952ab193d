import { engineErrors } from '../errors.js';
import { BOS, EOS } from '../moonshine-decoder.js';
import type { Beams, Chain, Forced, Hearing, Row } from '../moonshine-decoder.js';
import { rowOf } from '../moonshine-logits.js';
import type { ChosenToken } from '../moonshine-tokens.js';
import { floats, floatsOf, longs } from '../onnx.js';
import type { Feeds, Model, Tensor } from '../onnx.js';
import { TokenCache } from './cache.js';
import { FRAME_SAMPLES, TOLD } from './shape.js';

/** The file of the fused decoder. */
export const STEP = 'step_fused.onnx';
/** Added to what must not be seen: nothing of it is left after the exponential. */
const HIDDEN = -1e9;

/** Of each row the probabilities of all tokens are copied, 131 kB. */
const MOST_ROWS = 64;

/** A token that goes through the decoder. */
interface Token {
  readonly id: number;
  /** Its place in its text. */
  readonly position: number;
  /** The cache's places that it sees, beside itself; all before it if left out. */
  readonly sees?: readonly number[];
  /** So many frames it hears; all if left out. */
  readonly frames?: number;
}

/**
 * One utterance under the fused decoder. All tokens of a run are one sequence that sees one cache; texts
 * that grow side by side are told apart by what each token must not see.
 */
export class FusedHearing implements Hearing {
  readonly most = MOST_ROWS;
  readonly #frames: number;
  readonly #step: Model;
  readonly #heard: Feeds;
  readonly #cache = new TokenCache();

  /** `heard` are the keys and values of so many frames. */
  constructor(step: Model, heard: Feeds, frames: number) {
    this.#step = step;
    this.#heard = heard;
    this.#frames = frames;
  }

  chain(): Chain {
    this.#cache.rewind(0);
    return { next: (ids) => this.#chained(ids) };
  }

  beams(): Beams {
    this.#cache.rewind(0);
    let paths: readonly (readonly number[])[] = [];
    return {
      next: async (texts) => {
        const first = this.#cache.used;
        const from = texts.map(({ row }) => paths[row] ?? []);
        paths = from.map((path, at) => [...path, first + at]);
        return this.#rows(
          texts.map(({ id }, at) => ({
            id,
            position: from[at]?.length ?? 0,
            sees: from[at] ?? [],
          })),
        );
      },
    };
  }

  forced(ids: readonly number[]): Forced {
    const inputs = [BOS, ...ids];
    const before = inputs.map((_, place) => place);
    return {
      whole: async () => {
        this.#cache.rewind(0);
        const rows = await this.#rows(inputs.map((id, position) => ({ id, position })));
        return ids.map((id, at) => rows[at]?.log(id) ?? -Infinity);
      },
      cutOff: async (at, seen) => {
        const id = inputs[at] ?? BOS;
        const sees = before.slice(0, at);
        this.#cache.rewind(inputs.length);
        const rows = await this.#rows(
          seen.map((samples) => {
            const frames = Math.min(this.#frames, Math.ceil(samples / FRAME_SAMPLES));
            return { id, position: at, sees, frames };
          }),
        );
        return rows.map((row) => row.log(ids[at] ?? 0));
      },
    };
  }

  async #chained(ids: readonly number[]): Promise<readonly ChosenToken[]> {
    const first = this.#cache.used;
    const outputs = await this.#run(
      ids.map((id, at) => ({ id, position: first + at })),
      ['best', 'best_ids'],
    );
    const logs = floatsOf(outputs, 'best', STEP);
    const best = idsOf(outputs);
    const found: ChosenToken[] = [];
    for (let at = 0; at < ids.length; at += 1) {
      const id = Number(best[at * TOLD] ?? EOS);
      found.push({ id, probability: Math.exp(logs[at * TOLD] ?? -Infinity) });
      if (id !== ids[at + 1]) break;
    }
    this.#cache.rewind(first + found.length);
    return found;
  }

  async #rows(tokens: readonly Token[]): Promise<readonly Row[]> {
    const outputs = await this.#run(tokens, ['logs', 'best_ids']);
    const logs = floatsOf(outputs, 'logs', STEP);
    const best = idsOf(outputs);
    return tokens.map((_, row) => {
      const here = rowOf(logs, row, tokens.length);
      return {
        log: (id) => here[id] ?? -Infinity,
        likeliest: (count) =>
          Array.from(best.subarray(row * TOLD, (row + 1) * TOLD), Number)
            .filter((id) => id > EOS)
            .slice(0, count),
      };
    });
  }

  async #run(tokens: readonly Token[], wanted: readonly string[]): Promise<Feeds> {
    const cache = this.#cache;
    const rows = tokens.length;
    const outputs = await this.#step.run(
      {
        ...this.#heard,
        past: cache.past,
        ids: longs(
          tokens.map(({ id }) => id),
          [1, rows],
        ),
        positions: longs(
          tokens.map(({ position }) => position),
          [1, rows],
        ),
        bias: seenBias(tokens, cache.used),
        heard_bias: heardBias(tokens, this.#frames),
      },
      [...wanted, 'added'],
    );
    cache.add(floatsOf(outputs, 'added', STEP));
    return outputs;
  }
}

/** Hides from each token all places but those that it sees. */
function seenBias(tokens: readonly Token[], first: number): Tensor {
  const width = first + tokens.length;
  const bias = new Float32Array(tokens.length * width);
  for (const [row, { sees }] of tokens.entries()) {
    const start = row * width;
    if (sees === undefined) {
      bias.fill(HIDDEN, start + first + row + 1, start + width);
      continue;
    }
    bias.fill(HIDDEN, start, start + width);
    for (const place of sees) bias[start + place] = 0;
    bias[start + first + row] = 0;
  }
  return floats(bias, [1, 1, tokens.length, width]);
}

function heardBias(tokens: readonly Token[], frames: number): Tensor {
  const bias = new Float32Array(tokens.length * frames);
  for (const [row, { frames: heard = frames }] of tokens.entries()) {
    bias.fill(HIDDEN, row * frames + heard, (row + 1) * frames);
  }
  return floats(bias, [1, 1, tokens.length, frames]);
}

function idsOf(outputs: Feeds): BigInt64Array {
  const data = outputs.best_ids?.data;
  if (data instanceof BigInt64Array) return data;
  throw engineErrors.make('MODEL_DAMAGED', { place: STEP, detail: 'no output best_ids' });
}
