import { CONTRASTS, type Contrasts } from './contrast-texts.js';
import type { FaqEntry } from './settings.js';
import { wordsOf } from './text.js';

/** An entry's things at most. */
const MOST_THINGS = 2;

/** Texts that ask something else about what `entry` is about; none in a language without such. */
export function contrastsOf(entry: FaqEntry, language: string): readonly string[] {
  const contrasts = CONTRASTS[language];
  if (contrasts === undefined) return [];
  const { about } = contrasts;
  return thingsIn(entry, contrasts).flatMap((thing) =>
    about.map((text) => text.replace('X', () => thing)),
  );
}

/** The stems of what `text` is about; none in a language of which too little is known. */
export function stemsIn(text: string, language: string): ReadonlySet<string> {
  const contrasts = CONTRASTS[language];
  if (contrasts === undefined) return new Set();
  return new Set(thingWords(text, contrasts).map(contrasts.stem));
}

/** The words of `text` that can name a thing. */
const thingWords = (text: string, { common, stem, least }: Contrasts): readonly string[] =>
  wordsOf(text).filter(
    (word) => word.length >= least && !common.has(word) && !common.has(stem(word)),
  );

/** The words that most of the entry's questions share; the first of all if none is in two of them. */
function thingsIn({ questions, answer }: FaqEntry, contrasts: Contrasts): readonly string[] {
  const { stem, bare } = contrasts;
  const counted = new Map<string, { word: string; count: number }>();
  for (const text of [...questions, answer]) {
    const words = thingWords(text, contrasts);
    const seen = new Map(words.map((word) => [stem(word), bare === true ? stem(word) : word]));
    for (const [key, word] of seen) {
      const before = counted.get(key) ?? { word, count: 0 };
      counted.set(key, { ...before, count: before.count + 1 });
    }
  }
  return [...counted.values()]
    .toSorted((a, b) => b.count - a.count)
    .filter(({ count }, at) => at === 0 || count > 1)
    .slice(0, MOST_THINGS)
    .map(({ word }) => word);
}
