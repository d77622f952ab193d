import type { Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** "with a y", "without an e", "with two t's", "with a k at the end". */
export interface Respelling {
  readonly letter: string;
  /** `keep` says how it is not written. */
  readonly how: 'with' | 'without' | 'double' | 'single' | 'keep';
  readonly atEnd: boolean;
  /** "… and an h": further letters that the word has. */
  readonly and: readonly FurtherLetter[];
  /** "not an i": what the letter stands in the place of, if it was said. */
  readonly instead: string;
  /** Half-open range of tokens. */
  readonly from: number;
  readonly to: number;
}

/** "… and one n", "… and an h at the end" */
interface FurtherLetter {
  readonly letter: string;
  readonly how: 'with' | 'double' | 'single';
  readonly atEnd: boolean;
}

/** So many letters behind the first are not one sound of a word, but a spelling. */
const MOST_JOINED = 3;

/** Reads the respelling that begins at token `at`. */
export function readRespelling(
  tokens: readonly Token[],
  at: number,
  words: SlotVocabulary,
): Respelling | undefined {
  const { names, numbers, corrections } = words;
  const denial = corrections.not.at(tokens, at);
  const denied = denial > 0 && names.with.at(tokens, at + denial) > 0;
  if (denied) {
    const change = readRespelling(tokens, at + denial, words);
    return change === undefined ? undefined : { ...change, how: 'keep', from: at };
  }
  const without = names.without.at(tokens, at);
  const width = without > 0 ? without : names.with.at(tokens, at);
  let next = at + width;
  const count = numberAt(tokens[next]?.word ?? '', numbers);
  // "two l's", "double t" say enough by themselves.
  const alone = count !== undefined && letterAt(tokens[next + 1]?.word ?? '', words) !== undefined;
  if (width === 0 && !alone) return undefined;
  if (count !== undefined && without === 0) next += 1;
  // "with a small c"
  if (width > 0 && tokens[next]?.word.length !== 1) next += words.letters.between.at(tokens, next);
  let letter = letterAt(tokens[next]?.word ?? '', words);
  if (letter === undefined) return undefined;
  next += 1;
  // "with an m as in mother"
  const example = words.letters.asIn.at(tokens, next);
  if (example > 0 && tokens[next + example]?.word.startsWith(letter) === true) next += example + 1;
  // "with a p h", "with e i"
  // "with an a e l"; "without an H, J O N" is spelled.
  const group = letter.length === 1 ? lettersAt(tokens, next) : [];
  if (width > 0 && count === undefined && group.length < MOST_JOINED) {
    letter += group.join('');
    next += group.length;
  }
  const end = names.atTheEnd.at(tokens, next);
  next += Math.max(end, names.inside?.at(tokens, next) ?? 0);
  const not = names.notInstead.at(tokens, next);
  const hasArticle = words.dates.one.has(tokens[next + not]?.word ?? '');
  const article = hasArticle && tokens[next + not + 1] !== undefined ? 1 : 0;
  const instead = not > 0 ? letterAt(tokens[next + not + article]?.word ?? '', words) : undefined;
  if (instead !== undefined) next += not + article + 1;
  const and: Respelling['and'][number][] = [];
  for (;;) {
    const further = names.withMore.at(tokens, next);
    const many = numberAt(tokens[next + further]?.word ?? '', numbers);
    const start = next + further + (many === undefined ? 0 : 1);
    const one = letterAt(tokens[start]?.word ?? '', words);
    if (further === 0 || one === undefined) break;
    next = start + 1;
    const last = names.atTheEnd.at(tokens, next);
    and.push({ letter: one, how: HOW_MANY[many ?? 0] ?? 'with', atEnd: last > 0 });
    next += last;
  }
  const how = without > 0 ? 'without' : (HOW_MANY[count ?? 0] ?? 'with');
  return { letter, how, atEnd: end > 0, instead: instead ?? '', and, from: at, to: next };
}

/** "one n", "two n's" */
const HOW_MANY: Readonly<Record<number, 'single' | 'double'>> = { 1: 'single', 2: 'double' };

const numberAt = (word: string, numbers: SlotVocabulary['numbers']): number | undefined => {
  const value = numbers.digits.get(word) ?? (/^[12]$/u.test(word) ? Number(word) : undefined);
  return value === 1 || value === 2 ? value : (numbers.repeats.get(word) ?? undefined);
};

/** Single letters in a row. */
function lettersAt(tokens: readonly Token[], at: number): readonly string[] {
  const end = tokens.findIndex((token, index) => index >= at && !/^\p{L}$/u.test(token.word));
  return tokens.slice(at, end < 0 ? undefined : end).map(({ word }) => word);
}

/** "y", "y's", "ph", "zee". */
function letterAt(word: string, words: SlotVocabulary): string | undefined {
  // "one is" is not "one i's".
  if (word.length === 2 && words.names.common.has(word)) return undefined;
  const bare = word.replace(/'?s$/u, '') || word;
  if (/^\p{L}$/u.test(bare) || words.names.soundsLike.has(bare)) return bare;
  const { letters } = words;
  return letters.names.get(word) ?? letters.names.get(bare) ?? letters.alphabet.get(word);
}

/** The word with that spelling; the same word when nothing has to change. */
export function respelled(word: string, change: Respelling, words: SlotVocabulary): string {
  const further = change.and.map(({ letter, how, atEnd }): Respelling => ({
    ...change,
    letter,
    how,
    atEnd,
    instead: '',
    and: [],
  }));
  return further.reduce((sofar, more) => changed(sofar, more, words), changed(word, change, words));
}

function changed(word: string, change: Respelling, words: SlotVocabulary): string {
  const lower = word.toLowerCase();
  const { letter, how, instead } = change;
  if (how === 'keep') return lower;
  if (how === 'without') {
    // "Green, without the e at the end" is not Greene.
    if (change.atEnd && !lower.endsWith(letter)) return lower;
    const at =
      change.atEnd || lower.endsWith(letter) ? lower.lastIndexOf(letter) : lower.indexOf(letter);
    return at < 0 ? lower : lower.slice(0, at) + lower.slice(at + letter.length);
  }
  if (how === 'double') {
    // "Gonzalez with two z's" has them already.
    const two = lower.includes(letter) && lower.indexOf(letter) < lower.lastIndexOf(letter);
    return two ? lower : lower.replace(letter, letter + letter);
  }
  if (how === 'single') return lower.replace(letter + letter, letter);
  // "Gonzalves with a v, not an e": how it was heard.
  if (instead !== '' && /^[^aeiouy]$/u.test(letter) && lower.includes(letter)) return lower;
  if (instead !== '' && lower.includes(instead)) return lower.replace(instead, letter);
  if (change.atEnd) return endedWith(lower, letter, words);
  // "Rachel with an a e l"
  if (letter.length > 2 && !lower.endsWith(letter) && lower.endsWith(letter.slice(1))) {
    return lower.slice(0, 1 - letter.length) + letter;
  }
  if (letter === 'e' && lower.endsWith('son')) return `${lower.slice(0, -2)}en`;
  if (lower.includes(letter)) return lower;
  if (letter === 'e' && /[^aeiouy]$/u.test(lower)) return `${lower}e`;
  if (letter === 'h') return withH(lower);
  for (const sound of words.names.soundsLike.get(letter) ?? []) {
    // A name begins as it sounds: "Susan with a z" is Suzan.
    const at = letter === 'z' ? lower.lastIndexOf(sound) : lower.indexOf(sound);
    if (at >= 0) return lower.slice(0, at) + letter + lower.slice(at + sound.length);
  }
  return lower;
}

/** "with an ie at the end": Katy is Katie, Juli is Julie. */
function endedWith(lower: string, letters: string, { names }: SlotVocabulary): string {
  if (lower.endsWith(letters)) return lower;
  for (const [letter, sounds] of names.soundsLike) {
    if (sounds.includes(letters) && letters.length > 1 && lower.endsWith(letter)) {
      return lower.slice(0, -letter.length) + letters;
    }
  }
  let shared = letters.length - 1;
  while (shared > 0 && !lower.endsWith(letters.slice(0, shared))) shared -= 1;
  return lower + letters.slice(shared);
}

/** Sara, Jon, Tomas, Teresa. */
function withH(lower: string): string {
  if (/^t[eo]/u.test(lower)) return `th${lower.slice(1)}`;
  if (lower.endsWith('a')) return `${lower}h`;
  if (/^[tr]/u.test(lower)) return `${lower.charAt(0)}h${lower.slice(1)}`;
  return lower.replace(/o(?=n)/u, 'oh');
}
