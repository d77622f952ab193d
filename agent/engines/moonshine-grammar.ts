/** U+2581, which stands for the space before a word. */
export const SPACE = '\u2581';
/** What may follow a word: the recogniser punctuates what it hears. */
export const MARKS: ReadonlySet<string> = new Set([',', '.', '-', '…', '?', '!']);

/** Where a text stands inside a grammar. */
export interface GrammarState {
  /** Whether a text may end here. */
  readonly end: boolean;
  /** Where `letter` leads; undefined where it may not follow. */
  after(letter: string): GrammarState | undefined;
}

/** The tokens of a model by their letters, so that those that may follow are found quickly. */
interface TokenNode {
  readonly next: Map<string, TokenNode>;
  readonly ids: number[];
}

type Tokens = readonly (string | undefined)[];

/** By the tokens of a model, which are the same array all its life. */
const known = new WeakMap<Tokens, TokenNode>();

function byLetters(tokens: Tokens): TokenNode {
  const found = known.get(tokens);
  if (found !== undefined) return found;
  const root: TokenNode = { next: new Map(), ids: [] };
  tokens.forEach((text, id) => {
    if (text === undefined || text === '') return;
    let at = root;
    for (const letter of text) {
      const next = at.next.get(letter) ?? { next: new Map(), ids: [] };
      at.next.set(letter, next);
      at = next;
    }
    at.ids.push(id);
  });
  known.set(tokens, root);
  return root;
}

/** A sentence of more than a few words with hardly one that is expected answers something else. */
const LEAST_SHARE = 0.3;
const FEW_WORDS = 4;

/**
 * Any sequence of the given phrases, or one of them alone where they are whole answers; each with or
 * without a capital, with or without marks after it: which tokens may come next, so that a decoder can
 * be held to what was asked for.
 */
export class Grammar {
  readonly #tokens: TokenNode;
  readonly #start: GrammarState;
  readonly #allowed = new Map<GrammarState, readonly { id: number; to: GrammarState }[]>();
  readonly #phrases: ReadonlySet<string>;
  /** The phrases without marks. */
  readonly #texts: ReadonlySet<string>;
  readonly #whole: boolean;

  /**
   * `tokens` are the model's, each as text; undefined for those that stand for no text. `start` replaces
   * the phrases' own beginning.
   */
  constructor(phrases: readonly string[], tokens: Tokens, whole = false, start?: GrammarState) {
    this.#tokens = byLetters(tokens);
    this.#whole = whole;
    this.#phrases = new Set(phrases.flatMap((phrase) => wordsIn(phrase)));
    this.#texts = new Set(phrases.map((phrase) => wordsIn(phrase).join(' ')));
    this.#start = start ?? phrasesOf(phrases, whole);
  }

  /** Whether a phrase is a whole answer, which nothing follows. */
  get whole(): boolean {
    return this.#whole;
  }

  get start(): GrammarState {
    return this.#start;
  }

  /** Tokens that may follow in a state, and where each leads. */
  allowed(state: GrammarState): readonly { readonly id: number; readonly to: GrammarState }[] {
    let allowed = this.#allowed.get(state);
    if (allowed === undefined) {
      allowed = [...follow(this.#tokens, state)];
      this.#allowed.set(state, allowed);
    }
    return allowed;
  }

  /** Whether a text may end here. */
  mayEnd(state: GrammarState): boolean {
    return state.end;
  }

  /** Whether `text` is one of the phrases, whatever its marks and capitals. */
  has(text: string): boolean {
    return this.#texts.has(wordsIn(text).join(' '));
  }

  /** Which share of a text's words are words of the phrases, 0..1. */
  shareOf(text: string): number {
    const words = wordsIn(text);
    const ours = words.filter((word) => this.#phrases.has(word)).length;
    return words.length === 0 ? 0 : ours / words.length;
  }

  /** Whether `text` may be our phrases misheard: not if it is made of them, nor if it is another matter. */
  mayCorrect(text: string): boolean {
    const share = this.shareOf(text);
    return share < 1 && (share >= LEAST_SHARE || wordsIn(text).length <= FEW_WORDS);
  }
}

function* follow(node: TokenNode, from: GrammarState): Generator<{ id: number; to: GrammarState }> {
  for (const [letter, next] of node.next) {
    const to = from.after(letter);
    if (to === undefined) continue;
    for (const id of next.ids) yield { id, to };
    yield* follow(next, to);
  }
}

/** Both forms of a phrase: a recogniser begins a sentence with a capital. */
export const formsOf = (phrase: string): ReadonlySet<string> =>
  new Set([phrase, phrase.charAt(0).toUpperCase() + phrase.slice(1)]);

interface Node extends GrammarState {
  readonly next: Map<string, Node>;
  end: boolean;
}

/** The state in which any of `phrases` may begin. */
function phrasesOf(phrases: readonly string[], whole: boolean): GrammarState {
  const node = (): Node => {
    const next = new Map<string, Node>();
    const self: Node = {
      next,
      // A phrase ends here: the text may end, a mark may follow, or the next phrase.
      end: false,
      after: (letter) => {
        const within = next.get(letter);
        if (within !== undefined || !self.end) return within;
        if (MARKS.has(letter)) return self;
        if (whole) return undefined;
        // Figures stand side by side without a space.
        return root.next.get(letter) ?? root.next.get(SPACE)?.next.get(letter);
      },
    };
    return self;
  };
  const root = node();
  for (const form of phrases.flatMap((phrase) => [...formsOf(phrase)])) {
    let at = root;
    for (const letter of SPACE + form.replaceAll(' ', SPACE)) {
      const next = at.next.get(letter) ?? node();
      at.next.set(letter, next);
      at = next;
    }
    at.end = true;
  }
  return root;
}

/** The words of a text without its marks; figures one by one. */
const wordsIn = (text: string): readonly string[] =>
  text.toLowerCase().match(/\d|[^\s\p{P}\d]+/gu) ?? [];
