import type { FaqEntry } from './settings.js';
import { wordsOf } from './text.js';

/** What else is asked about the same thing, and how its things are found in an entry. */
interface Contrasts {
  /** Questions about X that an entry on X most often does not answer. */
  readonly about: readonly string[];
  /** Words that name no thing. */
  readonly common: ReadonlySet<string>;
  /** A word without its endings. */
  readonly stem: (word: string) => string;
}

const ENGLISH_COMMON =
  'able accept accepted allowed and any are around before bring can clinic come could did does doing first for ' +
  'from get give giving had has have here how into its just like little look make may might must near need not ' +
  'off offer office one our out over please practice see should some take that the their them there these they ' +
  'this too treat use want was wear what when where which who will with would yes you your';

/** By language. Where there are none, an entry is found by its questions alone. */
const CONTRASTS: Readonly<Record<string, Contrasts>> = {
  en: {
    about: [
      'I need to book X for tomorrow',
      'how much does X cost',
      'where can I buy X',
      'do you rent out X',
      'can you recommend X',
      'I lost my X',
      'my X is broken',
      'what are the symptoms of X',
      'who is in charge of X',
      'somebody damaged my X',
      'my X has changed',
      'do I have X',
      'is X going around',
      'which X is best',
      'do you have another kind of X',
      'I want to complain about X',
      'can you send me X',
    ],
    common: new Set(ENGLISH_COMMON.split(' ')),
    stem: (word) => word.replace(/(?:ations?|ings?|ies|es|s|ed)$/u, '').slice(0, 7),
  },
};

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

/** The words that most of the entry's questions share; the first of all if none is in two of them. */
function thingsIn({ questions, answer }: FaqEntry, { common, stem }: Contrasts): readonly string[] {
  const counted = new Map<string, { word: string; count: number }>();
  for (const text of [...questions, answer]) {
    const words = wordsOf(text).filter((word) => word.length > 2 && !common.has(word));
    const seen = new Map(words.map((word) => [stem(word), word]));
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
