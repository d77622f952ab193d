/** Digits as they are said; nought has three names, six two, and one and two are also counted out. */
const DIGITS: readonly (readonly [word: string, digit: string])[] = [
  ['하나', '1'],
  ['둘', '2'],
  ['공', '0'],
  ['영', '0'],
  ['령', '0'],
  ['일', '1'],
  ['이', '2'],
  ['삼', '3'],
  ['사', '4'],
  ['오', '5'],
  ['육', '6'],
  ['륙', '6'],
  ['칠', '7'],
  ['팔', '8'],
  ['구', '9'],
];

/** `words` (without spaces) with every word that may be a digit as a figure: "공일공" is "010". */
export const inFigures = (words: string): string =>
  DIGITS.reduce((all, [word, digit]) => all.replaceAll(word, digit), words);

/** What ends a sentence behind a number; "…이에요" begins like the digit two. */
export const withoutEnding = (words: string): string =>
  words.replace(/(?:입니다|이에요|예요|이고요|이요|번이?요?|요)$/u, '');
