import { letterAt } from './letters.js';
import { likenessToName } from './name-likeness.js';
import { withoutRepeats } from './name-repeats.js';
import { readRespelling } from './respell.js';
import { endsSentence, type Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** Words that are taken for a name. */
export interface SpokenName {
  /** As the recogniser wrote them; titles left out. */
  readonly parts: readonly string[];
  /** Half-open range of tokens. */
  readonly from: number;
  readonly to: number;
  readonly confidence: number;
  /** Said as a name ("my name is", "… speaking"), not merely looking like one. */
  readonly announced: boolean;
}

/** More words than this are no name. */
const MOST_PARTS = 5;
/** Initials before a word, at most. */
const MOST_INITIALS = 3;
/** Letters of each word of a given name of two short ones, at most. */
const MOST_SHORT = 5;
export const NAME_CONFIDENCE = { carried: 0.9, weak: 0.75, after: 0.8, pair: 0.75, single: 0.65 };

/** How far a word must look like a name: after "my name is" nearly everything is one. */
export type Trust = 'carried' | 'weak' | 'bare';

/** Reads names out of tokens; `isLetter` tells tokens that belong to a spelling. */
export class NameReader {
  readonly #tokens: readonly Token[];
  readonly #isLetter: (at: number) => boolean;
  readonly #words: SlotVocabulary;
  /** Whether the text is written with capitals where they belong, so that they tell something. */
  readonly #cased: boolean;

  constructor(tokens: readonly Token[], isLetter: (at: number) => boolean, words: SlotVocabulary) {
    this.#tokens = tokens;
    this.#isLetter = isLetter;
    this.#words = words;
    this.#cased =
      tokens.some(({ raw }) => /^\p{Ll}/u.test(raw)) &&
      tokens.some(({ raw }) => /^\p{Lu}/u.test(raw));
  }

  /** The name that begins at `start`, behind fillers and titles. */
  forward(start: number, trust: Trust): SpokenName | undefined {
    const { names, mend, numbers, letters } = this.#words;
    const parts: string[] = [];
    let titled = false;
    let at = start;
    let from = start;
    let to = start;
    while (at < this.#tokens.length && parts.length < MOST_PARTS && !this.#isLetter(at)) {
      const token = this.#tokens[at];
      if (token === undefined) break;
      const filler = mend.fillers.at(this.#tokens, at);
      // "Frye like the fries": what follows tells how it sounds.
      if (parts.length > 0 && letters.asIn.at(this.#tokens, at) > 0 && filler > 0) break;
      if (filler > 0 && !(trust === 'carried' && this.#isCapital(at))) {
        at += filler;
        continue;
      }
      if (this.#isCouple(at, parts)) {
        // "Sam and Kelly Brandt"
        parts.push(token.word, this.#tokens[at + 1]?.raw ?? '');
        at += 2;
        to = at;
        continue;
      }
      const middle = parts.length > 0 ? (names.middle?.at(this.#tokens, at) ?? 0) : 0;
      if (middle > 0) {
        // "James, middle initial T"
        at += middle;
        const initial = this.#tokens[at]?.raw ?? '';
        if (/^\p{L}$/u.test(initial)) parts.push(initial);
        at += /^\p{L}$/u.test(initial) ? 1 : 0;
        to = at;
        continue;
      }
      if (names.titles.has(token.word) && parts.length === 0) {
        // "Mr. and Mrs. Calloway"
        titled = true;
        const pair = numbers.and.has(this.#tokens[at + 1]?.word ?? '');
        at += pair && names.titles.has(this.#tokens[at + 2]?.word ?? '') ? 2 : 1;
        continue;
      }
      const initial = parts.length > 0 ? letterAt(this.#tokens, at, this.#words) : undefined;
      const beside = this.#plain(this.#tokens[at + (initial?.width ?? 0)]?.word ?? '');
      // "Carlos Montoya, C as in cat" tells how Carlos begins.
      const begins = parts.some((part) => part.toLowerCase().startsWith(initial?.letters ?? '-'));
      const example = (initial?.width ?? 0) > 2 && !begins;
      const single = initial?.letters.length === 1;
      if (initial?.kind === 'letter' && single && (example || (initial.width > 1 && beside))) {
        // "David P as in Papa Ortiz", "Andrew double u Atkins"
        parts.push(initial.letters);
        at += initial.width;
        to = at;
        continue;
      }
      if (!this.#fits(at, parts.length, trust) && !this.#isSighedName(at, parts)) break;
      if (parts.length === 0) from = at;
      const hyphen = parts.length > 0 && at === to && this.#tokens[at - 1]?.gap === '-';
      if (hyphen) parts.push(`${parts.pop() ?? ''}-${token.raw}`);
      else parts.push(token.raw);
      at += 1;
      to = at;
      if (this.#stopsAfter(at - 1, parts.length)) break;
    }
    if (parts.length === 0) return undefined;
    // "This is Boots pharmacy": a house, not a person.
    if (trust !== 'carried' && names.houses.has(this.#tokens[to]?.word ?? '')) return undefined;
    // "Stephanie, Steph for short"
    if (parts.length > 1 && names.forShort.at(this.#tokens, to) > 0) {
      parts.pop();
      to += names.forShort.at(this.#tokens, to);
    }
    const last = parts.at(-1)?.toLowerCase() ?? '';
    // A name does not end with "de", nor with a lone small letter.
    if (parts.length > 1 && names.particles.has(last) && last.length < 4) {
      parts.pop();
      to -= 1;
    }
    parts.splice(0, parts.length, ...withoutRepeats(parts, titled, names));
    const mean = /^\p{L}$/u.test(parts.join(''));
    if (mean || (trust !== 'carried' && this.#isOrdinary(parts, from, to))) return undefined;
    const confidence = this.#confidence(from, parts, trust);
    const announced =
      trust === 'carried' || (trust === 'weak' && (parts.length > 1 || confidence > 0.8));
    return { parts, from, to, confidence, announced };
  }

  /** The name that ends before `end`, as in "Anna Lee speaking". */
  backward(end: number): SpokenName | undefined {
    for (let from = Math.max(0, end - MOST_PARTS); from < end; from += 1) {
      // "on the floor here": a thing, not a name.
      if (this.#words.names.continues.has(this.#tokens[from - 1]?.word ?? '')) continue;
      const inside = this.#tokens.slice(from, end - 1);
      const found = inside.some((token) => endsSentence(token))
        ? undefined
        : this.forward(from, 'weak');
      if (found?.to === end && found.from === from) {
        return { ...found, confidence: NAME_CONFIDENCE.after, announced: true };
      }
    }
    return undefined;
  }

  #stopsAfter(at: number, count: number): boolean {
    const token = this.#tokens[at];
    const gap = token?.gap ?? '';
    if (gap === '.' && /^\p{L}$/u.test(token?.raw ?? '')) return false;
    if (endsSentence(token) && gap !== '') return true;
    if (!gap.includes(',')) return false;
    // "Smith, John" and "Smith, John Andrew" at the end are one name; any other comma ends it.
    const rest = this.#tokens.length - at - 1;
    return count > 1 || rest < 1 || rest > 2;
  }

  #fits(at: number, count: number, trust: Trust): boolean {
    const { names, dates } = this.#words;
    const token = this.#tokens[at];
    if (token === undefined || !/^\p{L}/u.test(token.word)) return false;
    const { word } = token;
    // "First name Oliver, surname Pratt"
    const role = names.firstName.at(this.#tokens, at) + names.lastName.at(this.#tokens, at);
    if (count > 0 && role > 0) return false;
    // "Beth, short for Elizabeth"
    if (names.shortFor.at(this.#tokens, at) > 0) return false;
    if (dates.weekdays.has(word) || names.titles.has(word)) return false;
    if (names.particles.has(word)) return this.#particleFits(at, trust);
    if (/^\p{L}$/u.test(word)) {
      // An initial, or the O of "O Brien".
      const next = this.#tokens[at + 1];
      if (word === 'i' || next === undefined) return false;
      if (word === 'a' && !this.#isCapital(at)) return false;
      let end = at + 1;
      while (end - at < MOST_INITIALS && /^[^\P{L}i]$/u.test(this.#tokens[end]?.word ?? ''))
        end += 1;
      const behind = this.#tokens[end]?.word ?? '';
      return this.#plain(behind) && behind.length > 1;
    }
    if (names.suffixes.has(word)) return count > 0;
    if (names.both.has(word)) {
      const beside = this.#plain(this.#tokens[at + 1]?.word ?? '');
      return trust === 'carried' || count > 0 || this.#isCapital(at) || beside;
    }
    if (this.#plain(word)) {
      if (count > 0 && !this.#goesWithName(at)) return false;
      if (count === 0 && trust !== 'carried' && this.#isBeside(at)) return false;
      const doubtful = trust !== 'carried' && count === 0 && !this.#isCapital(at);
      const ends = names.commonEndings.some((ending) => word.endsWith(ending));
      // "Pickering" ends as things do, and is a family's name.
      const thing = ends || names.participle?.test(word) === true;
      return !(doubtful && thing && names.isKnown?.(word) !== true);
    }
    return trust === 'carried' && this.#isCapital(at) && word.length > 2 && !dates.months.has(word);
  }

  /** "Rose Pickles", and nothing behind it: a word that is no frequent name goes with one only where all that was said ends. */
  #goesWithName(at: number): boolean {
    const { names, letters } = this.#words;
    const token = this.#tokens[at];
    if (likenessToName(token?.word ?? '', names) >= 0 || this.#isCapital(at)) return true;
    const next = at + 1;
    if (/[,.?!;:…-]/u.test(token?.gap ?? '') || this.#tokens[at - 1]?.gap === '-') return true;
    if (next >= this.#tokens.length || this.#isLetter(next)) return true;
    if (names.speakers.has(this.#tokens[next]?.word ?? '')) return true;
    const behind = [names.around, names.after, names.with, names.lastName, letters.announce];
    return behind.some((phrases) => phrases.at(this.#tokens, next) > 0);
  }

  /** "Mate, Dean Prowse": a frequent word that a name follows, and no part of it. */
  #isBeside(at: number): boolean {
    const { names } = this.#words;
    const [word, next] = [this.#tokens[at]?.word ?? '', this.#tokens[at + 1]?.word ?? ''];
    if (this.#isCapital(at) || likenessToName(word, names) >= 0) return false;
    // "Ally with a y, Ally Tran"
    if (this.#tokens.filter((token) => token.word === word).length > 1) return false;
    return this.#plain(next) && likenessToName(next, names) > 0;
  }

  /** "It's raining": words that are frequent ones, and names of few; not where their letters are told. */
  #isOrdinary(parts: readonly string[], from: number, to: number): boolean {
    if (this.#isCapital(from) || this.#isLetter(to)) return false;
    const tellsLetters = readRespelling(this.#tokens, to, this.#words) !== undefined;
    return !tellsLetters && parts.every((part) => likenessToName(part, this.#words.names) < 0);
  }

  /** "Mi Jin Oh": behind a given name of two short words, and the last that is said. */
  #isSighedName(at: number, parts: readonly string[]): boolean {
    const isSigh = this.#words.names.sighsToo?.has(this.#tokens[at]?.word ?? '') === true;
    const isShort = parts.length === 2 && parts.every((part) => part.length <= MOST_SHORT);
    return isSigh && isShort && at + 1 === this.#tokens.length;
  }

  /** Behind one given name, "and" and another, before the name of their family. */
  #isCouple(at: number, parts: readonly string[]): boolean {
    const { names } = this.#words;
    const wordAt = (place: number): string => this.#tokens[place]?.word ?? '';
    const [first = ''] = parts;
    if (parts.length !== 1 || names.couples?.has(wordAt(at)) !== true) return false;
    const given = [first.toLowerCase(), wordAt(at + 1)];
    const family = wordAt(at + 2);
    const isFamily = this.#plain(family) && likenessToName(family, names) >= 0;
    return (
      given.every((one) => names.isGiven?.(one) === true) && isFamily && !this.#isLetter(at + 2)
    );
  }

  #particleFits(at: number, trust: Trust): boolean {
    const next = this.#tokens[at + 1];
    if (next === undefined) return trust !== 'weak' && this.#isCapital(at);
    const { particles } = this.#words.names;
    return this.#plain(next.word) && (next.word.length > 1 || particles.has(next.word));
  }

  #plain(word: string): boolean {
    const possessive = word.endsWith("'s");
    return (
      /^\p{L}/u.test(word) &&
      !possessive &&
      !this.#words.names.common.has(word) &&
      !this.#words.names.both.has(word)
    );
  }

  /** A capital where an ordinary word would have none. */
  #isCapital(at: number): boolean {
    const opens = at === 0 || /[.?!]/u.test(this.#tokens[at - 1]?.gap ?? '');
    return this.#cased && !opens && /^\p{Lu}/u.test(this.#tokens[at]?.raw ?? '');
  }

  #confidence(from: number, parts: readonly string[], trust: Trust): number {
    if (trust === 'carried') return NAME_CONFIDENCE.carried;
    if (trust === 'weak') return NAME_CONFIDENCE.weak + (this.#isCapital(from) ? 0.1 : 0);
    return parts.length > 1 ? NAME_CONFIDENCE.pair : NAME_CONFIDENCE.single;
  }
}
