import type { Compounds } from './vocabulary.js';

/** A word, a number or a sign of a text, with its place. */
export interface Token {
  /** As written. */
  readonly raw: string;
  /** Lower case, apostrophes straight. */
  readonly word: string;
  /** Half-open range of UTF-16 units in the text. */
  readonly start: number;
  readonly end: number;
  /** What stands between this token and the next, without spaces: `-`, `,`, `.` or nothing. */
  readonly gap: string;
}

/** Longer texts than any caller says in one breath are cut, so that no text takes long. */
const LONGEST = 2000;

/** `5th`, a number, a word with its apostrophes, or one of the signs that mean something. */
const TOKEN =
  /\d+(?:st|nd|rd|th)(?![\p{L}\p{N}])|\d+|[\p{L}\p{M}]+(?:['’‘`][\p{L}\p{M}]+)*|[@+_]/giu;

/** Splits a text. Figures and letters that touch ("3pm") are two tokens without a gap. */
export function tokensOf(text: string): readonly Token[] {
  const clipped = text.slice(0, LONGEST);
  const found = [...clipped.matchAll(TOKEN)];
  return found.map((match, index) => {
    const [raw] = match;
    const end = match.index + raw.length;
    const next = found[index + 1]?.index ?? clipped.length;
    return {
      raw,
      word: raw.toLowerCase().replace(/[’‘`]/gu, "'"),
      start: match.index,
      end,
      gap: clipped.slice(end, next).replace(/\s+/gu, ''),
    };
  });
}

/** The tokens with each word that is made of two parted. */
export function parted(
  tokens: readonly Token[],
  compounds: Compounds | undefined,
): readonly Token[] {
  if (compounds === undefined) return tokens;
  return tokens.flatMap((token) => {
    const [, first, second] = compounds.pattern.exec(token.word) ?? [];
    if (first === undefined || second === undefined) return [token];
    const middle = token.start + first.length;
    return [
      { ...token, raw: token.raw.slice(0, first.length), word: first, end: middle, gap: '' },
      {
        ...{ ...token, raw: token.raw.slice(first.length), start: middle },
        word: compounds.instead.get(second) ?? second,
      },
    ];
  });
}

/** The tokens without those words; what stood around one stands between its neighbours. */
export function without(tokens: readonly Token[], words: ReadonlySet<string>): readonly Token[] {
  const kept: Token[] = [];
  let hesitated = false;
  for (const token of tokens) {
    const last = kept.at(-1);
    // "of, uh, of": said again after the pause.
    const again = hesitated && last?.word === token.word && /^\p{L}/u.test(token.word);
    hesitated = words.has(token.word);
    if (again) kept[kept.length - 1] = token;
    else if (!hesitated) kept.push(token);
    // "the ninth of, um, June": the commas belong to the "um".
    else if (last !== undefined && /[.?!;:…]/u.test(token.gap)) {
      kept[kept.length - 1] = { ...last, gap: token.gap };
    } else if (last !== undefined) kept[kept.length - 1] = { ...last, gap: '' };
  }
  return kept;
}

/** The text from the first to the last of `tokens[from..to)`, as it was written. */
export function heardOf(text: string, tokens: readonly Token[], from: number, to: number): string {
  const first = tokens[from];
  const last = tokens[to - 1];
  return first === undefined || last === undefined ? '' : text.slice(first.start, last.end);
}

/** Whether a sentence ends after `token`. */
export const endsSentence = (token: Token | undefined): boolean =>
  token === undefined || /[.?!;:…]/u.test(token.gap);

/** Phrases of one or more words, found by their first word. */
export class Phrases {
  readonly #byFirst = new Map<string, string[][]>();

  constructor(phrases: Iterable<string>) {
    for (const phrase of phrases) {
      const words = phrase.split(' ');
      const first = words[0] ?? '';
      this.#byFirst.set(first, [...(this.#byFirst.get(first) ?? []), words]);
    }
    for (const list of this.#byFirst.values()) list.sort((a, b) => b.length - a.length);
  }

  /** How many tokens the longest phrase at `at` covers; 0 when none begins there. */
  at(tokens: readonly Token[], at: number): number {
    const first = tokens[at];
    if (first === undefined) return 0;
    const fitting = this.#byFirst
      .get(first.word)
      ?.find((words) => words.every((word, offset) => tokens[at + offset]?.word === word));
    return fitting?.length ?? 0;
  }

  /** How many tokens the longest phrase that ends before `end` covers. */
  before(tokens: readonly Token[], end: number): number {
    for (let from = Math.max(0, end - 6); from < end; from += 1) {
      if (this.at(tokens, from) === end - from) return end - from;
    }
    return 0;
  }

  /** Index of the first token at which a phrase begins, or -1. */
  find(tokens: readonly Token[], from = 0): number {
    for (let at = from; at < tokens.length; at += 1) if (this.at(tokens, at) > 0) return at;
    return -1;
  }
}
