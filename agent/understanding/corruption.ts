import { shuffle } from './regression.js';

/** Words that sound alike over a telephone; each may be heard for any other of its group. */
const ALIKE: readonly (readonly string[])[] = [
  ['to', 'too', 'two'],
  ['for', 'four'],
  ['a', 'the', 'uh'],
  ['i', 'eye', "i'd"],
  ["i'd", 'i'],
  ["i've", 'i have', 'i'],
  ['in', 'and', 'an', 'on'],
  ['can', 'could', "can't"],
  ['my', 'by', 'mine'],
  ['is', 'his', "it's"],
  ['are', 'our', 'or'],
  ['your', "you're", 'you'],
  ['there', 'their', "they're"],
  ['here', 'hear'],
  ['week', 'weak'],
  ['no', 'know'],
  ['right', 'write'],
  ['see', 'sea', 'say'],
  ['book', 'look', 'brook'],
  ['bill', 'bell', 'build', 'pill'],
  ['pills', 'bills', 'peels'],
  ['pay', 'bay'],
  ['note', 'not', 'vote'],
  ['move', 'remove', 'movie'],
  ['nurse', 'nerves'],
  ['doctor', 'docked her', 'doctors'],
  ['test', 'tests', 'text'],
  ['blood', 'bled'],
  ['scan', 'can', 'scam'],
  ['form', 'farm', 'from'],
  ['letter', 'later'],
  ['later', 'letter'],
  ['call', 'car', 'cold'],
  ['leave', 'live'],
  ['message', 'massage'],
  ['refill', 'we feel', 'review'],
  ['fill', 'feel'],
  ['open', 'opened'],
  ['close', 'clothes'],
  ['hours', 'ours'],
  ['where', 'wear'],
  ['which', 'witch'],
  ['cost', 'cause'],
  ['price', 'prize'],
  ['fee', 'free'],
  ['check', 'cheque', 'chat'],
  ['cancel', 'council', 'counsel'],
  ['change', 'chain'],
  ['appointment', 'a point meant', 'appointments', 'ointment'],
  ['reschedule', 're schedule', 'schedule'],
  ['results', 'result', 'the salts'],
  ['record', 'recall', 'recorded'],
  ['recording', 'according'],
  ['register', 'registered', 'red just a'],
  ['bye', 'by', 'buy'],
  ['pen', 'pan'],
  ['wait', 'weight'],
  ['data', 'dater', 'date a'],
  ['talk', 'took'],
  ['speak', 'speaking', 'peak'],
  ['breathe', 'breed', 'breath'],
  ['breathing', 'breeding'],
  ['chest', 'chess'],
  ['pain', 'pane', 'paying'],
  ['table', 'stable'],
  ['court', 'caught'],
  ['leak', 'leek'],
  ['tap', 'tab'],
];
const CONFUSIONS = new Map<string, string[]>();
for (const group of ALIKE) {
  for (const word of group) {
    const others = group.filter((other) => other !== word);
    CONFUSIONS.set(word, [...(CONFUSIONS.get(word) ?? []), ...others]);
  }
}

/** Short words that recognisers swallow, wherever they stand. */
const SWALLOWED = new Set(
  "a an the i to of in on my me is it it's for do at and you we please um uh i'd".split(' '),
);
const FILLERS = ['um', 'uh', 'well', 'so', 'yeah', 'oh', 'right', 'like'] as const;
const DIGITS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

type Change = (words: readonly string[], random: () => number) => readonly string[];

const confused: Change = (words, random) =>
  at(
    words,
    random,
    (word) => CONFUSIONS.has(word),
    (word) => [pick(CONFUSIONS.get(word) ?? [], random) ?? word],
  );
const dropped: Change = (words, random) =>
  words.length < 3
    ? words
    : at(
        words,
        random,
        (word) => SWALLOWED.has(word),
        () => [],
      );
const numbered: Change = (words, random) =>
  at(words, random, isNumber, (word) => [
    /^\d+$/u.test(word) ? (DIGITS[Number(word)] ?? word) : String(DIGITS.indexOf(word)),
  ]);
/** The first word is what a recogniser misses most. */
const beheaded: Change = (words) => (words.length < 4 ? words : words.slice(1));
const merged: Change = (words, random) => {
  const first = Math.floor(random() * (words.length - 1));
  if (words.length < 3) return words;
  const both = `${words[first] ?? ''}${words[first + 1] ?? ''}`;
  return [...words.slice(0, first), both, ...words.slice(first + 2)];
};
const hesitant: Change = (words, random) => {
  const place = Math.floor(random() * words.length);
  return [...words.slice(0, place), pick(FILLERS, random) ?? 'um', ...words.slice(place)];
};
/** "I need I need to …": a false start. */
const restarted: Change = (words, random) => {
  const length = Math.min(words.length, 1 + Math.floor(random() * 2));
  return words.length < 3 ? words : [...words.slice(0, length), ...words];
};

const CHANGES: readonly Change[] = [
  ...[confused, confused, dropped, dropped],
  ...[numbered, beheaded, merged, hesitant, restarted],
];

/**
 * `text` (as `plain` writes it) as a recogniser might hear it over a telephone: a word or two taken for
 * another that sounds alike, short words swallowed, words run together, numbers in digits, false
 * starts. The same random numbers give the same text; one that nothing can happen to comes back as it is.
 */
export function corrupted(text: string, random: () => number): string {
  let words: readonly string[] = text.split(' ');
  let left = words.length > 6 ? 2 : 1;
  for (const change of shuffle([...CHANGES], random)) {
    if (left === 0) break;
    const changed = change(words, random);
    if (changed.length === 0 || changed.join(' ') === words.join(' ')) continue;
    words = changed;
    left -= 1;
  }
  return words.join(' ');
}

/** Replaces one of the words that `suits`, if there is any. */
function at(
  words: readonly string[],
  random: () => number,
  suits: (word: string) => boolean,
  replaced: (word: string) => readonly string[],
): readonly string[] {
  const places = words.flatMap((word, place) => (suits(word) ? [place] : []));
  const place = pick(places, random);
  if (place === undefined) return words;
  return [...words.slice(0, place), ...replaced(words[place] ?? ''), ...words.slice(place + 1)];
}

/** One of `items`; undefined when there is none. */
function pick<T>(items: readonly T[], random: () => number): T | undefined {
  return items[Math.floor(random() * items.length)];
}

const isNumber = (word: string): boolean =>
  DIGITS.includes(word) || (/^\d+$/u.test(word) && Number(word) < DIGITS.length);
