import { likeness } from './likeness.js';
import { spellingsOf, type Spelling } from './letters.js';
import { nameCase } from './name-case.js';
import { NameReader, type SpokenName } from './name-reader.js';
import { withRespelling, withSpellings } from './name-spelling.js';
import { readRespelling } from './respell.js';
import { endsSentence, heardOf, tokensOf, type Token } from './tokens.js';
import type { SlotValue } from './value.js';
import type { SlotVocabulary } from './vocabulary.js';

/** A spelling resembles the word that it spells at least this much. */
const ALIKE = 0.5;
const SPELLED_CONFIDENCE = 0.95;
const DOUBT = 0.85;

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
  const tokens = tokensOf(text);
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
  const mended = spoken === undefined ? undefined : mend(tokens, spoken, reader, words);
  if (mended === undefined) {
    const [first] = spellings;
    if (first === undefined) return undefined;
    const parts = spellings.flatMap(({ letters }) => letters.split(' '));
    const to = spellings.at(-1)?.to ?? first.to;
    return { parts, from: first.from, to, confidence: SPELLED_CONFIDENCE, announced: false };
  }
  const spelled = withSpellings(mended, spellings, tokens, words);
  return withRespelling(spelled, tokens, words);
}

/** Spelled runs that are long enough to be a name, and are no initials before one. */
export function nameSpellings(
  tokens: readonly Token[],
  words: SlotVocabulary,
): readonly Spelling[] {
  return spellingsOf(tokens, words).filter(({ pieces, letters, from, to }) => {
    // The "a" of "with a y" is no letter.
    const { with: having, without } = words.names;
    if (Math.max(having.before(tokens, from + 1), without.before(tokens, from + 1)) > 1)
      return false;
    if (pieces > 2 || letters.length > 2) return true;
    if (tokens.slice(from, to).some(({ word }) => word.length > 1)) return false;
    const next = tokens[to];
    const initials = next !== undefined && !words.names.common.has(next.word);
    const before = tokens[from - 1]?.word ?? '';
    const clock = words.dates.am.at(tokens, from) > 0 || words.dates.pm.at(tokens, from) > 0;
    return !initials && !clock && !/^\d/u.test(before);
  });
}

function spokenName(
  tokens: readonly Token[],
  reader: NameReader,
  words: SlotVocabulary,
  isLetter: (at: number) => boolean,
): SpokenName | undefined {
  const { names } = words;
  const carried: SpokenName[] = [];
  const weak: SpokenName[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const strong = names.carriers.at(tokens, at);
    const found = strong > 0 ? reader.forward(at + strong, 'carried') : undefined;
    if (found !== undefined) carried.push(found);
    const light = names.weakCarriers.at(tokens, at);
    const maybe = light > 0 ? reader.forward(at + light, 'weak') : undefined;
    if (maybe !== undefined && plausible(tokens, maybe, names.continues)) weak.push(maybe);
    const after = at > 0 && !endsSentence(tokens[at - 1]) ? names.after.at(tokens, at) : 0;
    const before = after > 0 ? reader.backward(at) : undefined;
    if (before !== undefined) weak.push(before);
  }
  const [best] = carried;
  if (best !== undefined) return best;
  const ranked = [...weak].sort(
    (a, b) => b.confidence - a.confidence || b.parts.length - a.parts.length,
  );
  return ranked[0] ?? bareName(tokens, reader, words, isLetter);
}

/** "it's Anna": one or more names up to a pause, or a word that does not go on about a thing. */
const plausible = (
  tokens: readonly Token[],
  found: SpokenName,
  continues: ReadonlySet<string>,
): boolean =>
  found.parts.length > 1 ||
  found.confidence > 0.8 ||
  endsSentence(tokens[found.to - 1]) ||
  (tokens[found.to - 1]?.gap ?? '') !== '' ||
  !continues.has(tokens[found.to]?.word ?? '');

/** A mere answer: nothing but a name, pleasantries and perhaps its spelling. */
function bareName(
  tokens: readonly Token[],
  reader: NameReader,
  words: SlotVocabulary,
  isLetter: (at: number) => boolean,
): SpokenName | undefined {
  const start = skipAround(tokens, 0, words);
  const found = reader.forward(start, 'bare');
  if (found === undefined) return undefined;
  let at = found.to;
  while (at < tokens.length) {
    const respelling = readRespelling(tokens, at, words);
    const width = Math.max(
      skipAround(tokens, at, words) - at,
      words.letters.announce.at(tokens, at),
      words.letters.between.at(tokens, at),
      words.names.firstName.at(tokens, at),
      words.names.lastName.at(tokens, at),
      words.mend.mends.at(tokens, at),
      respelling === undefined ? 0 : respelling.to - at,
      isLetter(at) ? 1 : 0,
    );
    if (width > 0) at += width;
    else {
      const more = reader.forward(at, 'bare');
      // "John, no, Jon": another name, and nothing else.
      if (more === undefined || words.mend.mends.before(tokens, at) === 0) return undefined;
      at = more.to;
    }
  }
  return found;
}

function skipAround(tokens: readonly Token[], from: number, words: SlotVocabulary): number {
  let at = from;
  for (;;) {
    const width = Math.max(words.names.around.at(tokens, at), words.mend.fillers.at(tokens, at));
    if (width === 0) return at;
    at += width;
  }
}

/** "First name Anna, last name Lee", in either order; a spelling may stand for either. */
function rolesOf(
  tokens: readonly Token[],
  reader: NameReader,
  words: SlotVocabulary,
  spellings: readonly Spelling[],
): SpokenName | undefined {
  const { names, letters, corrections } = words;
  const read = (cue: NameRole): SpokenName | undefined => {
    const at = cue.find(tokens);
    if (at < 0) return undefined;
    let next = at + cue.at(tokens, at);
    for (;;) {
      const width = Math.max(corrections.is.at(tokens, next), letters.announce.at(tokens, next));
      if (width === 0) break;
      next += width;
    }
    const spelling = spellings.find(({ from }) => from === next);
    if (spelling === undefined) return reader.forward(next, 'carried');
    const { from, to } = spelling;
    return { parts: [spelling.letters], from, to, confidence: SPELLED_CONFIDENCE, announced: true };
  };
  const first = read(names.firstName);
  const last = read(names.lastName);
  if (first === undefined || last === undefined) {
    // With a name before it, the cue only tells which part is spelled: see withSpellings.
    const before = first ?? last;
    const plain = names.carriers.find(tokens);
    return plain >= 0 && plain < (before?.from ?? 0) - 2
      ? undefined
      : spelledAlone(before, tokens, words);
  }
  return {
    parts: [...first.parts, ...last.parts],
    from: Math.min(first.from, last.from),
    to: Math.max(first.to, last.to),
    confidence: Math.min(first.confidence, last.confidence),
    announced: true,
  };
}

type NameRole = SlotVocabulary['names']['firstName'];

/** A single role counts only where no other name was said before it. */
function spelledAlone(
  found: SpokenName | undefined,
  tokens: readonly Token[],
  words: SlotVocabulary,
): SpokenName | undefined {
  if (found === undefined) return undefined;
  const { firstName, lastName, common } = words.names;
  const cue = Math.max(firstName.find(tokens), lastName.find(tokens));
  const others = tokens.slice(0, cue).some(({ word }) => !common.has(word) && word.length > 1);
  return others ? undefined : found;
}

/** "John, no, Jon": the new word takes the place of the one that it resembles. */
function mend(
  tokens: readonly Token[],
  spoken: SpokenName,
  reader: NameReader,
  words: SlotVocabulary,
): SpokenName {
  const width = words.mend.mends.at(tokens, spoken.to);
  if (width === 0) return repeated(spoken, reader);
  const next = spoken.to + width;
  const carrier = Math.max(
    words.names.carriers.at(tokens, next),
    words.names.weakCarriers.at(tokens, next),
  );
  const found = reader.forward(next + carrier, 'weak');
  if (found === undefined) return spoken;
  const parts = replaced(spoken.parts, found.parts);
  return { ...spoken, parts, to: found.to, confidence: spoken.confidence * DOUBT };
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
