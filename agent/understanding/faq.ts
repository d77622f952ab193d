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

/** How like an entry's best question a text is. */
export interface FaqRank {
  readonly id: string;
  readonly question: string;
  readonly score: number;
}

/** Finds the office's approved answer whose questions are nearest to what was said. */
export class Faq {
  readonly #options: FaqOptions;
  #questions: readonly { id: string; text: string; vector: Float32Array }[] = [];

  constructor(options: FaqOptions) {
    this.#options = options;
  }

  /** Embeds all questions. May be called again; the vectors are then made anew. */
  async start(encoder: Encoder): Promise<void> {
    const pairs = this.#options.entries.flatMap(({ id, questions }) =>
      questions.map((question) => ({ id, question, text: plain(question) })),
    );
    if (pairs.length === 0) return;
    const embedded = await encoder.embed(pairs.map(({ text }) => text));
    this.#questions = pairs.flatMap(({ id, question }, index) => {
      const vector = embedded[index]?.vector;
      return vector === undefined ? [] : [{ id, text: question, vector }];
    });
  }

  /** The best entry for a unit vector, if it is near enough and clearly ahead of the others. */
  match(vector: Float32Array): FaqMatch | undefined {
    const [first, second] = this.rank(vector);
    if (first === undefined) return undefined;
    const { id, score } = first;
    const margin = score - (second?.score ?? 0);
    if (score < this.#options.score || margin < this.#options.margin) return undefined;
    return { id, score, margin };
  }

  /** Every entry by its best question's likeness (cosine), the nearest first. */
  rank(vector: Float32Array): readonly FaqRank[] {
    const best = new Map<string, FaqRank>();
    for (const { id, text, vector: question } of this.#questions) {
      const score = cosine(question, vector);
      if (score > (best.get(id)?.score ?? -Infinity)) best.set(id, { id, question: text, score });
    }
    return [...best.values()].sort((a, b) => b.score - a.score);
  }
}
