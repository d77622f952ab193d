import { isReadOut, isSingle } from '../speech/read-out.js';

/** A piece of text up to a punctuation mark. */
export interface Phrase {
  readonly text: string;
  /** `,` `;` `:` `.` `!` `?`, or empty at the end of a text without one. */
  readonly mark: string;
}

/** What is synthesised at once: phrases that sound better together. */
export interface Clause {
  readonly phrases: readonly Phrase[];
  /** Silence after it in milliseconds. */
  readonly pause: number;
  /** Somebody writes it down: digits, letters, an address. */
  readonly slow: boolean;
  /** The next goes on in the same breath. */
  readonly runsOn: boolean;
}

/** What of splitting depends on language and voice. */
export interface Splitting {
  /** BCP 47. */
  readonly language?: string;
  /** Also parts a long first clause where a speaker may take a breath: it is heard the sooner. */
  readonly early?: boolean;
  /** Also parts any very long clause: other callers wait meanwhile. */
  readonly short?: boolean;
}

const ENDS_SENTENCE = /[.!?]/u;
/** Full stops after these end no sentence. */
const ABBREVIATION = /(?:^|\s)(?:dr|mr|mrs|ms|st|no|prof|jr|sr|ave|ext|approx|vs|[a-z])$/iu;
/** Languages in which a full stop after a figure makes an ordinal: "am 3. Oktober". */
const ORDINAL_STOP = new Set('cs da de fi hr hu nb pl sk sl'.split(' '));
/** Fewer words than this are joined to what follows: alone they sound clipped. */
const LEAST_WORDS = 2;
const COMMA_PAUSE = 60;
const SENTENCE_PAUSE = 220;
/** Between groups of a number: long enough to write one down. */
const GROUP_PAUSE = 350;
/** So many letters of a spelling are said in one. */
const LETTERS = 4;

/** Words before which a sentence may be parted: prepositions, conjunctions, auxiliary verbs. */
const JOINTS = new Set(
  [
    'and or but so because at on in with for from until by before after that which who',
    'can will is are was were has have must should would',
    'und oder aber weil am an im um mit für von vom bis vor nach dass kann wird ist sind war hat',
  ]
    .join(' ')
    .split(' '),
);
/**
 * The first part of a parted sentence, in letters: so many are about a second, which takes a voice a
 * tenth of one. A word that may follow a breath is worth waiting for a little longer.
 */
const SHORTEST_PART = 8;
const LONGEST_PART = 16;
const LONGEST_TO_JOINT = 20;
/** Shorter sentences stay whole. */
const WORTH_PARTING = 32;
/**
 * A clause of more letters holds the voice for so long that other callers wait for their first word: it is
 * parted, too, though only where a breath may be taken.
 */
const LONGEST_CLAUSE = 48;
const SHORTEST_LATER = 18;
const LONGEST_LATER = 42;

function* phrasesOf(text: string, ordinals: boolean): Generator<Phrase> {
  const clean = text.replaceAll(/\s+/gu, ' ').trim();
  let from = 0;
  for (const found of clean.matchAll(/([.,;:!?]+)["')\]]*(?=\s|$)/gu)) {
    const piece = clean.slice(from, found.index);
    const mark = (found[1] ?? '').slice(0, 1);
    const short = ABBREVIATION.test(piece) || (ordinals && /(?:^|\s)\d{1,2}$/u.test(piece));
    if (mark === '.' && found[1] === '.' && short) {
      const rest = clean.slice(found.index + found[0].length);
      if (rest.trim() !== '') continue;
    }
    from = found.index + found[0].length;
    if (/[\p{L}\p{N}]/u.test(piece)) yield { text: piece.trim(), mark };
  }
  const rest = clean.slice(from).trim();
  if (/[\p{L}\p{N}]/u.test(rest)) yield { text: rest, mark: '' };
}

/**
 * Splits a text into clauses to be synthesised one after the other, so that the first is heard while
 * the others are being made. A clause ends with a sentence, or at a comma after two words or more.
 */
export function clausesOf(text: string, splitting: Splitting = {}): readonly Clause[] {
  const { language = 'en', early = false, short = false } = splitting;
  const base = language.toLowerCase().split('-')[0] ?? '';
  const clauses: Clause[] = [];
  let open: Phrase[] = [];
  const close = (pause: number): void => {
    if (open.length === 0) return;
    const slow = isReadOut(open.flatMap(wordsOf));
    const before = clauses.at(-1);
    if (slow && before?.slow === true && before.pause === COMMA_PAUSE) {
      clauses[clauses.length - 1] = { ...before, pause: GROUP_PAUSE };
    }
    clauses.push({ phrases: open, pause, slow, runsOn: false });
    open = [];
  };
  for (const phrase of phrasesOf(text, ORDINAL_STOP.has(base))) {
    open.push(phrase);
    const words = open.flatMap(wordsOf);
    const least = open.every((one) => isSingle(one.text)) ? LETTERS : LEAST_WORDS;
    if (ENDS_SENTENCE.test(phrase.mark)) close(SENTENCE_PAUSE);
    else if (phrase.mark !== '' && words.length >= least) close(COMMA_PAUSE);
  }
  close(0);
  const last = clauses.at(-1);
  if (last === undefined) return [];
  const all = [...clauses.slice(0, -1), { ...last, pause: 0 }];
  const begun = early ? [...parted(all[0] ?? last), ...all.slice(1)] : all;
  return short ? begun.flatMap(shortened) : begun;
}

const wordsOf = ({ text }: Phrase): readonly string[] => text.split(' ');

/** A long clause in two parts, the first short; what is read out stays in one. */
function parted(clause: Clause): readonly Clause[] {
  const [first] = clause.phrases;
  return first === undefined || clause.slow
    ? [clause]
    : partedAt(clause, partingPoint(wordsOf(first)));
}

/** A very long clause in parts that are none. */
function shortened(clause: Clause): readonly Clause[] {
  const [first] = clause.phrases;
  if (first === undefined || clause.slow) return [clause];
  const words = wordsOf(first);
  const before = lettersBefore(words);
  if (first.text.length - words.length + 1 <= LONGEST_CLAUSE) return [clause];
  const at = words.findLastIndex((word, place) => {
    const letters = before[place] ?? 0;
    return letters >= SHORTEST_LATER && letters <= LONGEST_LATER && isJoint(word);
  });
  const [one, ...rest] = partedAt(clause, at < 0 ? undefined : at);
  return one === undefined ? [clause] : [one, ...rest.flatMap(shortened)];
}

/** `clause` in two parts, the second from word `at` of its first phrase on. */
function partedAt(clause: Clause, at: number | undefined): readonly Clause[] {
  const [first, ...others] = clause.phrases;
  if (first === undefined || at === undefined) return [clause];
  const words = wordsOf(first);
  const rest = { text: words.slice(at).join(' '), mark: first.mark };
  return [
    {
      phrases: [{ text: words.slice(0, at).join(' '), mark: '' }],
      ...{ pause: 0, slow: false, runsOn: true },
    },
    { ...clause, phrases: [rest, ...others] },
  ];
}

/** Before which of `words` a long sentence is parted. */
function partingPoint(words: readonly string[]): number | undefined {
  const before = lettersBefore(words);
  if (words.join('').length < WORTH_PARTING) return undefined;
  const within = (longest: number, fits: (word: string, before: string) => boolean): number =>
    words.findLastIndex((word, at) => {
      const length = before[at] ?? 0;
      return length >= SHORTEST_PART && length <= longest && fits(word, words[at - 1] ?? '');
    });
  const joint = within(LONGEST_TO_JOINT, isJoint);
  // Never between a first name and a family name.
  const at =
    joint < 0
      ? within(LONGEST_PART, (word, before) => !(isCapital(word) && isCapital(before)))
      : joint;
  return at < 0 ? undefined : at;
}

const isJoint = (word: string): boolean => JOINTS.has(word.toLowerCase());

/** How many letters there are before each word. */
function lettersBefore(words: readonly string[]): readonly number[] {
  let letters = 0;
  return words.map((word) => {
    const sum = letters;
    letters += word.length;
    return sum;
  });
}

const isCapital = (word: string): boolean => /^\p{Lu}/u.test(word);
