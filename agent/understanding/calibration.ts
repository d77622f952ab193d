import type { HeadDescription, LinearHead } from './head.js';
import { OUT_OF_SCOPE } from './intents.js';
import { logitsOf, softmax, type Sample } from './regression.js';

/** Share of in-scope held-out examples that the threshold lets pass. */
const ACCEPTED = 0.985;

/** What held-out samples tell about a head. */
export type Calibration = Pick<HeadDescription, 'temperature' | 'thresholds' | 'heldOut'>;

/**
 * Chooses the temperature of `head` and the least likelihood of an intent by samples that it has not
 * learnt from. `accepted` is the share of those in scope that are let pass.
 */
export function calibrate(
  head: LinearHead,
  held: readonly Sample[],
  accepted = ACCEPTED,
): Calibration {
  const outside = head.labels.indexOf(OUT_OF_SCOPE);
  const logits = held.map(({ vector, label }) => ({ logits: logitsOf(head, vector), label }));
  const temperature = bestTemperature(logits);
  const seen = logits.map((one) => {
    const odds = softmax(one.logits, temperature);
    const best = bestInScope(odds, outside);
    return { label: one.label, best, score: odds[best] ?? 0, beyond: argMax(odds) === outside };
  });
  const inScope = seen.filter(({ label }) => label !== outside);
  const beyond = seen.filter(({ label }) => label === outside);
  const sorted = inScope
    .map(({ score, beyond: refused }) => (refused ? 0 : score))
    .sort((a, b) => a - b);
  const odds = sorted[Math.floor(sorted.length * (1 - accepted))] ?? 0;
  const share = (part: readonly unknown[], of: readonly unknown[]): number =>
    of.length === 0 ? 0 : part.length / of.length;
  const taken = ({ score, beyond: refused }: (typeof seen)[number]): boolean =>
    !refused && score >= odds;
  const right = inScope.filter(({ best, label }) => best === label);
  return {
    temperature,
    thresholds: { odds },
    heldOut: {
      examples: held.length,
      accuracy: share(right, inScope),
      accuracyAfterThreshold: share(right.filter(taken), inScope),
      outOfScopeRecall: share(
        beyond.filter((one) => !taken(one)),
        beyond,
      ),
    },
  };
}

/** Index of the likeliest label that is in scope; `outside` is the index of `oos`. */
function bestInScope(odds: Float32Array, outside: number): number {
  return argMax(odds.map((value, at) => (at === outside ? -Infinity : value)));
}

/** Index of the greatest number. */
export function argMax(numbers: ArrayLike<number>): number {
  let best = 0;
  for (let at = 1; at < numbers.length; at += 1) {
    if ((numbers[at] ?? -Infinity) > (numbers[best] ?? -Infinity)) best = at;
  }
  return best;
}

/** Temperature with the least negative log-likelihood (Guo et al., 2017), searched on a fine grid. */
function bestTemperature(seen: readonly { logits: Float32Array; label: number }[]): number {
  let best = 1;
  let least = Infinity;
  for (let exponent = -30; exponent <= 30; exponent += 1) {
    const temperature = 1.1 ** exponent;
    let loss = 0;
    for (const { logits, label } of seen) {
      loss -= Math.log(Math.max(softmax(logits, temperature)[label] ?? 0, 1e-12));
    }
    if (loss < least) {
      least = loss;
      best = temperature;
    }
  }
  return best;
}
