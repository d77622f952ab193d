import { distance } from '../speech/edit-distance.js';
import { Grammar, MARKS, SPACE, formsOf } from './moonshine-grammar.js';
import type { GrammarState } from './moonshine-grammar.js';
import type { SpokenWord } from './moonshine-tokens.js';

/** So many more words than a name has may have been heard in its place, or fewer. */
const MORE_WORDS = 2;
/** Words that were all heard more surely than this are no misheard name. */
const SURE = 0.95;
/**
 * How alike a name and what was heard in its place must be, 0..1, and how many are compared: of 160 requests
 * for somebody 142 pass, of 160 sentences that name nobody 37. Each costs the decoder time.
 */
const ALIKE = 0.55;
const MOST = 3;

/** A name that may have been said in the place of the words from `from` up to `to`. */
export interface NamePlace {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** The longest of `names` that `text` has, whatever its marks and capitals. */
export function nameIn(text: string, names: readonly string[]): string | undefined {
  const said = plain(text);
  return names
    .filter((name) => said.includes(plain(name)))
    .toSorted((a, b) => b.length - a.length)[0];
}

const plain = (text: string): string =>
  ` ${text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}']+/gu, ' ')
    .trim()} `;

/** Where in `heard` one of `names` may have been said: the places that sound most like one. */
export function placesIn(
  heard: readonly SpokenWord[],
  names: readonly string[],
): readonly NamePlace[] {
  const said = heard.map(({ word }) => ({ letters: lettersOf(word), sounds: soundsOf(word) }));
  const places: (NamePlace & { readonly alike: number })[] = [];
  for (const name of names) {
    const wanted = { letters: lettersOf(name), sounds: soundsOf(name) };
    const words = name.split(' ').length;
    for (let from = 0; from < heard.length; from += 1) {
      const most = Math.min(heard.length, from + words + MORE_WORDS);
      for (let to = from + Math.max(1, words - MORE_WORDS); to <= most; to += 1) {
        if (heard.slice(from, to).every(({ confidence }) => confidence > SURE)) continue;
        const span = said.slice(from, to);
        const letters = span.map((word) => word.letters).join('');
        const sounds = joinedSounds(span.map((word) => word.sounds));
        const alike = (likeness(letters, wanted.letters) + likeness(sounds, wanted.sounds)) / 2;
        if (alike >= ALIKE) places.push({ name, from, to, alike });
      }
    }
  }
  return places.toSorted((a, b) => b.alike - a.alike).slice(0, MOST);
}

const lettersOf = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z]/gu, '')
    .replace(/^doctor/u, 'dr');

/**
 * What is left of a word's letters when those that recognisers take for one another are one: a voiced
 * consonant and its unvoiced twin, and all vowels.
 */
const soundsOf = (text: string): string =>
  joinedSounds([
    text
      .toLowerCase()
      .normalize('NFD')
      .replaceAll(/\bdr\b/gu, 'doktor')
      .replaceAll(/[^a-z]/gu, '')
      .replaceAll(/ph|v/gu, 'f')
      .replaceAll(/[sc]h|tch|j|zh/gu, 's')
      .replaceAll(/[cqg]/gu, 'k')
      .replaceAll('x', 'ks')
      .replaceAll('z', 's')
      .replaceAll('d', 't')
      .replaceAll('b', 'p')
      .replaceAll(/[hw]/gu, '')
      .replaceAll(/[aeiouy]+/gu, 'a'),
  ]);

const joinedSounds = (parts: readonly string[]): string =>
  parts.join('').replaceAll(/(.)\1+/gu, '$1');

const likeness = (a: string, b: string): number =>
  1 - distance(a, b) / Math.max(1, a.length, b.length);

/**
 * Everything that `heard` is with a name in one of its `places`: what the caller said around a name was
 * understood, only the name itself was not.
 */
export class NameGrammar extends Grammar {
  constructor(
    heard: readonly SpokenWord[],
    places: readonly NamePlace[],
    tokens: readonly (string | undefined)[],
  ) {
    super([], tokens, true, new Sentence(heard, places).start);
  }
}

/** One way in which the letters so far can be read. */
type Reading =
  /** `at` letters of what was heard; the name is still to come. */
  | { readonly part: 'before'; readonly at: number }
  /** `at` letters of a name, in whose place the words before the one at `to` are not said. */
  | { readonly part: 'name'; readonly name: string; readonly at: number; readonly to: number }
  | { readonly part: 'behind'; readonly at: number };

class Sentence {
  readonly #heard: string;
  readonly #places: readonly NamePlace[];
  /** Where each word begins, its space included; and the end. */
  readonly #starts: readonly number[];

  constructor(heard: readonly SpokenWord[], places: readonly NamePlace[]) {
    this.#heard = heard.map(({ word }) => SPACE + word).join('');
    this.#places = places;
    const starts = Array.from(this.#heard.matchAll(/\u2581/gu), ({ index }) => index);
    this.#starts = [...starts, this.#heard.length];
  }

  get start(): GrammarState {
    return this.#state([{ part: 'before', at: 0 }]);
  }

  #state(readings: readonly Reading[]): GrammarState {
    const followed = new Map<string, GrammarState | undefined>();
    return {
      end: readings.some((reading) => this.#mayEnd(reading)),
      after: (letter) => {
        if (!followed.has(letter)) {
          const next = readings.flatMap((reading) => this.#after(reading, letter));
          followed.set(letter, next.length === 0 ? undefined : this.#state(next));
        }
        return followed.get(letter);
      },
    };
  }

  #after(reading: Reading, letter: string): readonly Reading[] {
    const { part, at } = reading;
    if (part === 'name') return this.#inName(reading, letter);
    const on: Reading[] = this.#heard[at] === letter ? [{ part, at: at + 1 }] : [];
    if (part === 'behind' || letter !== SPACE) return on;
    const word = this.#starts.indexOf(at);
    const begun = this.#places
      .filter(({ from }) => from === word)
      .flatMap(({ name, to }) => [...formsOf(name)].map((form) => ({ name: form, to })));
    return [
      ...on,
      ...begun.map(({ name, to }): Reading => ({
        ...{ part: 'name', name: name.replaceAll(' ', SPACE) },
        ...{ at: 0, to },
      })),
    ];
  }

  #inName(reading: Extract<Reading, { part: 'name' }>, letter: string): readonly Reading[] {
    const { name, at, to } = reading;
    const next: Reading[] = name[at] === letter ? [{ ...reading, at: at + 1 }] : [];
    const wordEnds = at === name.length || name[at] === SPACE;
    if (wordEnds && MARKS.has(letter)) next.push(reading);
    const back = this.#starts[to] ?? this.#heard.length;
    if (at === name.length && letter === SPACE && back < this.#heard.length) {
      next.push({ part: 'behind', at: back + 1 });
    }
    return next;
  }

  #mayEnd(reading: Reading): boolean {
    if (reading.part === 'before') return false;
    if (reading.part === 'behind') return reading.at === this.#heard.length;
    return reading.at === reading.name.length && reading.to === this.#starts.length - 1;
  }
}
