import { MARKS, SPACE } from './moonshine-grammar.js';

const WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
/** A number goes on where so many of its last digits, or fewer, stand in the other text. */
const ALIKE = 4;
/** So many words more or fewer may stand before them there; none where it is one digit. */
const ASIDE = 3;

/** A word of a text: its digit, if it is one, and where it stands. */
interface Said {
  readonly digit: number | undefined;
  readonly at: number;
}

/** How a number is written: a token for each digit, and what stands between two. */
interface Style {
  readonly forms: readonly (number | undefined)[];
  readonly between: readonly number[];
}

/**
 * Guesses how a number goes on. The model writes one sound as "020", "0-2-0" or "zero, two, zero", each time
 * anew: of a number that was heard already in another way only the way has to be found again.
 */
export class Digits {
  readonly #digits = new Map<number, number>();
  readonly #figures: (number | undefined)[] = [];
  readonly #words: (number | undefined)[] = [];
  readonly #marks = new Set<number>();
  readonly #comma: readonly number[];

  /** `texts` are the model's tokens; undefined for those that stand for no text. */
  constructor(texts: readonly (string | undefined)[]) {
    for (const [id, text = ''] of texts.entries()) {
      const letters = Array.from(text);
      if (text !== '' && letters.every((letter) => MARKS.has(letter) || letter === SPACE)) {
        this.#marks.add(id);
      }
      const plain = text.replace(SPACE, '').toLowerCase();
      const word = WORDS.indexOf(plain);
      const digit = /^[0-9]$/u.test(plain) ? Number(plain) : word;
      if (digit < 0) continue;
      this.#digits.set(id, digit);
      if (text === plain && word < 0) this.#figures[digit] = id;
      if (text === SPACE + plain && word >= 0) this.#words[digit] = id;
    }
    const comma = texts.indexOf(',');
    this.#comma = comma < 0 ? [] : [comma];
  }

  /**
   * What may follow `said` where it ends in a number, by the digits of `heard`, an earlier text of the same
   * sound. Empty where nothing is known.
   */
  after(said: readonly number[], heard: readonly number[]): readonly number[] {
    const words = this.#wordsIn(said);
    const last = words.at(-1);
    if (last?.digit === undefined) return [];
    const run = words.slice(words.findLastIndex(({ digit }) => digit === undefined) + 1);
    const { forms, between } = this.#styleOf(said, last, run.at(-2));
    const guessed: number[] = [];
    for (const digit of this.#following(run, words.length, this.#wordsIn(heard))) {
      const form = forms[digit];
      if (form === undefined) return guessed;
      guessed.push(...between, form);
    }
    guessed.push(...between);
    // What stands between stands here already.
    return last.at < said.length - 1 ? guessed.slice(between.length) : guessed;
  }

  #styleOf(said: readonly number[], last: Said, before: Said | undefined): Style {
    const token = said[last.at] ?? -1;
    const isFigure = this.#figures.includes(token);
    const forms = isFigure ? this.#figures : this.#words;
    if (before !== undefined) return { forms, between: said.slice(before.at + 1, last.at) };
    return { forms, between: isFigure ? [] : this.#comma };
  }

  /** The digits in `heard` behind those in which `run` ends, the last of `count` words. */
  #following(run: readonly Said[], count: number, heard: readonly Said[]): readonly number[] {
    for (let length = Math.min(run.length, ALIKE); length > 0; length -= 1) {
      const end = run.slice(-length);
      const places = heard.flatMap((_, at) => {
        const first = at + 1 - length;
        if (first < 0 || end.some(({ digit }, next) => heard[first + next]?.digit !== digit)) {
          return [];
        }
        return [at + 1];
      });
      const aside = (place: number): number => Math.abs(place - count);
      const [nearest] = places.toSorted((a, b) => aside(a) - aside(b));
      if (nearest === undefined || aside(nearest) > (length === 1 ? 0 : ASIDE)) continue;
      const next = heard.slice(nearest).map(({ digit }) => digit);
      const digits = next.slice(0, next.includes(undefined) ? next.indexOf(undefined) : undefined);
      if (digits.length > 0) return digits.filter((digit) => digit !== undefined);
    }
    return [];
  }

  /** All but the marks. */
  #wordsIn(ids: readonly number[]): readonly Said[] {
    return ids.flatMap((id, at) =>
      this.#marks.has(id) ? [] : [{ digit: this.#digits.get(id), at }],
    );
  }
}
