import type { Encoder } from '../speech/ports.js';
import { contrastsOf } from './faq-contrasts.js';
import { cosine } from './likeness.js';
import type { FaqMatch } from './ports.js';
import type { FaqEntry, UnderstandingSettings } from './settings.js';
import { evenlySpelled } from './spellings.js';
import { plain } from './text.js';

export interface FaqOptions {
  readonly entries: readonly FaqEntry[];
  /** Least score of the best entry, 0..1. */
  readonly score: number;
  /** Least lead over any other entry. */
  readonly margin: number;
  /** Language of the entries: where it has texts that ask something else, entries are held against them. */
  readonly language?: string;
}

/** How well an entry answers a text. */
export interface FaqRank {
  readonly id: string;
  /** The entry's question that is nearest. */
  readonly question: string;
  readonly score: number;
}

/** What an entry is held against, as unit vectors. */
interface Entry {
  readonly id: string;
  readonly questions: readonly { readonly text: string; readonly vector: Float32Array }[];
  readonly answer: Float32Array | undefined;
  /** Texts about the same thing that ask something else; none in languages without such. */
  readonly contrasts: readonly Float32Array[];
}

/**
 * Besides its nearest question, an answer that is near speaks for an entry, and a near text about the same
 * thing that asks something else against it. Fitted on scripts/bench/faq-set.yaml.
 */
const FOR_ANSWER = 0.6;
const AGAINST_CONTRAST = 0.5;
/** So that the same least score fits as where the nearest question is all there is. */
const EVEN = 0.05;
/** A contrast as near as this to a question of the entry asks just what the entry answers. */
const SAME_QUESTION = 0.85;
/** Texts that are embedded at once. */
const BATCH = 64;

/**
 * Least scores that suit a language, chosen in docs/benchmarks/faq.md and faq-others.md: where likeness is of
 * meaning, and everywhere else, where it counts shared pieces of words.
 */
const LEAST_SCORES: Readonly<Record<string, number>> = { en: 0.68 };
const LEAST_SCORE_BY_PIECES = 0.5;

/** Least score of an entry, 0..1: the one that is set, or what suits the language. */
export const leastFaqScore = ({
  faqScore,
  language,
}: Pick<UnderstandingSettings, 'faqScore' | 'language'>): number =>
  faqScore ?? LEAST_SCORES[language] ?? LEAST_SCORE_BY_PIECES;

/** Finds the office's approved answer whose questions are nearest to what was said. */
export class Faq {
  readonly #options: FaqOptions;
  #entries: readonly Entry[] = [];

  constructor(options: FaqOptions) {
    this.#options = options;
  }

  /** Embeds all questions. May be called again; the vectors are then made anew. */
  async start(encoder: Encoder): Promise<void> {
    const { entries, language = '' } = this.#options;
    const wanted = entries.map((entry) => {
      const texts = [...entry.questions, entry.answer, ...contrastsOf(entry, language)];
      return { entry, texts: texts.map((text) => evenlySpelled(plain(text), language)) };
    });
    const vectors = await embedAll(
      encoder,
      wanted.flatMap(({ texts }) => texts),
    );
    this.#entries = wanted.map(({ entry, texts }) => entryOf(entry, texts, vectors));
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

  /** Every entry by its score, the best first. */
  rank(vector: Float32Array): readonly FaqRank[] {
    return this.#entries.map((entry) => rankOf(entry, vector)).sort((a, b) => b.score - a.score);
  }
}

function rankOf({ id, questions, answer, contrasts }: Entry, vector: Float32Array): FaqRank {
  let [question, nearest] = ['', -1];
  for (const one of questions) {
    const score = cosine(one.vector, vector);
    if (score > nearest) [question, nearest] = [one.text, score];
  }
  if (answer === undefined || contrasts.length === 0) return { id, question, score: nearest };
  const against = contrasts.reduce((most, one) => Math.max(most, cosine(one, vector)), -1);
  const fused = nearest + FOR_ANSWER * cosine(answer, vector) - AGAINST_CONTRAST * against + EVEN;
  return { id, question, score: Math.max(0, Math.min(1, fused)) };
}

function entryOf(
  { id, questions }: FaqEntry,
  texts: readonly string[],
  vectors: ReadonlyMap<string, Float32Array>,
): Entry {
  const known = texts.map((text) => vectors.get(text));
  const count = questions.length;
  const own = texts.slice(0, count).flatMap((text, at) => {
    const vector = known[at];
    return vector === undefined ? [] : [{ text, vector }];
  });
  const contrasts = known
    .slice(count + 1)
    .filter((one) => one !== undefined)
    .filter((one) => own.every(({ vector }) => cosine(vector, one) < SAME_QUESTION));
  return { id, questions: own, answer: known[count], contrasts };
}

async function embedAll(
  encoder: Encoder,
  texts: readonly string[],
): Promise<ReadonlyMap<string, Float32Array>> {
  const unique = [...new Set(texts)];
  const vectors = new Map<string, Float32Array>();
  for (let at = 0; at < unique.length; at += BATCH) {
    const batch = unique.slice(at, at + BATCH);
    const embedded = await encoder.embed(batch);
    batch.forEach((text, nth) => {
      const vector = embedded[nth]?.vector;
      if (vector !== undefined) vectors.set(text, vector);
    });
  }
  return vectors;
}
