import { beam, type Decoded, type Decoding } from './moonshine-decoder.js';
import { Grammar } from './moonshine-grammar.js';
import { NameGrammar, nameIn, placesIn } from './moonshine-names.js';
import { UNSURE, type Task } from './moonshine-task.js';
import { textOf, textsOf, wordsOf } from './moonshine-tokens.js';

/** How much less likely, in mean log-probability a token, an expected answer may be than a free one. */
const GRAMMAR_COSTS = 0.6;
/** The same where most of what was heard freely is among the expected words already. */
const GRAMMAR_COSTS_MOSTLY = 2.5;
/** What counts as most. */
const MOSTLY = 0.6;
/**
 * How much less likely a text with one of the names in it may be: at 14 no sentence of another matter was
 * given the name of a person, and at 8 words like "billing" came into some.
 */
const NAME_COSTS = 10;
const WORD_COSTS = 6;

/** Looks for what is likely to be said in what was heard: answers, phrases and names. */
export class Expected {
  readonly #tokens: readonly Uint8Array[];
  readonly #texts: readonly (string | undefined)[];
  /** By their phrases: a house asks few kinds of questions. */
  readonly #grammars = new Map<string, Grammar>();

  /** `tokens` are those of the model. */
  constructor(tokens: readonly Uint8Array[]) {
    this.#tokens = tokens;
    this.#texts = textsOf(tokens);
  }

  /** Whether one of the answers was heard surely: then no other is looked for. */
  isAnswer({ chosen, score }: Decoded, answers: readonly string[]): boolean {
    if (answers.length === 0 || score < UNSURE) return false;
    return this.#grammarOf(answers, true).has(textOf(wordsOf(chosen, this.#tokens)));
  }

  /** The likeliest whole answer whose log-probability is above `least`. */
  async answer(
    given: Decoding,
    least: number,
    answers: readonly string[],
  ): Promise<Decoded | undefined> {
    if (answers.length === 0) return undefined;
    const best = await beam(given, this.#grammarOf(answers, true), least);
    return best.chosen.length === 0 ? undefined : best;
  }

  /** Phrases in a row that are near enough to what was heard freely; readings, where that was unsure. */
  async sequence(given: Decoding, free: Decoded, task: Task): Promise<Decoded | undefined> {
    const { likely, readings, effort } = task;
    const { expected = [] } = likely;
    if (expected.length === 0) return undefined;
    const grammar = this.#grammarOf(expected, false);
    const heard = textOf(wordsOf(free.chosen, this.#tokens));
    const may = grammar.mayCorrect(heard);
    const unsure = readings !== undefined && free.score < UNSURE;
    const weighs = unsure && effort.hurried !== true;
    if (unsure && !weighs) task.skipped();
    if (!may && !weighs) return undefined;
    const held = await beam(given, grammar, -Infinity, weighs ? readings.add : undefined);
    const costs = grammar.shareOf(heard) >= MOSTLY ? GRAMMAR_COSTS_MOSTLY : GRAMMAR_COSTS;
    if (!may || held.score < free.score - costs) return undefined;
    readings?.prefer(held);
    return held;
  }

  /** Whether a name may have been said in the place of what was heard. */
  mayName(free: Decoded, names: readonly string[]): boolean {
    const heard = wordsOf(free.chosen, this.#tokens);
    return nameIn(textOf(heard), names) === undefined && placesIn(heard, names).length > 0;
  }

  /** What was heard freely with a name in it, if that is near enough. */
  async named(
    given: Decoding,
    free: Decoded,
    names: readonly string[],
  ): Promise<Decoded | undefined> {
    const heard = wordsOf(free.chosen, this.#tokens);
    if (names.length === 0 || nameIn(textOf(heard), names) !== undefined) return undefined;
    const places = placesIn(heard, names);
    if (places.length === 0) return undefined;
    const grammar = new NameGrammar(heard, places, this.#texts);
    const held = await beam(given, grammar, free.sum - NAME_COSTS);
    const name = nameIn(textOf(wordsOf(held.chosen, this.#tokens)), names);
    if (name === undefined) return undefined;
    // A word of everyday that is in the directory ("billing") is heard well enough without help.
    const costs = /\p{Lu}/u.test(name) ? NAME_COSTS : WORD_COSTS;
    return held.sum > free.sum - costs ? held : undefined;
  }

  #grammarOf(phrases: readonly string[], whole: boolean): Grammar {
    const key = [whole ? 'answers' : 'phrases', ...phrases].join('\n');
    const grammar = this.#grammars.get(key) ?? new Grammar(phrases, this.#texts, whole);
    this.#grammars.set(key, grammar);
    return grammar;
  }
}
