import { likeness } from './likeness.js';
import { spelledBehind, spellingsOf, type Spelling } from './letters.js';
import { nameAmid } from './name-amid.js';
import { nameCase } from './name-case.js';
import { ends, nameInFull } from './name-in-full.js';
import { NameReader, type SpokenName } from './name-reader.js';
import { rolesOf } from './name-roles.js';
import { withSigns } from './name-signs.js';
import { spokenName } from './name-spoken.js';
import { respelled } from './respell.js';
import { respelledParts, respellingFrom, withSpellings } from './name-spelling.js';
import { heardOf, tokensOf, without, type Token } from './tokens.js';
import type { SlotValue } from './value.js';
import type { SlotVocabulary } from './vocabulary.js';

/** A spelling resembles the word that it spells at least this much. */
const ALIKE = 0.5;
const SPELLED_CONFIDENCE = 0.95;
const DOUBT = 0.85;
/** Fewer letters behind "with an" only change the word before them. */
const LEAST_SPELLED = 4;
/** More words than this are no name. */
const MOST_PARTS = 5;

/** What was found of a name, before it is written out. */
export interface FoundName {
  readonly parts: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly confidence: number;
  /** Said as a name ("my name is", "… speaking"), not merely looking like one. */
  readonly announced: boolean;
}

/** Finds the name of the person who speaks; with `inPassing` only one that is said to be a name. */
export function findName(
  text: string,
  words: SlotVocabulary,
  inPassing = false,
): SlotValue | undefined {
  const tokens = withSigns(without(tokensOf(text), words.mend.hesitations), words);
  const found = readName(tokens, words);
  if (found === undefined || (inPassing && !found.announced)) return undefined;
  return {
    value: nameCase(found.parts, words.names),
    confidence: Math.round(found.confidence * 100) / 100,
    heard: heardOf(text, tokens, found.from, found.to),
  };
}

/** The same on tokens. */
export function readName(tokens: readonly Token[], words: SlotVocabulary): FoundName | undefined {
  const spellings = nameSpellings(tokens, words);
  const isLetter = (at: number): boolean => spellings.some(({ from, to }) => from <= at && at < to);
  const reader = new NameReader(tokens, isLetter, words);
  const spoken =
    rolesOf(tokens, reader, words, spellings) ?? spokenName(tokens, reader, words, isLetter);
  const found = spoken === undefined ? undefined : mend(tokens, spoken, reader, words);
  const whole = nameInFull(tokens, found, reader, words, isLetter);
  const mended = inOrder(whole ?? nameAmid(tokens, reader, words), tokens, words);
  if (mended === undefined) {
    const [first] = spellings;
    if (first === undefined) return undefined;
    const parts = spellings.flatMap(({ letters }) => letters.split(' '));
    const to = spellings.at(-1)?.to ?? first.to;
    // "spelled A N A I S, Anais Beaumont"
    const whole = reader.forward(to, 'bare');
    const again = whole?.parts.some((part) => parts.includes(part.toLowerCase())) === true;
    if (whole?.from === to && again && whole.parts.length > 1) {
      return { ...whole, from: first.from, confidence: SPELLED_CONFIDENCE };
    }
    return { parts, from: first.from, to, confidence: SPELLED_CONFIDENCE, announced: false };
  }
  const spelled = withSpellings(mended, spellings, tokens, words);
  return respelledFrom(spelled, tokens, reader, words);
}

/** "Laurent-Moreau, Delphine", "Smith, John": the family name stands last. */
function inOrder(
  found: SpokenName | undefined,
  tokens: readonly Token[],
  words: SlotVocabulary,
): SpokenName | undefined {
  const [joined = '', given, ...more] = found?.parts ?? [];
  if (found === undefined || given === undefined) return found;
  const comma = tokens[found.from]?.gap === ',' && found.to - found.from === found.parts.length;
  const { isGiven } = words.names;
  // "John, Smith" has a comma for a pause.
  const paused = isGiven?.(joined.toLowerCase()) === true && !isGiven(given.toLowerCase());
  if (comma && !paused) return { ...found, parts: [given, ...more, joined] };
  if (more.length > 0) return found;
  const halves = joined.toLowerCase().split('-');
  const double = halves.some(
    (half) => words.names.doubleGiven.has(half) || isGiven?.(half) === true,
  );
  // "Mei-Ling Chow"
  const isFamily = isGiven?.(given.toLowerCase()) !== true;
  return halves.length < 2 || double || isFamily ? found : { ...found, parts: [given, joined] };
}

/** Applies "with a y" behind the name, and takes what goes on behind that: "Bryan with a y, Bryan Cho". */
function respelledFrom(
  found: FoundName,
  tokens: readonly Token[],
  reader: NameReader,
  words: SlotVocabulary,
): FoundName {
  const change = respellingFrom(tokens, found.to, words);
  if (change === undefined) return spelledOn(found, tokens, reader, words);
  const parts = respelledParts(found.parts, change, words);
  const [first = ''] = parts;
  const more = reader.forward(change.to, 'weak');
  if (more?.from !== change.to || more.parts.length + parts.length > MOST_PARTS) {
    return { ...found, parts, to: change.to };
  }
  const word = more.parts[0] ?? '';
  const again = likeness(word, first) >= ALIKE;
  // "Jean with a G, Gene Hackett": the word that was heard with that letter.
  const fits = again && parts.length === 1 && respelled(word, change, words) === word.toLowerCase();
  if (fits && change.how === 'with') return { ...found, parts: more.parts, to: more.to };
  // "McGregor with a small C, Ewan McGregor"
  const family = parts.length === 1 && likeness(more.parts.at(-1) ?? '', first) >= ALIKE;
  if (!again && family) {
    return { ...found, parts: [...more.parts.slice(0, -1), first], to: more.to };
  }
  // "Zimmerman with two M's, Erik"
  const turned =
    again || parts.length > 1
      ? undefined
      : givenBehind({ ...found, parts }, more.parts, tokens, words);
  const rest = again ? more.parts.slice(parts.length) : more.parts;
  return { ...found, parts: turned ?? [...parts, ...rest], to: more.to };
}

/** "Tom. T-O-M. Baker.": the rest of a name whose first part was spelled before it. */
function spelledOn(
  found: FoundName,
  tokens: readonly Token[],
  reader: NameReader,
  words: SlotVocabulary,
): FoundName {
  const more = found.parts.length === 1 ? reader.forward(found.to, 'bare') : undefined;
  const turned =
    more?.from === found.to ? givenBehind(found, more.parts, tokens, words) : undefined;
  const spells = more !== undefined && respellingFrom(tokens, more.to, words) !== undefined;
  if (turned !== undefined && more !== undefined && (spells || ends(tokens, more.to, words))) {
    return { ...found, parts: turned, to: more.to };
  }
  const last = more?.from === found.to && ends(tokens, more.to, words) && more.parts.length === 1;
  // "Weston, W E S T O N, Weston"
  const again = more?.parts[0]?.toLowerCase() === found.parts[0]?.toLowerCase();
  return last && !again && found.confidence === SPELLED_CONFIDENCE
    ? { ...found, parts: [...found.parts, ...more.parts], to: more.to }
    : found;
}

/** "Jeong, J E O N G, Hyun Woo": a family name first, as it is said to be, or the others are given ones and it is not. */
function givenBehind(
  { parts, from }: FoundName,
  given: readonly string[],
  tokens: readonly Token[],
  { names }: SlotVocabulary,
): readonly string[] | undefined {
  const [family = ''] = parts;
  // "Last name is Okafor, O K A F O R, Kenji"
  const role = names.lastName.find(tokens);
  const isLast = role >= 0 && role <= from && names.firstName.find(tokens) < 0;
  const isGiven = (part: string): boolean =>
    names.isGiven?.(part.toLowerCase()) === true || names.doubleGiven.has(part.toLowerCase());
  const isTurned = isLast || (!isGiven(family) && given.every(isGiven));
  return given.length < 3 && isTurned ? [...given, family] : undefined;
}

/** Spelled runs that are long enough to be a name, and are no initials before one. */
export function nameSpellings(
  tokens: readonly Token[],
  words: SlotVocabulary,
): readonly Spelling[] {
  const spelled = spellingsOf(tokens, words).map((one) => spelledBehind(one, tokens, words));
  return spelled.filter(({ pieces, letters, from, to }) => {
    // The "a" of "with a y" is no letter.
    const { with: having, without } = words.names;
    if (Math.max(having.before(tokens, from + 1), without.before(tokens, from + 1)) > 1)
      return false;
    if (having.before(tokens, from) + without.before(tokens, from) > 0 && pieces < LEAST_SPELLED)
      return false;
    // "L O U I S, not L E W I S"
    if (words.corrections.not.before(tokens, from) > 0) return false;
    // "J R R Tolkien"
    const after = tokens[to]?.word ?? '';
    const opens = pieces === 3 && !/[aeiouy]/u.test(letters) && to - from === 3;
    if (opens && after.length > 1 && !words.names.common.has(after)) return false;
    if (pieces > 2 || letters.length > 2) return true;
    if (tokens.slice(from, to).some(({ word }) => word.length > 1)) return false;
    const next = tokens[to];
    const initials = next !== undefined && !words.names.common.has(next.word);
    const before = tokens[from - 1]?.word ?? '';
    const clock = words.dates.am.at(tokens, from) > 0 || words.dates.pm.at(tokens, from) > 0;
    return !initials && !clock && !/^\d/u.test(before);
  });
}

/** "John, no, Jon": the new word takes the place of the one that it resembles. */
function mend(
  tokens: readonly Token[],
  spoken: SpokenName,
  reader: NameReader,
  words: SlotVocabulary,
): SpokenName {
  // "Jon, no H": how it is written, and not taken back.
  const respells = respellingFrom(tokens, spoken.to, words)?.how === 'without';
  const width = respells ? 0 : words.mend.mends.at(tokens, spoken.to);
  if (width === 0) return repeated(spoken, reader);
  const next = spoken.to + width;
  const carrier = Math.max(
    words.names.carriers.at(tokens, next),
    words.names.weakCarriers.at(tokens, next),
  );
  const found = reader.forward(next + carrier, 'weak');
  if (found === undefined) return spoken;
  const parts = replaced(spoken.parts, found.parts);
  const mended = { ...spoken, parts, to: found.to, confidence: spoken.confidence * DOUBT };
  // "Pat, no, Patricia, sorry, Patricia Lowell"
  return words.mend.mends.at(tokens, mended.to) === 0
    ? mended
    : mend(tokens, mended, reader, words);
}

/** "Bond, James Bond": the longer form that holds the same word. */
function repeated(spoken: SpokenName, reader: NameReader): SpokenName {
  const [only, ...more] = spoken.parts;
  const again = more.length > 0 ? undefined : reader.forward(spoken.to, 'weak');
  const word = only?.toLowerCase();
  return again?.from === spoken.to &&
    again.parts.length > 1 &&
    again.parts.some((part) => part.toLowerCase() === word)
    ? { ...spoken, parts: again.parts, to: again.to }
    : spoken;
}

/** `parts` with `fresh` in the place of what it resembles; `fresh` alone when it resembles nothing. */
export function replaced(parts: readonly string[], fresh: readonly string[]): readonly string[] {
  if (fresh.length >= parts.length) return fresh;
  const at = closest(parts, fresh.join(''), fresh.length);
  return at === undefined
    ? fresh
    : [...parts.slice(0, at), ...fresh, ...parts.slice(at + fresh.length)];
}

/** Index of the `count` words that `text` resembles most, if it resembles any. */
export function closest(parts: readonly string[], text: string, count: number): number | undefined {
  let best: { at: number; score: number } | undefined;
  for (let at = 0; at + count <= parts.length; at += 1) {
    const score = likeness(parts.slice(at, at + count).join(''), text);
    if (score >= ALIKE && score >= (best?.score ?? 0)) best = { at, score };
  }
  return best?.at;
}
