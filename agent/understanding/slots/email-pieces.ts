import { readDigits } from './digits.js';
import { letterAt, type Spelling } from './letters.js';
import { likeness } from './likeness.js';
import { yearAt } from './quantity.js';
import { readRespelling, respelled } from './respell.js';
import type { Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** A piece of an address and how many tokens it was said in. */
export interface AddressPiece {
  readonly text: string;
  readonly width: number;
}

/** A spelling right behind a word resembles it at least this much when it only repeats it. */
const SAME_WORD = 0.6;
/** Shorter spellings are initials, not a word said again. */
const LEAST_REPEATED = 3;

/** Reads the piece of an address that begins at token `at`. */
export function pieceAt(
  tokens: readonly Token[],
  at: number,
  spellings: readonly Spelling[],
  words: SlotVocabulary,
): AddressPiece | undefined {
  const token = tokens[at];
  if (token === undefined || token.word === '@') return undefined;
  const spelling = spellings.find(({ from }) => from === at);
  if (spelling !== undefined) {
    return { text: spelling.letters.replace(/ /gu, ''), width: spelling.to - spelling.from };
  }
  const sign = words.email.signs.get(token.word);
  if (sign !== undefined) return { text: sign, width: 1 };
  const year = thousands(tokens, at, words);
  if (year !== undefined) return year;
  const digits = readDigits(tokens, at, words.numbers);
  const isFigure = (place: number): boolean => {
    const word = tokens[place]?.word ?? '';
    return /^\d+$/u.test(word) || words.numbers.digits.has(word);
  };
  // "oh nine", but "o two" is a provider.
  const beside = isFigure(at - 1) || (token.word.length > 1 && isFigure(at + 1));
  if (digits !== undefined && (digits.weak === 'no' || (digits.weak === 'digit' && beside))) {
    return { text: digits.digits, width: digits.width };
  }
  // "kay dot miller": a name by itself, whatever letter it sounds like.
  if (words.letters.givenNames.has(token.word)) return { text: token.word, width: 1 };
  const letter = letterAt(tokens, at, words);
  if (letter?.kind === 'letter') return { text: letter.letters, width: letter.width };
  return { text: token.word.replace(/'/gu, ''), width: 1 };
}

/** "two thousand and nine" is 2009, though digit by digit it would be 2 000 9. */
function thousands(
  tokens: readonly Token[],
  at: number,
  words: SlotVocabulary,
): AddressPiece | undefined {
  if (!words.numbers.thousand.has(tokens[at + 1]?.word ?? '')) return undefined;
  const year = yearAt(tokens, at, words);
  return year?.digits === 4 ? { text: String(year.value), width: year.width } : undefined;
}

/**
 * What the tokens at `at` do to `text`, the address so far: "karl, with a k", or a word spelled once
 * more. Undefined when they are a piece of their own.
 */
export function mendedAt(
  text: string,
  tokens: readonly Token[],
  at: number,
  spellings: readonly Spelling[],
  words: SlotVocabulary,
): AddressPiece | undefined {
  const last = /[^._+\-\d]+$/u.exec(text)?.[0] ?? '';
  if (last.length < 2) return undefined;
  const head = text.slice(0, -last.length);
  const change = readRespelling(tokens, at, words);
  // "Lily, double T": two more letters, where the word has none of them.
  const more = change?.how === 'double' && !last.toLowerCase().includes(change.letter);
  if (change !== undefined && !more) {
    const mended = respelled(last, change, words);
    // "Karl with a K, Karl dot …"
    const again = tokens[change.to]?.word === mended ? 1 : 0;
    return { text: head + mended, width: change.to + again - at };
  }
  const announced = words.letters.announce.at(tokens, at);
  const spelling = spellings.find(({ from }) => from === at + announced);
  if (spelling === undefined || spelling.pieces < LEAST_REPEATED) return undefined;
  const inside = spelledInside(last, spelling.letters.replace(/ /gu, ''), SAME_WORD);
  return inside === undefined ? undefined : { text: head + inside, width: spelling.to - at };
}

/**
 * `text` with `letters` in the place of what they spell: all of it, or the word that it begins or ends with
 * ("giuliaklegg", "C L E G G"). Undefined where they resemble none of it by `least`.
 */
export function spelledInside(text: string, letters: string, least: number): string | undefined {
  if (text.includes(letters)) return text;
  let best = { text: letters, score: likeness(text, letters) };
  for (let cut = 2; cut < text.length - 1; cut += 1) {
    const [head, tail] = [text.slice(0, cut), text.slice(cut)];
    const [first, last] = [likeness(head, letters), likeness(tail, letters)];
    if (first > best.score) best = { text: letters + tail, score: first };
    if (last > best.score) best = { text: head + letters, score: last };
  }
  return best.score >= least ? best.text : undefined;
}

/** "one" of "sixty one", the "and" of "two thousand and four", "one hundred": no word that stops. */
export function isInNumber(tokens: readonly Token[], at: number, words: SlotVocabulary): boolean {
  const { numbers } = words;
  const [before, token, after] = [
    tokens[at - 1]?.word ?? '',
    tokens[at]?.word ?? '',
    tokens[at + 1]?.word ?? '',
  ];
  const large = (word: string): boolean => numbers.hundred.has(word) || numbers.thousand.has(word);
  if (numbers.and.has(token)) return large(before) && isDigit(after, numbers);
  return (
    numbers.digits.has(token) &&
    (isDigit(before, numbers) || large(after) || isDigit(after, numbers))
  );
}

const isDigit = (word: string, numbers: SlotVocabulary['numbers']): boolean =>
  /^\d+$/u.test(word) ||
  numbers.digits.has(word) ||
  numbers.weakDigits.has(word) ||
  numbers.tens.has(word) ||
  numbers.teens.has(word);
