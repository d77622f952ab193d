import { Phrases, type Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** A run of letters that was spelled. */
export interface Spelling {
  /** Lower case; may hold `-`, `'` and spaces that were named. */
  readonly letters: string;
  /** Half-open range of tokens. */
  readonly from: number;
  readonly to: number;
  /** How many pieces it was said in. */
  readonly pieces: number;
}

export interface LetterPiece {
  readonly letters: string;
  readonly width: number;
  /** `alphabet` is a whole word of the spelling alphabet, which may be a name by itself. */
  readonly kind: 'letter' | 'weak' | 'alphabet';
}

/** Fewer words of the spelling alphabet than this, without letters, may be names ("Mike Romeo"). */
const LEAST_ALPHABET = 3;

/** Fewer letters than this are no word of their own. */
const LEAST_WORD = 3;

/** All spelled runs of `tokens`, in order. */
export function spellingsOf(tokens: readonly Token[], words: SlotVocabulary): readonly Spelling[] {
  const found: Spelling[] = [];
  for (let at = 0; at < tokens.length;) {
    const spelling = readSpelling(tokens, at, words);
    if (spelling !== undefined) found.push(spelling);
    at = spelling?.to ?? at + 1;
  }
  return found;
}

function readSpelling(
  tokens: readonly Token[],
  from: number,
  words: SlotVocabulary,
): Spelling | undefined {
  const pieces: LetterPiece[] = [];
  /** Before which pieces "then" was said. */
  const parted: number[] = [];
  let at = from;
  let to = from;
  let trusted = 0;
  // "my name's Jay, G A T S B Y": not one more letter.
  const isName = words.letters.givenNames.has(tokens[from]?.word ?? '');
  if (isName && words.names.carriers.before(tokens, from) > 0) return undefined;
  for (;;) {
    const piece = letterAt(tokens, at, words);
    if (piece === undefined || (piece.kind === 'weak' && !amidLetters(tokens, at, from, words))) {
      const skipped = at + words.letters.between.at(tokens, at);
      if (skipped === at || pieces.length === 0) break;
      if ((words.letters.parting?.at(tokens, at) ?? 0) > 0) parted.push(pieces.length);
      at = skipped;
      continue;
    }
    pieces.push(piece);
    at += piece.width;
    to = at;
    if (piece.kind === 'letter') trusted += 1;
    // A sentence ends the word, unless the recogniser puts a full stop after every letter.
    const before = tokens[at - 1 - piece.width]?.gap;
    const gap = tokens[at - 1]?.gap ?? '';
    if (gap === '.' && pieces.length > 1 && before !== '.' && isWhole(pieces)) break;
    const sign = words.letters.signs.get(tokens[at]?.word ?? '');
    // "O, apostrophe, capital M"
    const behind = at + 1 + words.letters.between.at(tokens, at + 1);
    if (sign !== undefined && letterAt(tokens, behind, words) !== undefined) {
      pieces.push({ letters: sign, width: 1, kind: 'letter' });
      at = behind;
    }
  }
  const enough = trusted >= 2 || (trusted === 0 && pieces.length >= LEAST_ALPHABET);
  const letters = wordsOf(pieces, parted);
  return enough || (trusted === 1 && pieces.length >= LEAST_ALPHABET)
    ? { letters, from, to, pieces: pieces.length }
    : undefined;
}

/** The letters in a row; "O L A F, then L I N D" are two words, and no "then" among letters parts them. */
function wordsOf(pieces: readonly LetterPiece[], parted: readonly number[]): string {
  const joined = (from: number, to?: number): string =>
    pieces
      .slice(from, to)
      .map((piece) => piece.letters)
      .join('');
  const inside = parted.filter((place) => place < pieces.length);
  const [only = 0] = inside;
  const two = inside.length === 1 && only >= LEAST_WORD && pieces.length - only >= LEAST_WORD;
  return two ? `${joined(0, only)} ${joined(only)}` : joined(0);
}

const isWhole = (pieces: readonly LetterPiece[]): boolean => pieces.length >= 3;

/** A weak name of a letter counts when letters stand on both sides, or before it at the end. */
function amidLetters(
  tokens: readonly Token[],
  at: number,
  from: number,
  words: SlotVocabulary,
): boolean {
  const next = letterAt(tokens, at + 1, words);
  if (at === from) return false;
  return next !== undefined || at + 1 >= tokens.length;
}

/** Reads one letter at token `at`: "s", "double l", "b as in boy", "bravo". */
export function letterAt(
  tokens: readonly Token[],
  at: number,
  { letters, numbers, names }: SlotVocabulary,
): LetterPiece | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  const { word } = token;
  const times = numbers.repeats.get(word);
  if (times !== undefined) {
    const next = tokens[at + 1]?.word ?? '';
    const letter = letterOf(next, letters) ?? letters.alphabet.get(next);
    if (letter !== undefined && letter !== 'u') {
      return { letters: letter.repeat(times), width: 2, kind: 'letter' };
    }
    // "double u"
    return letter === 'u' ? { letters: 'w', width: 2, kind: 'letter' } : undefined;
  }
  const letter = letterOf(word, letters);
  if (letter !== undefined) return withExample(tokens, at, letter, letters.asIn, names.common);
  const coded = letters.alphabet.get(word);
  if (coded !== undefined) return { letters: coded, width: 1, kind: 'alphabet' };
  const weak = letters.weakNames.get(word);
  return weak === undefined ? undefined : { letters: weak, width: 1, kind: 'weak' };
}

const letterOf = (word: string, letters: SlotVocabulary['letters']): string | undefined =>
  /^\p{L}$/u.test(word) ? word : letters.names.get(word);

/** "b as in boy", and "b for boy" when the word begins with that letter. */
function withExample(
  tokens: readonly Token[],
  at: number,
  letter: string,
  asIn: Phrases,
  common: ReadonlySet<string>,
): LetterPiece {
  const width = asIn.at(tokens, at + 1);
  const example = tokens[at + 1 + width]?.word ?? '';
  const bound = width > 0 && example.length > 1 && example.startsWith(letter);
  // "b, bravo": the example stands right behind its letter.
  const plain =
    width === 0 && example.length > 2 && example.startsWith(letter) && !common.has(example);
  const named =
    plain && tokens[at + 2] !== undefined && /^\p{L}$/u.test(tokens[at + 2]?.word ?? '');
  if (bound) return { letters: letter, width: width + 2, kind: 'letter' };
  if (named && letter !== 'a' && letter !== 'i')
    return { letters: letter, width: 2, kind: 'letter' };
  return { letters: letter, width: 1, kind: 'letter' };
}

/** "Jon without an H, J O N": the H is not spelled, nor is the "a" of "without a". */
export function spelledBehind(
  spelling: Spelling,
  tokens: readonly Token[],
  { names }: SlotVocabulary,
): Spelling {
  const { letters, from, pieces } = spelling;
  const led = (end: number): boolean =>
    Math.max(names.with.before(tokens, end), names.without.before(tokens, end)) > 1;
  const lost = led(from + 1) ? 2 : led(from) ? 1 : 0;
  // "Sinead with an S I N E A D": all of it.
  const whole = letters.slice(Math.max(0, lost - 1));
  if (lost === 1 && tokens.slice(0, from).some(({ word }) => word === whole)) return spelling;
  // "with a Y and an E" is not spelled.
  const spelled = /^\p{L}$/u.test(tokens[from + lost]?.word ?? '');
  return lost > 0 && spelled && pieces >= LEAST_WORD + lost
    ? { ...spelling, letters: letters.slice(lost), from: from + lost, pieces: pieces - lost }
    : spelling;
}
