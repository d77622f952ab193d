import { distance } from '../../speech/edit-distance.js';
import { UNKNOWN_NAMES } from './results.js';

/** `phrases` as they appear in results: lower case, without marks, single spaces. */
export const plainPhrases = (phrases: readonly string[]): readonly string[] => [
  ...new Set(
    phrases
      .map((phrase) =>
        phrase
          .toLowerCase()
          .split(/[\s.,!?]+/u)
          .filter((word) => word !== ''),
      )
      .filter((words) => words.length > 0)
      .map((words) => words.join(' ')),
  ),
];

/**
 * The grammar of `phrases` as libvosk takes it: a JSON array of those whose words `knows` all knows,
 * and the word that stands for everything else. Undefined when nothing of it is left: then the whole
 * language is heard.
 */
export function grammarOf(
  phrases: readonly string[],
  knows: (word: string) => boolean,
): string | undefined {
  const unique = plainPhrases(phrases)
    .filter((phrase) => phrase.split(' ').every(knows))
    .sort();
  if (unique.length === 0) return undefined;
  const unknown = UNKNOWN_NAMES.find(knows);
  return JSON.stringify(unknown === undefined ? unique : [...unique, unknown]);
}

/** Whether `text` is one of `phrases` or several of them in a row, as the digits of a number are. */
export function isMadeOf(text: string, phrases: readonly string[]): boolean {
  const known = new Set(phrases);
  const words = text.split(' ').filter((word) => word !== '');
  const longest = Math.max(0, ...phrases.map((phrase) => phrase.split(' ').length));
  // reached[n]: the first n words can be taken apart into phrases.
  const reached = [true];
  for (let to = 1; to <= words.length; to += 1) {
    reached[to] = Array.from({ length: Math.min(longest, to) }, (_, at) => to - 1 - at).some(
      (from) => reached[from] === true && known.has(words.slice(from, to).join(' ')),
    );
  }
  return words.length > 0 && reached[words.length] === true;
}

/**
 * Whether `text` is what was `heard` with one of `names` in it: the words before and behind it are words
 * that were heard, in their order.
 */
export function isNamed(text: string, heard: string, names: readonly string[]): boolean {
  const words = text.split(' ');
  const known = heard.split(' ');
  return names.some((name) => {
    const parts = name.split(' ');
    return words.some((_, at) => {
      const said = words.slice(at, at + parts.length);
      const rest = [...words.slice(0, at), ...words.slice(at + parts.length)];
      return said.join(' ') === name && isWithin(rest, known);
    });
  });
}

function isWithin(words: readonly string[], others: readonly string[]): boolean {
  let next = 0;
  for (const other of others) if (other === words[next]) next += 1;
  return next === words.length;
}

/** How alike a name and the words in whose place it may stand must be, 0..1, and how many are tried. */
const ALIKE = 0.5;
const MOST_SENTENCES = 5;

/**
 * What was `heard` with the names in it that are like some of its words: a grammar has to know what stands
 * before and behind a name.
 */
export function namedSentences(heard: string, names: readonly string[]): readonly string[] {
  const words = heard.split(' ').filter((word) => word !== '');
  const found: { sentence: string; alike: number }[] = [];
  for (const name of names) {
    const wanted = lettersOf(name);
    const longest = name.split(' ').length + 1;
    for (let from = 0; from < words.length; from += 1) {
      for (let to = from + 1; to <= Math.min(words.length, from + longest); to += 1) {
        const said = lettersOf(words.slice(from, to).join(''));
        const alike = 1 - distance(said, wanted) / Math.max(said.length, wanted.length);
        if (alike < ALIKE) continue;
        const sentence = [...words.slice(0, from), name, ...words.slice(to)].join(' ');
        found.push({ sentence, alike });
      }
    }
  }
  return found
    .toSorted((a, b) => b.alike - a.alike)
    .slice(0, MOST_SENTENCES)
    .map(({ sentence }) => sentence);
}

/** The letters of a text, of Korean syllables each by itself. */
const lettersOf = (text: string): string => text.normalize('NFD').replaceAll(/[^\p{L}\p{M}]/gu, '');
