import { digitsOf as germanDigits } from '../understanding/slots/de/phone.js';
import { readDigits } from '../understanding/slots/digits.js';
import { vocabularyOf } from '../understanding/slots/languages.js';
import { tokensOf } from '../understanding/slots/tokens.js';

/** Digits that were said one after the other, in figures or in words. */
export interface DigitRun {
  readonly digits: string;
  /** Half-open range in the text. */
  readonly start: number;
  readonly end: number;
  /** A letter that stands right before it, as insurance numbers have one; empty if none does. */
  readonly letter: string;
}

interface Piece {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
  /** Counts only between digits. */
  readonly weak: boolean;
}

type Reader = (text: string) => readonly Piece[];

const KOREAN: Readonly<Record<string, string>> = {
  ...{ 공: '0', 영: '0', 령: '0', 일: '1', 하나: '1', 이: '2', 둘: '2', 삼: '3', 사: '4' },
  ...{ 오: '5', 육: '6', 륙: '6', 칠: '7', 팔: '8', 구: '9' },
};
/** A word made of digits alone, perhaps with "에" between groups and an ending behind. */
const KOREAN_WORD =
  /\d+|(?<!\p{L})(?:하나|둘|[공영령일이삼사오육륙칠팔구에])+(?=(?:입니다|이에요|예요|이고요|번|요)?(?!\p{L}))/gu;

const READERS: Readonly<Record<string, Reader>> = {
  de: (text) =>
    tokensOf(text).flatMap(({ word, start, end }) => {
      const digits = germanDigits(word);
      return digits === undefined ? [] : [{ digits, start, end, weak: false }];
    }),
  ko: (text) =>
    [...text.matchAll(KOREAN_WORD)].flatMap((match) => {
      const digits = match[0].replace(/하나|둘|\D/gu, (word) => KOREAN[word] ?? '');
      // A single syllable is more often a word than a digit.
      const weak = match[0].length === 1 && !/\d/u.test(match[0]);
      const end = match.index + match[0].length;
      return digits === '' ? [] : [{ digits, start: match.index, end, weak }];
    }),
};

function english(text: string): readonly Piece[] {
  const numbers = vocabularyOf('en')?.numbers;
  if (numbers === undefined) return [];
  const tokens = tokensOf(text);
  const pieces: Piece[] = [];
  for (let at = 0; at < tokens.length;) {
    const piece = readDigits(tokens, at, numbers);
    const [first, last] = [tokens[at], tokens[at + (piece?.width ?? 1) - 1]];
    if (piece !== undefined && first !== undefined && last !== undefined) {
      const { digits, weak } = piece;
      pieces.push({ digits, start: first.start, end: last.end, weak: weak === 'homophone' });
    }
    at += piece?.width ?? 1;
  }
  return pieces;
}

/** Words that mean nothing beside digits. */
export const FILLERS =
  /(?<!\p{L})(?:and|then|uh|um|okay|ok|und|dann|äh|ähm|okay|어|음|그리고|다음)(?!\p{L})/giu;

/** What may stand between two digits of one number. */
const BETWEEN =
  /^(?:[\s,.\-–—/()…]|\b(?:and|then|uh|um|dash|und|dann|äh|ähm|strich|어|음|다시)\b)*$/iu;
const LETTER = /(?:^|[^\p{L}\p{N}])(\p{L})[\s.\-]*$/u;

/** The runs of digits in a text of `language`, in order. */
export function digitRuns(text: string, language: string): readonly DigitRun[] {
  const read = READERS[language.toLowerCase().split(/[-_]/u)[0] ?? ''] ?? english;
  const runs: DigitRun[] = [];
  let open: Piece[] = [];
  const close = (): void => {
    while (open[0]?.weak === true) open.shift();
    while (open.at(-1)?.weak === true) open.pop();
    const [first, last] = [open[0], open.at(-1)];
    if (first !== undefined && last !== undefined) {
      const letter = LETTER.exec(text.slice(0, first.start))?.[1] ?? '';
      const digits = open.map((piece) => piece.digits).join('');
      runs.push({ digits, start: first.start, end: last.end, letter });
    }
    open = [];
  };
  for (const piece of read(text)) {
    const last = open.at(-1);
    if (last !== undefined && !BETWEEN.test(text.slice(last.end, piece.start))) close();
    open.push(piece);
  }
  close();
  return runs;
}
