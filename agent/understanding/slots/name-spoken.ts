import { likeness } from './likeness.js';
import { ends } from './name-in-full.js';
import { likenessToName } from './name-likeness.js';
import { NAME_CONFIDENCE, type NameReader, type SpokenName } from './name-reader.js';
import { withoutRepeats } from './name-repeats.js';
import { readRespelling } from './respell.js';
import { endsSentence, type Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

/** A name that is followed by other matters is less sure. */
const DOUBT = 0.8;
/** Two words that look like a name, and then anything. */
const WITH_MORE = 0.5;
/** A name that is denied resembles the one that is meant at least this much. */
const ALIKE = 0.5;

/** The likeliest name in the tokens: after "my name is", after "it's", before "speaking", or alone. */
export function spokenName(
  tokens: readonly Token[],
  reader: NameReader,
  words: SlotVocabulary,
  isLetter: (at: number) => boolean,
): SpokenName | undefined {
  const { names } = words;
  const carried: SpokenName[] = [];
  const called: SpokenName[] = [];
  const kin: SpokenName[] = [];
  const weak: SpokenName[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    // The "name" of "middle name" tells of no whole one.
    const inside = (names.middle?.at(tokens, at - 1) ?? 0) > 1;
    const strong = inside ? 0 : carrierAt(tokens, at, words);
    const found = strong > 0 ? reader.forward(at + strong, 'carried') : undefined;
    if (found !== undefined) carried.push(found);
    const nickname = names.nicknames.at(tokens, at);
    const known = nickname > 0 ? reader.forward(at + nickname, 'carried') : undefined;
    if (known !== undefined) called.push(known);
    const relation = names.relations.at(tokens, at);
    const other = relation > 0 ? reader.forward(at + relation, 'weak') : undefined;
    const whole =
      other !== undefined &&
      (isWholeName(tokens, other) ||
        (other.parts.length > 1 && (isLetter(other.to) || ends(tokens, other.to, words))));
    if (whole) kin.push({ ...other, announced: false });
    const light = softened(tokens, at, names.weakCarriers.at(tokens, at), words);
    const maybe = light > 0 ? reader.forward(at + light, 'weak') : undefined;
    const letters = maybe !== undefined && isLetter(maybe.to);
    if (
      maybe !== undefined &&
      !isThing(tokens, maybe, words) &&
      (letters || plausible(tokens, maybe, names.continues))
    )
      weak.push(maybe);
    const after = at > 0 && !endsSentence(tokens[at - 1]) ? names.after.at(tokens, at) : 0;
    const before = after > 0 ? reader.backward(at) : undefined;
    if (before !== undefined) weak.push(before);
  }
  const [best] = carried;
  if (best !== undefined) return best;
  const ranked = [...weak].sort(
    (a, b) => b.confidence - a.confidence || b.parts.length - a.parts.length,
  );
  // "They call me Sandy, but it's Alexandra Hughes"
  const fuller = ranked.find(({ parts }) => parts.length > 1);
  const named = called.length > 0 ? (fuller ?? ranked[0] ?? called[0]) : ranked[0];
  const likely = named ?? kin[0];
  if (likely === undefined) return bareName(tokens, reader, words, isLetter);
  // "Mary Jones, that's Jones with a J"
  const before = reader.forward(skipAround(tokens, 0, words), 'bare');
  const again =
    likely.parts.length === 1 &&
    before?.parts.at(-1)?.toLowerCase() === likely.parts[0]?.toLowerCase() &&
    (before?.to ?? 0) < likely.from;
  return again && before !== undefined ? { ...before, to: likely.to } : likely;
}

/** So many words may tell which name it is: "the name on my card is". */
const MOST_ABOUT_NAME = 4;

/** How many tokens say that a name follows: "my name is", "the name on file is". */
function carrierAt(tokens: readonly Token[], at: number, words: SlotVocabulary): number {
  const { names, corrections } = words;
  const plain = names.carriers.at(tokens, at);
  if (plain !== 1) return softened(tokens, at, plain, words);
  for (let width = 2; width <= MOST_ABOUT_NAME; width += 1) {
    const link = corrections.is.at(tokens, at + width);
    const between = tokens.slice(at + 1, at + width);
    if (!between.every(({ word, gap }) => likenessToName(word, names) < 0 && gap === '')) break;
    if (link > 0) return softened(tokens, at, width + link, words);
  }
  return plain;
}

/** The width of what introduces a name, with words like "just" behind it. */
function softened(
  tokens: readonly Token[],
  at: number,
  width: number,
  { names }: SlotVocabulary,
): number {
  return width === 0 ? 0 : width + (names.softeners?.at(tokens, at + width) ?? 0);
}

/** "It's black with a wooden handle": no name, where what follows tells no letters. */
const isThing = (
  tokens: readonly Token[],
  { parts, to }: SpokenName,
  words: SlotVocabulary,
): boolean =>
  parts.length === 1 &&
  words.names.with.at(tokens, to) > 0 &&
  readRespelling(tokens, to, words) === undefined;

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

/** "my mother, Edith Langley": a given and a family name, and then a pause or nothing. */
const isWholeName = (tokens: readonly Token[], { parts, to }: SpokenName): boolean =>
  parts.length > 1 && (to === tokens.length || (tokens[to - 1]?.gap ?? '') !== '');

/** A mere answer: nothing but a name, pleasantries and perhaps its spelling. */
function bareName(
  tokens: readonly Token[],
  reader: NameReader,
  words: SlotVocabulary,
  isLetter: (at: number) => boolean,
): SpokenName | undefined {
  const start = skipAround(tokens, 0, words);
  const found =
    notButThis(tokens, start, reader, words) ??
    reader.forward(start, 'bare') ??
    spelledWord(tokens, start, words) ??
    onlyWord(tokens, start, words);
  if (found === undefined) return undefined;
  let at = found.to;
  let isRespelled = false;
  let edge = found.to;
  while (at < tokens.length) {
    if (at === edge && goesOn(found, at, tokens, words)) {
      return { ...found, confidence: found.confidence * DOUBT };
    }
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
    const tellsLetters = respelling !== undefined || isLetter(at);
    isRespelled ||= tellsLetters;
    if (tellsLetters) edge = at + width;
    if (width > 0) at += width;
    else {
      const more = reader.forward(at, 'bare');
      // "John, no, Jon", "Karl with a k, Karl Jensen": another name, and nothing else.
      // "Lionel Hutz, attorney at law"
      if (at === edge && found.parts.length > 1) return { ...found, confidence: WITH_MORE };
      const mends = isRespelled || words.mend.mends.before(tokens, at) > 0;
      // "Tom, just Tom": said once more.
      const again = more?.parts.join(' ') === found.parts.join(' ');
      if (more === undefined || !(mends || again)) return undefined;
      at = more.to;
      edge = at;
    }
  }
  return found;
}

/** "Not Smith, Smythe": of two words that are alike the second. */
function notButThis(
  tokens: readonly Token[],
  start: number,
  reader: NameReader,
  words: SlotVocabulary,
): SpokenName | undefined {
  const first = start + words.mend.mends.at(tokens, start);
  const denial = words.corrections.not.at(tokens, first);
  const found = denial > 0 ? reader.forward(first + denial, 'bare') : undefined;
  const [wrong = '', right = '', ...more] = found?.parts ?? [];
  const alike = likeness(wrong.toLowerCase(), right.toLowerCase()) >= ALIKE;
  return found === undefined || right === '' || !alike
    ? undefined
    : { ...found, parts: withoutRepeats([right, ...more], false, words.names) };
}

/** "How, with an E at the end": any word is a name when it is told how that is written. */
function spelledWord(
  tokens: readonly Token[],
  at: number,
  words: SlotVocabulary,
): SpokenName | undefined {
  const change = readRespelling(tokens, at + 1, words);
  const bare = readRespelling(tokens, at, words) === undefined;
  const whole = bare && change?.from === at + 1 && change.to === tokens.length;
  return whole ? nameAt(tokens, at, NAME_CONFIDENCE.single) : undefined;
}

/** "Park", and nothing else, is who somebody is; amid other words it is a park. */
function onlyWord(
  tokens: readonly Token[],
  at: number,
  words: SlotVocabulary,
): SpokenName | undefined {
  const alone = at + 1 === tokens.length && words.names.aloneToo?.has(tokens[at]?.word ?? '');
  return alone === true ? nameAt(tokens, at, NAME_CONFIDENCE.single) : undefined;
}

const nameAt = (tokens: readonly Token[], at: number, confidence: number): SpokenName => ({
  ...{ parts: [tokens[at]?.raw ?? ''], from: at, to: at + 1, confidence, announced: false },
});

/** Behind a name that opens an answer, what cannot be part of it: "Anna Lee, and I'm …", "Rose like the flower". */
const goesOn = (
  found: SpokenName,
  at: number,
  tokens: readonly Token[],
  { names, letters, corrections, numbers, dates }: SlotVocabulary,
): boolean => {
  const word = tokens[at]?.word ?? '';
  const joins = numbers.and.has(word) || dates.but?.has(word) === true;
  const speaker = joins ? (tokens[at + 1]?.word ?? '') : word;
  if (found.parts.length > 1 && names.speakers.has(speaker)) return true;
  const example = letters.asIn.at(tokens, at);
  const thing = names.continues.has(tokens[at + example]?.word ?? '');
  if (names.shortFor.at(tokens, at) > 0 || denies(found, at, tokens, corrections)) return true;
  return (example > 0 && thing) || names.origins.has(word);
};

/** "O'Hare, not O'Hara" */
const denies = (
  found: SpokenName,
  at: number,
  tokens: readonly Token[],
  { not }: SlotVocabulary['corrections'],
): boolean => {
  const width = not.at(tokens, at);
  const other = tokens[at + width]?.word ?? '';
  const ends = at + width + 1 === tokens.length;
  return width > 0 && ends && likeness(other, found.parts.at(-1)?.toLowerCase() ?? '') >= ALIKE;
};

function skipAround(tokens: readonly Token[], from: number, words: SlotVocabulary): number {
  let at = from;
  for (;;) {
    const width = Math.max(words.names.around.at(tokens, at), words.mend.fillers.at(tokens, at));
    if (width === 0) return at;
    at += width;
  }
}
