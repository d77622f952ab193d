import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot } from '../../wire/checkout.js';

const LIST = join(checkoutRoot, 'models', 'words', 'en.txt');
/** Shorter than this, what is left without an ending is no word. */
const LEAST_BASE = 3;
const ENDINGS = ['s', 'es', 'ed', 'd', 'ing', 'ly', 'er', 'r', 'ers', 'rs'];
/** Endings behind a letter that is written twice before them: "stopped". */
const DOUBLING = ['ing', 'ed', 'er'];

let loaded: ReadonlySet<string> | undefined;

const listed = (): ReadonlySet<string> =>
  (loaded ??= new Set(
    readFileSync(LIST, 'utf8')
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .flatMap((line) => line.split(' '))
      .filter((word) => word !== ''),
  ));

/** What `word` may be made of with an ending. */
const basesOf = (word: string): readonly string[] =>
  [
    ...(/ie[sd]$/u.test(word) ? [`${word.slice(0, -3)}y`] : []),
    ...(word.endsWith('ing') ? [`${word.slice(0, -3)}e`] : []),
    ...ENDINGS.filter((ending) => word.endsWith(ending)).map((ending) =>
      word.slice(0, -ending.length),
    ),
    ...DOUBLING.filter((ending) => word.endsWith(ending))
      .map((ending) => word.slice(0, -ending.length))
      .filter((base) => /(?<letter>[^aeiou])\k<letter>$/u.test(base))
      .map((base) => base.slice(0, -1)),
  ].filter((base) => base.length >= LEAST_BASE);

/** Whether `word`, lower case, is a frequent word of English, with or without an ending. */
export const isFrequentWord = (word: string): boolean =>
  listed().has(word) || basesOf(word).some((base) => listed().has(base));
