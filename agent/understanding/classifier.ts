import { besidesAnswer, supportOf } from './calibration.js';
import { understandingErrors } from './errors.js';
import type { HeadDescription } from './head.js';
import { ANSWER, EMERGENCY, OUT_OF_SCOPE } from './intents.js';
import type { Scored } from './ports.js';
import { softmax } from './regression.js';

/** How many intents are named beside the chosen one. */
const ALTERNATIVES = 3;

/** The intent of a text, and what else it might have been. */
export interface Classification extends Scored {
  readonly alternatives: readonly Scored[];
  /** How likely the caller is in danger, 0..1, whatever else was said. */
  readonly danger: number;
}

/** Reads a head's logits: calibrated scores, and `oos` where no intent is strong enough. */
export class Classifier {
  readonly #head: HeadDescription;

  constructor(head: HeadDescription) {
    this.#head = head;
  }

  /**
   * `near` is the greatest cosine to an example in scope, as the head tells it.
   * @throws UNDERSTANDING_HEAD_MALFORMED when this is not of this head
   */
  classify(logits: Float32Array | undefined, near: number | undefined): Classification {
    const { answers, temperature, thresholds } = this.#head;
    const labels = answers === true ? [...this.#head.labels, ANSWER] : this.#head.labels;
    if (logits?.length !== labels.length || near === undefined) {
      throw understandingErrors.make('HEAD_MALFORMED', {
        detail: `expected ${String(labels.length)} logits and a nearness, found ${String(logits?.length ?? 0)}`,
      });
    }
    const odds = softmax(logits, temperature);
    const { intents, answered } = besidesAnswer(odds, labels.indexOf(ANSWER));
    const ranked = this.#head.labels
      .map((intent, at) => ({ intent, score: intents[at] ?? 0 }))
      .sort((a, b) => b.score - a.score);
    const danger = odds[labels.indexOf(EMERGENCY)] ?? 0;
    const inScope = ranked.filter(({ intent }) => intent !== OUT_OF_SCOPE);
    const best = inScope[0] ?? { intent: OUT_OF_SCOPE, score: 0 };
    const refused = answered || ranked[0]?.intent === OUT_OF_SCOPE;
    if (refused || supportOf(best.score, near) < thresholds.support) {
      // Too little for any intent: how sure we are of that is what the intents leave over.
      const alternatives = inScope.slice(0, ALTERNATIVES);
      return { intent: OUT_OF_SCOPE, score: 1 - best.score, alternatives, danger };
    }
    const others = ranked.filter(({ intent }) => intent !== best.intent);
    return { ...best, alternatives: others.slice(0, ALTERNATIVES), danger };
  }
}
