import type { Encoder } from '../speech/ports.js';
import { cosine } from './likeness.js';
import type { FaqMatch } from './ports.js';
import type { FaqEntry } from './settings.js';
import { plain } from './text.js';

export interface FaqOptions {
  readonly entries: readonly FaqEntry[];
  /** Least cosine of the best question, 0..1. */
  readonly score: number;
  /** Least lead over the best question of any other entry. */
  readonly margin: number;
}

/** Finds the office's approved answer whose questions are nearest to what was said. */
export class Faq {
  readonly #options: FaqOptions;
  #questions: readonly { id: string; vector: Float32Array }[] = [];

  constructor(options: FaqOptions) {
    this.#options = options;
  }

  /** Embeds all questions. May be called again; the vectors are then made anew. */
  async start(encoder: Encoder): Promise<void> {
    const pairs = this.#options.entries.flatMap(({ id, questions }) =>
      questions.map((question) => ({ id, text: plain(question) })),
    );
    if (pairs.length === 0) return;
    const embedded = await encoder.embed(pairs.map(({ text }) => text));
    this.#questions = pairs.flatMap(({ id }, index) => {
      const vector = embedded[index]?.vector;
      return vector === undefined ? [] : [{ id, vector }];
    });
  }

  /** The best entry for a unit vector, if it is near enough and clearly ahead of the others. */
  match(vector: Float32Array): FaqMatch | undefined {
    const best = new Map<string, number>();
    for (const question of this.#questions) {
      const score = cosine(question.vector, vector);
      if (score > (best.get(question.id) ?? -Infinity)) best.set(question.id, score);
    }
    const [first, second] = [...best].sort(([, a], [, b]) => b - a);
    if (first === undefined) return undefined;
    const [id, score] = first;
    const margin = score - (second?.[1] ?? 0);
    if (score < this.#options.score || margin < this.#options.margin) return undefined;
    return { id, score, margin };
  }
}
