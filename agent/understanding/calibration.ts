import type { HeadDescription } from './head.js';
import { ANSWER, OUT_OF_SCOPE } from './intents.js';
import { softmax } from './regression.js';

/** Share of in-scope held-out examples that the threshold lets pass. */
const ACCEPTED = 0.985;
/** How much nearness to an example in scope counts beside the logarithm of the likelihood. */
const FAMILIARITY = 3;
/** Nobody has less, and JSON has no infinity. */
const LEAST_SUPPORT = -100;
/** Pulls that are tried. */
const PULLS = [0, 1, 2, 3, 4, 6, 8] as const;

/** What a linear head and its examples make of a text that neither has learnt from. */
export interface HeldOut {
  readonly logits: Float32Array;
  /** Greatest cosine to an example of each label. */
  readonly nearest: Float32Array;
  readonly label: number;
}

/** What held-out samples tell about a head. */
export type Calibration = Pick<HeadDescription, 'temperature' | 'thresholds' | 'heldOut'> & {
  readonly pull: number;
};

/**
 * How well founded the best intent of a text is: by how likely it is (0..1) and by how near the text
 * is to any example in scope (cosine). A likelihood alone is high too where all others fit still worse.
 */
export const supportOf = (likelihood: number, near: number): number =>
  Math.log(Math.max(likelihood, 1e-12)) + FAMILIARITY * near;

/** More than this likely to be an answer, a text is one. */
const ANSWERED = 0.5;

/** The likelihoods of intents, did nobody answer anything, and whether the text is an answer; `answer` is its index. */
export function besidesAnswer(
  odds: Float32Array,
  answer: number,
): { readonly intents: Float32Array; readonly answered: boolean } {
  const share = odds[answer] ?? 0;
  const rest = Math.max(1 - share, 1e-6);
  return {
    intents: odds.map((value, at) => (at === answer ? 0 : value / rest)),
    answered: share > ANSWERED,
  };
}

/**
 * Chooses how much nearness pulls, the temperature and the least support of an intent by samples that
 * nothing was learnt from. `accepted` is the share of those in scope that are let pass.
 */
export function calibrate(
  labels: readonly string[],
  held: readonly HeldOut[],
  accepted = ACCEPTED,
): Calibration {
  const outside = labels.indexOf(OUT_OF_SCOPE);
  const answer = labels.indexOf(ANSWER);
  const { pull, temperature } = leastLoss(held);
  const seen = held.map((one) => {
    const odds = softmax(pulled(one, pull), temperature);
    const { intents, answered } = besidesAnswer(odds, answer);
    const best = bestInScope(intents, outside);
    const near = Math.max(
      ...one.nearest.filter((_, label) => label !== outside && label !== answer),
    );
    const refused = answered || argMax(intents) === outside;
    const support = refused ? -Infinity : supportOf(intents[best] ?? 0, near);
    return { label: one.label, best, support };
  });
  const inScope = seen.filter(({ label }) => label !== outside);
  const beyond = seen.filter(({ label }) => label === outside);
  const sorted = inScope.map(({ support }) => support).sort((a, b) => a - b);
  const least = Math.max(LEAST_SUPPORT, sorted[Math.floor(sorted.length * (1 - accepted))] ?? 0);
  const share = (part: readonly unknown[], of: readonly unknown[]): number =>
    of.length === 0 ? 0 : part.length / of.length;
  const right = inScope.filter(({ best, label }) => best === label);
  return {
    pull,
    temperature,
    thresholds: { support: least },
    heldOut: {
      examples: held.length,
      accuracy: share(right, inScope),
      accuracyAfterThreshold: share(
        right.filter(({ support }) => support >= least),
        inScope,
      ),
      outOfScopeRecall: share(
        beyond.filter(({ support }) => support < least),
        beyond,
      ),
    },
  };
}

function pulled({ logits, nearest }: HeldOut, pull: number): Float32Array {
  return logits.map((logit, label) => logit + pull * (nearest[label] ?? 0));
}

/** Index of the likeliest label that is in scope; `outside` is the index of `oos`. */
function bestInScope(odds: Float32Array, outside: number): number {
  return argMax(odds.map((value, at) => (at === outside ? -Infinity : value)));
}

/** Index of the greatest number. */
function argMax(numbers: ArrayLike<number>): number {
  let best = 0;
  for (let at = 1; at < numbers.length; at += 1) {
    if ((numbers[at] ?? -Infinity) > (numbers[best] ?? -Infinity)) best = at;
  }
  return best;
}

/** Pull and temperature with the least negative log-likelihood (Guo et al., 2017), on a fine grid. */
function leastLoss(held: readonly HeldOut[]): { pull: number; temperature: number } {
  let best = { pull: 0, temperature: 1, loss: Infinity };
  for (const pull of PULLS) {
    const logits = held.map((one) => ({ logits: pulled(one, pull), label: one.label }));
    for (let exponent = -20; exponent <= 20; exponent += 1) {
      const temperature = 1.1 ** exponent;
      let loss = 0;
      for (const one of logits) {
        loss -= Math.log(Math.max(softmax(one.logits, temperature)[one.label] ?? 0, 1e-12));
      }
      if (loss < best.loss) best = { pull, temperature, loss };
    }
  }
  return best;
}
