import type { Spelling } from './letters.js';
import type { FoundName } from './name.js';
import { NAME_CONFIDENCE, NameReader, type SpokenName } from './name-reader.js';
import { withSpellings } from './name-spelling.js';
import { spokenName } from './name-spoken.js';
import type { Token } from './tokens.js';
import type { SlotVocabulary } from './vocabulary.js';

const SPELLED_CONFIDENCE = 0.95;

/** "First name Anna, last name Lee", in either order; a spelling may stand for either. */
export function rolesOf(
  tokens: readonly Token[],
  reader: NameReader,
  words: SlotVocabulary,
  spellings: readonly Spelling[],
): SpokenName | undefined {
  const { names, letters, corrections } = words;
  const read = (cue: NameRole): SpokenName | undefined => {
    const at = cue.find(tokens);
    if (at < 0) return undefined;
    // "Wei is my first name"
    const the = words.dates.the.has(tokens[at - 1]?.word ?? '') ? 1 : 0;
    const link = corrections.is.before(tokens, at - the);
    if (link > 0) return reader.backward(at - the - link);
    // "Osman's the first name"
    const owner = tokens[at - the - 1];
    if (the > 0 && owner?.word.endsWith("'s") === true && !names.common.has(owner.word)) {
      const [from, to] = [at - the - 1, at - the];
      const parts = [owner.raw.slice(0, -2)];
      return { parts, from, to, confidence: NAME_CONFIDENCE.carried, announced: true };
    }
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
  const [family = '', ...given] = first?.parts ?? [];
  // "Kowalski Robert is the first name"
  if (first !== undefined && last === undefined && first.to <= names.firstName.find(tokens)) {
    return given.length > 0 ? { ...first, parts: [...given, family] } : first;
  }
  if (first === undefined || last === undefined) {
    const known = first ?? last;
    const cue = first === undefined ? names.lastName.find(tokens) : names.firstName.find(tokens);
    const other = known === undefined ? undefined : nameBefore(tokens, cue, words, spellings);
    // "Kang Ha Neul, first name Ha Neul"
    const rest = other?.parts.filter((part) => !isAmong(part, known?.parts ?? [])) ?? [];
    if (known !== undefined && other !== undefined && rest.length === 1) {
      const parts = first === undefined ? [...rest, ...known.parts] : [...known.parts, ...rest];
      return { ...known, parts, from: other.from };
    }
    // With a name before it, the cue only tells which part is spelled: see withSpellings.
    const plain = names.carriers.find(tokens);
    return plain >= 0 && plain < (known?.from ?? 0) - 2
      ? undefined
      : spelledAlone(known, tokens, words);
  }
  return {
    parts: [...first.parts, ...last.parts],
    from: Math.min(first.from, last.from),
    to: Math.max(first.to, last.to),
    confidence: Math.min(first.confidence, last.confidence),
    announced: true,
  };
}

const isAmong = (part: string, parts: readonly string[]): boolean =>
  parts.some((one) => one.toLowerCase() === part.toLowerCase());

/** "Hernandez-Ruiz, first name Alejandra": the name that stands before the cue. */
function nameBefore(
  tokens: readonly Token[],
  cue: number,
  words: SlotVocabulary,
  spellings: readonly Spelling[],
): FoundName | undefined {
  const start = cue > 0 && words.names.carriers.at(tokens, cue - 1) > 0 ? cue - 1 : cue;
  const before = tokens.slice(0, start);
  const inside = spellings.filter(({ to }) => to <= start);
  const isLetter = (at: number): boolean => inside.some(({ from, to }) => from <= at && at < to);
  const spoken = spokenName(before, new NameReader(before, isLetter, words), words, isLetter);
  return spoken === undefined ? undefined : withSpellings(spoken, inside, before, words);
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
  if (found.to <= cue) return found;
  const others = tokens.slice(0, cue).some(({ word }) => !common.has(word) && word.length > 1);
  return others ? undefined : found;
}
