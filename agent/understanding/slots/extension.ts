import { readDigits } from './digits.js';
import { koreanExtension } from './ko/phone.js';
import { isKorean, vocabularyOf } from './languages.js';
import { tokensOf, type Token } from './tokens.js';
import type { SlotContext } from './value.js';
import type { SlotVocabulary } from './vocabulary.js';

/** Longer digits are no extension of a telephone system. */
const MOST = 8;
/** Words between "extension" and its digits: "extension number is". */
const MOST_BETWEEN = 3;

/** The digits of a telephone extension that `text` tells, wherever it stands; undefined where it tells none. */
export function findExtension(text: string, { language }: SlotContext): string | undefined {
  const digits = isKorean(language) ? koreanExtension(text) : spokenExtension(text, language);
  return digits === undefined || digits.length > MOST ? undefined : digits;
}

function spokenExtension(text: string, language: string): string | undefined {
  const words = vocabularyOf(language);
  if (words === undefined) return undefined;
  const tokens = tokensOf(text);
  for (let at = words.phone.extension.find(tokens); at >= 0;) {
    const digits = digitsBehind(tokens, at, words);
    if (digits !== '') return digits;
    at = words.phone.extension.find(tokens, at + 1);
  }
  return undefined;
}

function digitsBehind(tokens: readonly Token[], cue: number, words: SlotVocabulary): string {
  const { phone, numbers } = words;
  // "x 12" is one only behind a number.
  const short = (tokens[cue]?.word.length ?? 0) < 2;
  if (short && readDigits(tokens, cue - 1, numbers) === undefined) return '';
  let at = cue + phone.extension.at(tokens, cue);
  const last = at + MOST_BETWEEN;
  while (at < last && phone.around.has(tokens[at]?.word ?? '') && !isDigit(tokens, at, words))
    at += 1;
  let digits = '';
  for (;;) {
    const piece = readDigits(tokens, at, numbers);
    if (piece === undefined || piece.weak === 'homophone') return digits;
    digits += piece.digits;
    at += piece.width;
    // "…, extension 12, my number is …": a pause ends it.
    if (/[,.;]/u.test(tokens[at - 1]?.gap ?? '')) return digits;
  }
}

function isDigit(tokens: readonly Token[], at: number, { numbers }: SlotVocabulary): boolean {
  const piece = readDigits(tokens, at, numbers);
  return piece !== undefined && piece.weak !== 'homophone';
}
