/** U+2581, which stands for the space before a word. */
const SPACE = '\u2581';
/** What may follow a word: the recogniser punctuates what it hears. */
const MARKS = new Set([',', '.', '-', '…', '?', '!']);

interface Node {
  readonly next: Map<string, Node>;
  /** A phrase ends here: the text may end, a mark may follow, or the next phrase. */
  end: boolean;
}

/** Where a text stands inside a grammar. */
export type GrammarState = Node;

const node = (): Node => ({ next: new Map(), end: false });

/**
 * Any sequence of the given phrases, or one of them alone where they are whole answers; each with or
 * without a capital, with or without marks after it: which tokens may come next, so that a decoder can
 * be held to what was asked for.
 */
export class Grammar {
  readonly #tokens: readonly (string | undefined)[];
  readonly #root = node();
  readonly #allowed = new Map<Node, readonly { id: number; to: Node }[]>();
  readonly #phrases: ReadonlySet<string>;
  readonly #whole: boolean;

  /** `tokens` are the model's, each as text; undefined for those that stand for no text. */
  constructor(phrases: readonly string[], tokens: readonly (string | undefined)[], whole = false) {
    this.#tokens = tokens;
    this.#whole = whole;
    this.#phrases = new Set(phrases.flatMap((phrase) => wordsIn(phrase)));
    for (const phrase of phrases) {
      const capital = phrase.charAt(0).toUpperCase() + phrase.slice(1);
      for (const form of new Set([phrase, capital])) this.#add(form);
    }
  }

  /** Whether a phrase is a whole answer, which nothing follows. */
  get whole(): boolean {
    return this.#whole;
  }

  get start(): GrammarState {
    return this.#root;
  }

  /** Tokens that may follow in a state, and where each leads. */
  allowed(state: GrammarState): readonly { readonly id: number; readonly to: GrammarState }[] {
    let known = this.#allowed.get(state);
    if (known === undefined) {
      known = this.#tokens.flatMap((text, id) => {
        const to = text === undefined ? undefined : this.#walk(state, text);
        return to === undefined ? [] : [{ id, to }];
      });
      this.#allowed.set(state, known);
    }
    return known;
  }

  /** Whether a text may end here. */
  mayEnd(state: GrammarState): boolean {
    return state.end;
  }

  /** Which share of a text's words are words of the phrases, 0..1. */
  shareOf(text: string): number {
    const words = wordsIn(text);
    const known = words.filter((word) => this.#phrases.has(word)).length;
    return words.length === 0 ? 0 : known / words.length;
  }

  #add(phrase: string): void {
    let at = this.#root;
    for (const letter of SPACE + phrase.replaceAll(' ', SPACE)) {
      const next = at.next.get(letter) ?? node();
      at.next.set(letter, next);
      at = next;
    }
    at.end = true;
  }

  #walk(from: Node, text: string): Node | undefined {
    let at: Node | undefined = from;
    for (const letter of text) {
      at = this.#step(at, letter);
      if (at === undefined) return undefined;
    }
    return at;
  }

  #step(at: Node, letter: string): Node | undefined {
    const within = at.next.get(letter);
    if (within !== undefined) return within;
    if (!at.end) return undefined;
    if (MARKS.has(letter)) return at;
    if (this.#whole) return undefined;
    // Figures stand side by side without a space.
    return this.#root.next.get(letter) ?? this.#root.next.get(SPACE)?.next.get(letter);
  }
}

/** The words of a text without its marks; figures one by one. */
const wordsIn = (text: string): readonly string[] =>
  text.toLowerCase().match(/\d|[^\s\p{P}\d]+/gu) ?? [];
