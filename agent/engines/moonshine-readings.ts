import type { Decoded } from './moonshine-decoder.js';

/** A text this much less likely than the likeliest, in mean log-probability a token, is no reading of it. */
const WITHIN = 0.45;

/**
 * What an utterance may have been: all texts that searches followed to their end. Which of them it was is
 * for those to say who know what was asked.
 */
export class Readings {
  readonly #textOf: (text: Decoded) => string;
  /** By their letters and figures, whatever their marks and capitals. */
  readonly #found = new Map<string, { readonly text: string; readonly score: number }>();
  #preferred: string | undefined;

  constructor(textOf: (text: Decoded) => string) {
    this.#textOf = textOf;
  }

  readonly add = (decoded: Decoded): void => {
    const text = this.#textOf(decoded);
    const key = text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}@_]+/gu, ' ')
      .trim();
    const { score } = decoded;
    if (key === '' || score <= (this.#found.get(key)?.score ?? -Infinity)) return;
    this.#found.set(key, { text, score });
  };

  /** Takes one that is near enough to what was heard, however likely it is: it comes first. */
  prefer(decoded: Decoded): void {
    this.#preferred = this.#textOf(decoded);
  }

  /** At most `count` of them, likeliest first, none of a mean log-probability below `least`. */
  likeliest(count: number, least: number): readonly string[] {
    const ordered = [...this.#found.values()].toSorted((a, b) => b.score - a.score);
    const worst = Math.max(least, (ordered[0]?.score ?? 0) - WITHIN);
    const texts = ordered.filter(({ score }) => score >= worst).map(({ text }) => text);
    const first = this.#preferred === undefined ? [] : [this.#preferred];
    return [...new Set([...first, ...texts])].slice(0, count);
  }
}
