import { EOS } from './moonshine-decoder.js';
import type { ChosenToken } from './moonshine-tokens.js';

/** The likeliest token and its softmax probability. */
export function likeliest(logits: Float32Array): ChosenToken {
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
export function likeliestIds(logits: Float32Array, count: number): readonly number[] {
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

/** Row `row` of `rows`. */
export function rowOf(logits: Float32Array, row: number, rows: number): Float32Array {
  const size = logits.length / rows;
  return logits.subarray(row * size, (row + 1) * size);
}
